"""Lay out the page text of a story."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from newsreader.domain import dates
from newsreader.domain.dates import DateForm, Moment
from newsreader.domain.page_text import PageText, Version, candidates_of, minutes_to_read
from newsreader.domain.plural import counted
from newsreader.domain.record import Link, LinkKind
from newsreader.domain.story_page import StoryPage
from newsreader.domain.tokenizer import words
from newsreader.domain.urls import host_of
from newsreader.keymap.active import keymap
from newsreader.render.story_lines import StoryLines, text_width

if TYPE_CHECKING:
    from newsreader.render.body_spans import BodyLine

_LONG_PAGES = 4
"""Number of pages whose layout is cached."""

_HEADINGS = {
    Version.AMP: "Text of the AMP page",
    Version.CACHED_AMP: "Text of the cached AMP page",
    Version.WEB: "Text of the web page",
    Version.ORIGINAL: "Text of the original page",
    Version.ARCHIVED: "Text of the archived copy",
}


def add_page_text(lines: StoryLines, page: StoryPage, offer: str) -> None:
    """Add the page text, or the offer to fetch it."""
    if page.text is None:
        if offer and candidates_of(page.record):
            lines.gap()
            lines.text(offer, "note")
        return
    lines.gap()
    start = len(lines)
    lines.heading(_HEADINGS[page.text.version])
    lines.items(text_origin(page.text, lines.now, lines.form).split(" · "), "meta")
    lines.gap()
    if _says_more(page.text.title, page.record.title):
        lines.text(page.text.title, "strong")
        lines.gap()
    body, links = _laid_out(page.text.html, lines.width)
    lines.prose(body, (Link(LinkKind.BODY, url) for url in links))
    lines.section = start, len(lines)


def offered_text() -> str:
    """Return the offer to fetch the page text."""
    key = keymap().shown_key("readable_text")
    return f"{key} reads the text of the page" if key else ""


def prepare_page_text(page: StoryPage, width: int) -> None:
    """Cache the layout of the page text; call it in a worker."""
    if page.text is not None:
        _laid_out(page.text.html, text_width(width))


def text_origin(text: PageText, now: int, form: DateForm) -> str:
    """Format host, age and length of a page text."""
    fetched = Moment(text.fetched_at, day_only=False)
    when = dates.in_full(fetched, now, DateForm.ABSOLUTE if form is DateForm.RELATIVE else form)
    length = f"{counted(text.words, 'word')}, {counted(minutes_to_read(text.words), 'minute')}"
    parts = [host_of(text.url), f"fetched {when}", length, *(["cut at 8 MB"] if text.is_cut else [])]
    return " · ".join(parts)


@lru_cache(maxsize=_LONG_PAGES)
def _laid_out(html: str, width: int) -> tuple[tuple[BodyLine, ...], tuple[str, ...]]:
    from newsreader.render.body import body_lines  # most stories have no page text

    lines, links = body_lines(html, width)
    return tuple(lines), tuple(links)


def _says_more(headline: str, title: str) -> bool:
    """Check whether the headline of the page differs enough from the title of the record."""
    there, here = ({word.folded for word in words(text)} for text in (headline, title))
    return bool(there) and 2 * len(there & here) < min(len(there), len(here) or 1)
