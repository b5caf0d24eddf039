"""What a feed says of itself and of each of its entries, whatever its format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from newsreader.commands.records import Row
from newsreader.domain.dates import Moment
from newsreader.domain.record import LinkKind, Record


class Feed(NamedTuple):
    """A feed as a whole. `home` and `own` are the addresses of its site and of itself, empty where unknown.

    `newest` is when its newest entry was published, None where no entry has a date.
    """

    title: str
    home: str = ""
    own: str = ""
    newest: Moment | None = None

    @property
    def urn(self) -> str:
        """A name that stays as long as its address does, or its title where it has none."""
        return _urn(f"feed:{self.own or self.home or self.title}")


class Entry(NamedTuple):
    """A record as a feed has it.

    `name` is what it is called outside the program, `source` the short name of who published it.
    """

    name: str
    source: str
    record: Record

    @property
    def urn(self) -> str:
        """A name for feeds, which stays when the file moves."""
        return _urn(self.name)

    @property
    def url(self) -> str:
        """Where the story is, empty where it has no address that can be opened."""
        link = self.record.link(LinkKind.ORIGINAL)
        return link.url if link else ""

    @property
    def publisher(self) -> str:
        """Who published it, by name; empty where that is unknown."""
        name = self.record.provider.name
        return name if name and "/" not in name else self.source  # the tail of an address is no name

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote it, or else who published it."""
        return self.record.provider.authors or ((self.publisher,) if self.publisher else ())


def entries_of(rows: Iterable[Row]) -> Iterator[Entry]:
    """The entries of rows whose files were read."""
    return (Entry(row.listed.name, row.listed.source, row.record) for row in rows)


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'newsreader:{name}')}"
