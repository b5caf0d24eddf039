"""Which page of a story is meant: the original, the AMP page, the cached AMP page, the archived copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from newsreader.domain.dates import Moment, day_in_words
from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.record import Link, LinkKind, Record
from newsreader.domain.urls import is_openable

_HOST: Final = "https://web.archive.org/web"


def archived_url(url: str, moment: Moment | None) -> str:
    """Return the address of the copy nearest to a moment, of the newest one without it; "" if `url` is none.

    The Wayback Machine leads from a time that it has no copy of to the nearest one. The form of its
    addresses is `/web/<yyyymmddhhmmss>/<url>`; `2` alone stands for "as late as possible".
    """
    url = url.strip()
    if not is_openable(url):
        return ""
    if moment is None:
        return f"{_HOST}/2/{url}"
    when = datetime(1970, 1, 1) + timedelta(seconds=moment.seconds)  # noqa: DTZ001 - UTC, as all moments are
    return f"{_HOST}/{when:%Y%m%d%H%M%S}/{url}"


class PageKind(StrEnum):
    """A page that a reader asks for."""

    ORIGINAL = "original"
    AMP = "amp"
    CACHED_AMP = "cached"
    ARCHIVED = "archived"


class LinkAction(StrEnum):
    """What a key does with the links of a story."""

    ORIGINAL = "original"
    AMP = "amp"
    CACHED_AMP = "cached"
    ARCHIVED = "archived"
    CHOOSE = "choose"
    COPY = "copy"
    COPY_AS = "copy_as"


class FoundLink(NamedTuple):
    """The link to a page; None where there is none, and `words` tell why.

    Elsewhere `words` begin what is said of opening it, where the page is another than was asked for.
    """

    link: Link | None
    words: str = ""


def find_copy(record: Record, verdicts: Iterable[LinkStatus]) -> FoundLink:
    """What to open in place of the original: the copy of the Internet Archive nearest the publication date.

    Where the original is known to be dead and an AMP page to be alive, it is that: it is newer, and quicker.
    `verdicts` tell how the links of the record fared when they were tried.
    """
    known = {verdict.url: verdict.outcome for verdict in verdicts}
    pages = [link for kind in _OWN_PAGES if (link := record.link(kind)) is not None]
    if not pages:
        return FoundLink(None, "This story has no link that could have been archived.")
    first, others = pages[0], pages[1:]
    outcome = known.get(first.url)
    if outcome is None or not outcome.is_dead:
        return FoundLink(_archived(first, record))
    words = (
        f"The {first.kind} page is gone: "
        if outcome is LinkOutcome.GONE
        else f"No answer from {first.host}: "
    )
    alive = next((link for link in others if known.get(link.url) is LinkOutcome.ALIVE), None)
    return FoundLink(alive or _archived(first, record), words)


def _archived(link: Link, record: Record) -> Link:
    when = f"nearest to {day_in_words(record.moment)}" if record.moment else "the newest"
    return Link(LinkKind.ARCHIVED, archived_url(link.url, record.moment), when)


def find_page(record: Record, page: PageKind, key_of: Callable[[str], str]) -> FoundLink:
    """The page where a story was found, or its AMP page; the cached one where the publisher has none.

    The archived page is the copy nearest to the day of publication; whether there is one, the archive tells.

    `key_of` gives what is to be pressed or typed for an action by its id, where another page is advised.
    """
    if page is PageKind.ORIGINAL:
        original = record.link(LinkKind.ORIGINAL)
        return FoundLink(original, "" if original else "This story has no link that can be opened.")
    if page is PageKind.ARCHIVED:
        return find_copy(record, ())
    amp, cached = record.link(LinkKind.AMP), record.link(LinkKind.CACHED_AMP)
    if page is PageKind.AMP and amp is not None:
        return FoundLink(amp)
    if cached is not None:
        return FoundLink(cached, "No AMP page at the publisher: " if page is PageKind.AMP else "")
    advice = (
        f"{key_of('open_amp')} opens the AMP page" if amp else f"{key_of('open_original')} opens the original"
    )
    lacking = "AMP page" if page is PageKind.AMP else "cached AMP page"
    return FoundLink(None, f"This story has no {lacking}; {advice}.")


_OWN_PAGES = (LinkKind.ORIGINAL, LinkKind.AMP, LinkKind.CACHED_AMP)
"""Where the page of a story stands, in the order in which they are looked at."""

_PAGES = (LinkKind.ORIGINAL, LinkKind.WEB, LinkKind.AMP, LinkKind.CACHED_AMP)
"""Kinds of links that tell which page of a story it is."""


def page_in_words(link: Link) -> str:
    """What a link leads to, with the host that would really be visited."""
    if link.kind is LinkKind.ARCHIVED:
        return f"{link.kind} at {link.host} ({link.label})"
    return f"{link.kind} page at {link.host}" if link.kind in _PAGES else f"page at {link.host}"
