"""Find a page of a story: the original, the AMP page, the cached AMP page, or an archived copy."""

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
    """Return the URL of the archived copy nearest to a time, or the newest; empty if `url` cannot be opened.

    The Wayback Machine redirects `/web/<yyyymmddhhmmss>/<url>` to the nearest copy; `2` means the newest.
    """
    url = url.strip()
    if not is_openable(url):
        return ""
    if moment is None:
        return f"{_HOST}/2/{url}"
    when = datetime(1970, 1, 1) + timedelta(seconds=moment.seconds)  # noqa: DTZ001 - moments are in UTC
    return f"{_HOST}/{when:%Y%m%d%H%M%S}/{url}"


class PageKind(StrEnum):
    """A page that the user can open."""

    ORIGINAL = "original"
    AMP = "amp"
    CACHED_AMP = "cached"
    ARCHIVED = "archived"


class LinkAction(StrEnum):
    """An action on the links of a story."""

    ORIGINAL = "original"
    AMP = "amp"
    CACHED_AMP = "cached"
    ARCHIVED = "archived"
    CHOOSE = "choose"
    COPY = "copy"
    COPY_AS = "copy_as"


class FoundLink(NamedTuple):
    """The link to a page, or None and the reason in `words`.

    If the link is to another page than requested, `words` is the start of the message about opening it.
    """

    link: Link | None
    words: str = ""


def find_copy(record: Record, verdicts: Iterable[LinkStatus]) -> FoundLink:
    """Find a replacement for the original page: the archived copy nearest to the publication date.

    If the original is known to be dead and an AMP page to be alive, return the AMP page, which is newer and
    faster. `verdicts` are the results of checking the record's links.
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
    """Find a page; the cached AMP page replaces a missing AMP page.

    Whether the archive has a copy is not checked. `key_of` returns the key or command of an action by id, for
    messages that suggest another page.
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
"""The kinds of links to the page of a story, in the order in which they are tried."""

_PAGES = (LinkKind.ORIGINAL, LinkKind.WEB, LinkKind.AMP, LinkKind.CACHED_AMP)
"""The kinds of links whose name identifies the page."""


def page_in_words(link: Link) -> str:
    """Describe the target of a link, with the host that a browser would contact."""
    if link.kind is LinkKind.ARCHIVED:
        return f"{link.kind} at {link.host} ({link.label})"
    return f"{link.kind} page at {link.host}" if link.kind in _PAGES else f"page at {link.host}"
