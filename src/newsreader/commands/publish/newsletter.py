"""The content of a newsletter, independent of the format."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsreader.commands.publish.entries import FeedEntry
from newsreader.domain.dates import absolute
from newsreader.domain.digest import Section
from newsreader.domain.ranking import signal
from newsreader.domain.record import LinkKind, Related

NAMED_OUTLETS = 3
"""Number of other outlets that are named; the rest are counted."""


class NewsletterItem(NamedTuple):
    """A story of a newsletter: its record, the number of other reports, and their outlets."""

    entry: FeedEntry
    others: int
    outlets: tuple[str, ...]

    @property
    def title(self) -> str:
        """The headline."""
        return self.entry.record.title

    @property
    def excerpt(self) -> str:
        """A sentence or two, or empty."""
        return self.entry.record.excerpt

    @property
    def url(self) -> str:
        """The original URL, or empty."""
        return self.entry.url

    @property
    def amp(self) -> str:
        """The URL of the AMP page; empty if there is none, or it is the original URL."""
        link = self.entry.record.link(LinkKind.AMP)
        return link.url if link and link.url != self.url else ""

    @property
    def facts(self) -> tuple[str, ...]:
        """Publisher, date and heat, as far as known."""
        record = self.entry.record
        when = absolute(record.moment) if record.moment else ""
        strength = signal(record.heat, record.quality)
        kind = "" if record.heat is None else "heat"
        heat = "" if strength is None or strength < 0 else f"{kind or 'quality'} {strength:,}"
        return tuple(fact for fact in (self.entry.publisher, when, heat) if fact)

    @property
    def coverage(self) -> str:
        """The number of other reports and their outlets: "+14 more reports, by The Verge and others"."""
        if not self.others:
            return ""
        words = f"+{self.others:,} more {'report' if self.others == 1 else 'reports'}"
        named = self.outlets[:NAMED_OUTLETS]
        if not named:
            return words
        if len(named) < self.others:
            return f"{words}, by {', '.join(named)} and others"
        return f"{words}, by {' and '.join(part for part in (', '.join(named[:-1]), named[-1]) if part)}"


class Newsletter(NamedTuple):
    """A newsletter: its title, an introduction, and its stories by topic."""

    title: str
    intro: str
    sections: Sequence[Section[NewsletterItem]]


def outlets(entry: FeedEntry, names: Sequence[str], related: Sequence[Related]) -> tuple[str, ...]:
    """List the other outlets that report a story: those in the corpus, then those that only the lead lists.

    Args:
        entry: The lead.
        names: Short names of the providers of the other reports.
        related: The related entries of the lead.

    """
    own = {entry.publisher.casefold(), entry.source.casefold()}
    by_domain = {_folded(found.provider.domain): found.provider.name for found in related}
    found: dict[str, str] = {}
    for name in (*names, *(found.provider.label for found in related)):
        shown = by_domain.get(_folded(name)) or name
        if shown and "/" not in shown and not own & {shown.casefold(), _folded(name)}:
            found.setdefault(shown.casefold(), shown)
    return tuple(found.values())


def _folded(domain: str) -> str:
    return domain.casefold().removeprefix("www.")
