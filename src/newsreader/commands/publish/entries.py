"""A feed and its entries, independent of the format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from newsreader.commands.output.record_columns import Row
from newsreader.domain.dates import Moment
from newsreader.domain.record import LinkKind, Record


class OutgoingFeed(NamedTuple):
    """A feed. `home` and `own` are the URLs of its site and of itself, empty if unknown.

    `newest` is the date of its newest entry, None if no entry has one.
    """

    title: str
    home: str = ""
    own: str = ""
    newest: Moment | None = None

    @property
    def urn(self) -> str:
        """A stable identifier, derived from a URL or else the title."""
        return _urn(f"feed:{self.own or self.home or self.title}")


class FeedEntry(NamedTuple):
    """A record in a feed. `name` is its public id, `source` the short name of its publisher."""

    name: str
    source: str
    record: Record

    @property
    def urn(self) -> str:
        """An identifier that does not change when the file moves."""
        return _urn(self.name)

    @property
    def url(self) -> str:
        """The original URL, empty if there is none that can be opened."""
        link = self.record.link(LinkKind.ORIGINAL)
        return link.url if link else ""

    @property
    def publisher(self) -> str:
        """The name of the publisher, empty if unknown."""
        name = self.record.provider.name
        return name if name and "/" not in name else self.source  # part of a URL is no name

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors, or else the publisher."""
        return self.record.provider.authors or ((self.publisher,) if self.publisher else ())


def entries_of(rows: Iterable[Row]) -> Iterator[FeedEntry]:
    """Convert rows with files to entries."""
    return (FeedEntry(row.listed.name, row.listed.source, row.record) for row in rows)


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'newsreader:{name}')}"
