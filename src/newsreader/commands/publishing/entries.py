"""What a feed says of itself and of each of its entries, whatever its format."""

from __future__ import annotations

from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

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
    def authors(self) -> tuple[str, ...]:
        """Who wrote it, or else who published it."""
        provider = self.record.provider
        if provider.authors:
            return provider.authors
        # A name that is the tail of an address is none.
        name = provider.name if provider.name and "/" not in provider.name else self.source
        return (name,) if name else ()


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'newsreader:{name}')}"
