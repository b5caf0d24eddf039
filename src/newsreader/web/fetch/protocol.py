"""What the reader and the fetching process say to each other: a line of JSON for each request and answer."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.page_text import Candidate, PageText, Version
from newsreader.web.http.errors import Failure

CANCEL = "cancel"
"""The request to give another one up; it has no answer of its own."""

PAGE = "page"
"""The request for the text of a page."""

PICTURE = "picture"
"""The request for a picture."""


class Stage(NamedTuple):
    """How far a request is, in words for the status line."""

    id: int
    words: str


class PageFetched(NamedTuple):
    """The text of a page is here; `verdicts` tell of each page that was tried."""

    id: int
    text: PageText
    verdicts: tuple[LinkStatus, ...] = ()


class PageUnchanged(NamedTuple):
    """The text that is kept is still the newest; `verdicts` tell of each page that was tried."""

    id: int
    verdicts: tuple[LinkStatus, ...] = ()


class PictureFetched(NamedTuple):
    """A picture is here: a PNG that fits what was asked for, and the pixels that it had before."""

    id: int
    png: bytes
    width: int
    height: int


class Failed(NamedTuple):
    """A request failed.

    `words` are one line without what to do next, `url` is the address that failed, empty where it was none.
    `retry_after` are seconds that the server asks us to wait, None where it does not say. `verdicts` tell of
    each page that was tried.
    """

    id: int
    kind: Failure
    words: str
    url: str = ""
    retry_after: int | None = None
    verdicts: tuple[LinkStatus, ...] = ()


Answer = Stage | PageFetched | PageUnchanged | PictureFetched | Failed


def line_of(fact: Mapping[str, object]) -> bytes:
    """A request or an answer as it is sent."""
    return json.dumps(fact).encode("ascii") + b"\n"


def page_request(candidates: Iterable[Candidate], kept: PageText | None) -> dict[str, object]:
    """What is asked for a page; of the text that is kept only what tells whether there is a newer one."""
    return {
        "candidates": [[candidate.version, candidate.url] for candidate in candidates],
        "kept": None if kept is None else kept._replace(html="")._asdict(),
    }


def read_candidates(request: Mapping[str, Any]) -> list[Candidate]:
    """The pages that a request names."""
    return [Candidate(Version(version), url) for version, url in request["candidates"]]


def read_text(fact: Mapping[str, Any] | None) -> PageText | None:
    """The text of a page, None where there is none."""
    return None if fact is None else PageText(**{**fact, "version": Version(fact["version"])})


def failure_fact(failed: Failed) -> dict[str, object]:
    """A failure as it is sent, but for the request that it answers."""
    return {
        "answer": "failure",
        "kind": failed.kind,
        "words": failed.words,
        "url": failed.url,
        "retry_after": failed.retry_after,
        "verdicts": failed.verdicts,
    }


def read_answer(line: bytes) -> Answer:
    """The answer that a line is.

    Raises:
        ValueError, KeyError, TypeError: it is none.

    """
    fact = json.loads(line)
    return _READ[fact["answer"]](fact)


def _failed(fact: Mapping[str, Any]) -> Failed:
    return Failed(
        fact["id"],
        Failure(fact["kind"]),
        fact["words"],
        fact["url"],
        fact["retry_after"],
        _verdicts(fact),
    )


def _page(fact: Mapping[str, Any]) -> PageFetched:
    text = PageText(**{**fact["text"], "version": Version(fact["text"]["version"])})
    return PageFetched(fact["id"], text, _verdicts(fact))


def _verdicts(fact: Mapping[str, Any]) -> tuple[LinkStatus, ...]:
    verdicts: Sequence[Sequence[Any]] = fact.get("verdicts", ())
    return tuple(LinkStatus(url, LinkOutcome(outcome), *rest) for url, outcome, *rest in verdicts)


def _picture(fact: Mapping[str, Any]) -> PictureFetched:
    return PictureFetched(fact["id"], b64decode(fact["png"]), fact["width"], fact["height"])


_READ: Mapping[str, Callable[[Mapping[str, Any]], Answer]] = {
    "stage": lambda fact: Stage(fact["id"], fact["words"]),
    "page": _page,
    "picture": _picture,
    "unchanged": lambda fact: PageUnchanged(fact["id"], _verdicts(fact)),
    "failure": _failed,
}
"""How each kind of answer is read."""
