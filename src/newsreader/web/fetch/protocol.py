"""The protocol of the fetch process: one line of JSON for each request and answer."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.page_text import Candidate, PageText, Version
from newsreader.web.http.errors import Failure

# Kinds of requests; `CANCEL` has no answer.
CANCEL = "cancel"
PAGE = "page"
PICTURE = "picture"


class Stage(NamedTuple):
    """Progress of a request, as text for the status line."""

    id: int
    words: str


class PageFetched(NamedTuple):
    """The text of a page; `verdicts` has the link status of each page that was tried."""

    id: int
    text: PageText
    verdicts: tuple[LinkStatus, ...] = ()


class PageUnchanged(NamedTuple):
    """The stored text is up to date; `verdicts` as in PageFetched."""

    id: int
    verdicts: tuple[LinkStatus, ...] = ()


class PictureFetched(NamedTuple):
    """A picture as PNG that fits the requested size, with its original size in pixels."""

    id: int
    png: bytes
    width: int
    height: int


class Failed(NamedTuple):
    """A failed request.

    `words` is one line without next steps, `url` the address that failed, if any, `retry_after` the seconds
    that the server asks to wait, if any; `verdicts` as in PageFetched.
    """

    id: int
    kind: Failure
    words: str
    url: str = ""
    retry_after: int | None = None
    verdicts: tuple[LinkStatus, ...] = ()


Answer = Stage | PageFetched | PageUnchanged | PictureFetched | Failed


def encode(message: Mapping[str, object]) -> bytes:
    """Encode a request or an answer as a line."""
    return json.dumps(message).encode("ascii") + b"\n"


def page_request(candidates: Iterable[Candidate], kept: PageText | None) -> dict[str, object]:
    """Return the fields of a page request; of the stored text without its HTML."""
    return {
        "candidates": [[candidate.version, candidate.url] for candidate in candidates],
        "kept": None if kept is None else kept._replace(html="")._asdict(),
    }


def read_page_request(request: Mapping[str, Any]) -> tuple[list[Candidate], PageText | None]:
    """Return the candidates and the stored text of a page request."""
    candidates = [Candidate(Version(version), url) for version, url in request["candidates"]]
    return candidates, None if request["kept"] is None else _page_text(request["kept"])


def failure_fields(failed: Failed) -> dict[str, object]:
    """Return the fields of a failure without its request number."""
    fields = failed._asdict()
    del fields["id"]
    return {"answer": "failure", **fields}


def read_answer(line: bytes) -> Answer:
    """Decode an answer; raises ValueError, KeyError or TypeError if it is invalid."""
    try:
        fields = json.loads(line)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    kind, number = fields["answer"], fields["id"]
    if kind == "stage":
        return Stage(number, fields["words"])
    if kind == "picture":
        return PictureFetched(number, b64decode(fields["png"]), fields["width"], fields["height"])
    statuses = fields.get("verdicts", ())
    verdicts = tuple(LinkStatus(url, LinkOutcome(outcome), *rest) for url, outcome, *rest in statuses)
    if kind == "page":
        return PageFetched(number, _page_text(fields["text"]), verdicts)
    if kind == "unchanged":
        return PageUnchanged(number, verdicts)
    if kind == "failure":
        failure = Failure(fields["kind"])
        return Failed(number, failure, fields["words"], fields["url"], fields["retry_after"], verdicts)
    raise KeyError(kind)


def _page_text(fields: Mapping[str, Any]) -> PageText:
    return PageText(**{**fields, "version": Version(fields["version"])})
