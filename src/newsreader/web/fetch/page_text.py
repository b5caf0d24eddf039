"""The readable text of a story: the first of its pages with an article."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any, Final

from newsreader.domain.link_status import LinkStatus
from newsreader.domain.page_text import Candidate, PageText, Version
from newsreader.domain.sanitize import clean_block, clean_line
from newsreader.domain.urls import canonical_url, host_of
from newsreader.web.fetch.link_check import failed_status_of, status_of
from newsreader.web.fetch.protocol import read_page_request
from newsreader.web.http.client import NO_VALIDATORS, Response, Validators, WebClient
from newsreader.web.http.error_messages import failed, format_size
from newsreader.web.http.errors import Failure, OfflineError, WebError

_ACCEPT: Final = "text/html, application/xhtml+xml, text/plain;q=0.5, */*;q=0.1"
_HTML: Final = frozenset({"text/html", "application/xhtml+xml", ""})
_PLAIN: Final = "text/plain"
_PROGRESS_STEP: Final = 50_000
"""Bytes between two progress messages."""

_PARAGRAPHS: Final = re.compile(r"\n\s*\n")
_AMP: Final = frozenset({Version.AMP, Version.CACHED_AMP})

# The failure of the most responsive page is the most informative.
_BY_INFORMATION: Final = (
    Failure.BUSY,
    Failure.UNREADABLE,
    Failure.REFUSED,
    Failure.BROKEN,
    Failure.GONE,
    Failure.UNREACHABLE,
    Failure.UNSAFE,
)


class PageError(WebError):
    """No page of a story has an article; the message is that of the most informative failure.

    `verdicts` has the link status of each page that was tried, none if there is no network.
    """

    def __init__(self, error: WebError, verdicts: Sequence[LinkStatus]) -> None:
        super().__init__(
            str(error), error.kind, error.url, status=error.status, retry_after=error.retry_after
        )
        self.verdicts = tuple(verdicts)


async def read_page_text(
    client: WebClient,
    candidates: Sequence[Candidate],
    kept: PageText | None,
    *,
    now: Callable[[], float],
    on_stage: Callable[[str], None],
    on_verdict: Callable[[LinkStatus], object] = lambda _: None,
) -> PageText | None:
    """Fetch the pages of a story in order and return the first article, None if `kept` is up to date.

    Calls `on_stage` with text for the status line, and `on_verdict` with the link status of each page that
    was tried. Raises PageError, without a network after the first page.
    """
    failures: list[tuple[Candidate, WebError]] = []
    verdicts: list[LinkStatus] = []
    for candidate in candidates:
        try:
            text, verdict = await _read(client, candidate, kept, now, on_stage)
        except WebError as error:
            if isinstance(error, OfflineError):
                raise PageError(error, ()) from error
            failures.append((candidate, error))
            verdicts.append(failed_status_of(candidate.url, error, now()))
            on_verdict(verdicts[-1])
        else:
            on_verdict(verdict)
            return text
    raise PageError(_most_informative(failures), verdicts)


async def handle_page_request(
    client: WebClient, request: Mapping[str, Any], report: Callable[[str], None]
) -> dict[str, object]:
    """Answer a page request of the fetch process. Raises WebError."""
    candidates, kept = read_page_request(request)
    verdicts: list[LinkStatus] = []
    text = await read_page_text(
        client, candidates, kept, now=time.time, on_stage=report, on_verdict=verdicts.append
    )
    if text is None:
        return {"answer": "unchanged", "verdicts": verdicts}
    return {"answer": "page", "text": text._asdict(), "verdicts": verdicts}


async def _read(
    client: WebClient,
    candidate: Candidate,
    kept: PageText | None,
    now: Callable[[], float],
    on_stage: Callable[[str], None],
) -> tuple[PageText | None, LinkStatus]:
    host = host_of(candidate.url)
    on_stage(f"reading {host} ({candidate.version}) …")
    reported = 0

    def report(received: int) -> None:
        nonlocal reported
        if received - reported >= _PROGRESS_STEP:
            reported = received
            on_stage(f"reading {host} ({candidate.version}, {format_size(received)}) …")

    answer = await client.get(
        candidate.url, validators=_validators(candidate, kept), accept=_ACCEPT, on_progress=report
    )
    verdict = status_of(candidate.url, answer, now())
    if answer.is_unchanged:
        return None, verdict
    on_stage(f"looking for the article on {host} …")
    title, html, words = await asyncio.to_thread(_article_of, answer)
    text = PageText(
        candidate.version,
        answer.url,
        title,
        html,
        words,
        int(now()),
        answer.is_cut,
        answer.validators.etag,
        answer.validators.last_modified,
    )
    return text, verdict


def _validators(candidate: Candidate, kept: PageText | None) -> Validators:
    if (
        kept is None
        or kept.version is not candidate.version
        or canonical_url(kept.url) != canonical_url(candidate.url)
    ):
        return NO_VALIDATORS
    return Validators(kept.etag, kept.last_modified)


def _article_of(answer: Response) -> tuple[str, str, int]:
    """Return title, HTML and word count; raises WebError if there is no article."""
    if answer.content_type == _PLAIN:
        return _plain_article(answer)
    if answer.content_type not in _HTML:
        raise _unreadable(answer, f"no page of text, but {answer.content_type}")
    from newsreader.web.extract import extract_article

    article = extract_article(answer.text(), answer.url)
    if article is None:
        raise _unreadable(answer, "no article is found on the page")
    return clean_line(article.title), article.html, article.words


def _plain_article(answer: Response) -> tuple[str, str, int]:
    text = clean_block(answer.text())
    paragraphs = [clean_line(part, len(part)) for part in _PARAGRAPHS.split(text)]
    html = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs if paragraph)
    if not html:
        raise _unreadable(answer, "the page is empty")
    return "", html, len(text.split())


def _unreadable(answer: Response, message: str) -> WebError:
    return failed(answer.url, message, Failure.UNREADABLE, status=answer.status)


def _most_informative(failures: Sequence[tuple[Candidate, WebError]]) -> WebError:
    if not failures:
        return WebError("this story names no page that could be read", Failure.UNREADABLE, "")
    # An AMP page is a copy; the failure of the page itself is more informative.
    own = [error for candidate, error in failures if candidate.version not in _AMP]
    return min(own or [error for _, error in failures], key=lambda error: _BY_INFORMATION.index(error.kind))
