"""The readable text of a story: the first of its pages that gives an article."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from html import escape
from typing import Final

from newsreader.domain.link_status import LinkStatus
from newsreader.domain.page_text import Candidate, PageText, Version
from newsreader.domain.sanitize import clean_block, clean_line
from newsreader.domain.urls import canonical_url, host_of
from newsreader.web.http.client import Response, Validators, WebClient
from newsreader.web.http.error_messages import failed, size_in_words
from newsreader.web.http.errors import Failure, OfflineError, WebError
from newsreader.web.http.link_status import living, verdict_of

_ACCEPT: Final = "text/html, application/xhtml+xml, text/plain;q=0.5, */*;q=0.1"
_HTML: Final = frozenset({"text/html", "application/xhtml+xml", ""})
_PLAIN: Final = "text/plain"
_TOLD_EVERY: Final = 50_000
"""Progress is told so often, in bytes."""

_PARAGRAPHS: Final = re.compile(r"\n\s*\n")
_AMP: Final = frozenset({Version.AMP, Version.CACHED_AMP})

# When all fail, the page that is most alive tells most of what can still be done.
_TELLING: Final = (
    Failure.BUSY,
    Failure.UNREADABLE,
    Failure.REFUSED,
    Failure.BROKEN,
    Failure.GONE,
    Failure.UNREACHABLE,
    Failure.UNSAFE,
)


class PageError(WebError):
    """None of the pages of a story gave an article; the words are those of the most telling failure.

    Attributes:
        verdicts: What became of each page that was tried, in their order; none where the network is down.

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
    """Fetch the pages of a story in their order until one gives an article, and return it.

    None is returned when `kept` is still the newest. `on_stage` is given words for the status line,
    `on_verdict` what became of each page that was tried, also of one that is there. Raises PageError; where
    the network itself is down, after the first page.
    """
    failures: list[tuple[Candidate, WebError]] = []
    verdicts: list[LinkStatus] = []
    for candidate in candidates:
        try:
            text, verdict = await _read(client, candidate, kept, now, on_stage)
        except WebError as error:
            if isinstance(error, OfflineError):
                raise PageError(error, ()) from error  # which says nothing of any page
            failures.append((candidate, error))
            verdicts.append(verdict_of(candidate.url, error, now()))
            on_verdict(verdicts[-1])
        else:
            on_verdict(verdict)
            return text
    raise PageError(_most_telling(failures), verdicts)


async def _read(
    client: WebClient,
    candidate: Candidate,
    kept: PageText | None,
    now: Callable[[], float],
    on_stage: Callable[[str], None],
) -> tuple[PageText | None, LinkStatus]:
    host = host_of(candidate.url)
    on_stage(f"reading {host} ({candidate.version}) …")
    told = 0

    def tell(came: int) -> None:
        nonlocal told
        if came - told >= _TOLD_EVERY:
            told = came
            on_stage(f"reading {host} ({candidate.version}, {size_in_words(came)}) …")

    answer = await client.get(
        candidate.url, validators=_validators(candidate, kept), accept=_ACCEPT, on_progress=tell
    )
    verdict = living(candidate.url, answer, now())
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
        return Validators()
    return Validators(kept.etag, kept.last_modified)


def _article_of(answer: Response) -> tuple[str, str, int]:
    """Return title, HTML and number of words; raises WebError where there is nothing to read."""
    if answer.content_type == _PLAIN:
        return _plain_article(answer)
    if answer.content_type not in _HTML:
        words = f"no page of text, but {answer.content_type}"
        raise failed(answer.url, words, Failure.UNREADABLE, status=answer.status)
    from newsreader.web.extract import extract_article

    article = extract_article(answer.text(), answer.url)
    if article is None:
        words = "no article is found on the page"
        raise failed(answer.url, words, Failure.UNREADABLE, status=answer.status)
    return clean_line(article.title), article.html, article.words


def _plain_article(answer: Response) -> tuple[str, str, int]:
    text = clean_block(answer.text())
    paragraphs = [clean_line(part, len(part)) for part in _PARAGRAPHS.split(text)]
    html = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs if paragraph)
    if not html:
        raise failed(answer.url, "the page is empty", Failure.UNREADABLE, status=answer.status)
    return "", html, len(text.split())


def _most_telling(failures: Sequence[tuple[Candidate, WebError]]) -> WebError:
    if not failures:
        return WebError("this story names no page that could be read", Failure.UNREADABLE, "")
    # An AMP page is a copy; what became of the page itself tells more.
    own = [error for candidate, error in failures if candidate.version not in _AMP]
    return min(own or [error for _, error in failures], key=lambda error: _TELLING.index(error.kind))
