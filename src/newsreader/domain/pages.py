"""Which page of a story is meant: the original, the AMP page, the cached AMP page, the archived copy."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from newsreader.domain.archive import archived_url
from newsreader.domain.record import Link, LinkKind, Record


class Page(StrEnum):
    """A page that a reader asks for."""

    ORIGINAL = "original"
    AMP = "amp"
    CACHED_AMP = "cached"
    ARCHIVED = "archived"


class Found(NamedTuple):
    """The link to a page; None where there is none, and `words` tell why.

    Elsewhere `words` begin what is said of opening it, where the page is another than was asked for.
    """

    link: Link | None
    words: str = ""


def find_page(record: Record, page: Page, key_of: Callable[[str], str]) -> Found:
    """The page where a story was found, or its AMP page; the cached one where the publisher has none.

    The archived page is the copy nearest to the day of publication; whether there is one, the archive tells.

    `key_of` gives what is to be pressed or typed for an action by its id, where another page is advised.
    """
    if page is Page.ORIGINAL:
        original = record.link(LinkKind.ORIGINAL)
        return Found(original, "" if original else "This story has no link that can be opened.")
    if page is Page.ARCHIVED:
        archived = archived_url(record.original_url or record.web_url, record.moment)
        if not archived:
            return Found(None, "This story has no link that an archive could have.")
        return Found(Link(LinkKind.ARCHIVED, archived))
    amp, cached = record.link(LinkKind.AMP), record.link(LinkKind.CACHED_AMP)
    if page is Page.AMP and amp is not None:
        return Found(amp)
    if cached is not None:
        return Found(cached, "No AMP page at the publisher: " if page is Page.AMP else "")
    advice = (
        f"{key_of('open_amp')} opens the AMP page" if amp else f"{key_of('open_original')} opens the original"
    )
    lacking = "AMP page" if page is Page.AMP else "cached AMP page"
    return Found(None, f"This story has no {lacking}; {advice}.")


_PAGES = (LinkKind.ORIGINAL, LinkKind.WEB, LinkKind.AMP, LinkKind.CACHED_AMP, LinkKind.ARCHIVED)
"""Kinds of links that tell which page of a story it is."""


def page_in_words(link: Link) -> str:
    """What a link leads to, with the host that would really be visited."""
    return f"{link.kind} page at {link.host}" if link.kind in _PAGES else f"page at {link.host}"
