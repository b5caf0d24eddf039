"""The stored text of a page as JSON."""

from __future__ import annotations

from newsreader.domain.dates import Moment, iso
from newsreader.domain.page_text import PageText


def text_json(text: PageText | None) -> object:
    """Return the JSON value of a page text; None if there is none."""
    if text is None:
        return None
    return {
        "version": str(text.version),
        "url": text.url,
        "title": text.title or None,
        "html": text.html,
        "words": text.words,
        "fetchedAt": iso(Moment(text.fetched_at, day_only=False)),
        "isCut": text.is_cut,
    }
