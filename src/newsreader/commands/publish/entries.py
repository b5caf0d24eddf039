"""What a feed says of itself and of each of its entries, whatever its format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from newsreader.commands.output.record_columns import Row
from newsreader.domain.dates import Moment
from newsreader.domain.record import LinkKind, Record

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text of an element."""
    return escape(_FORBIDDEN.sub("", text))


def xml_value(text: str) -> str:
    """The value of an attribute, in quotes."""
    return quoteattr(_FORBIDDEN.sub("", text))


def element(name: str, text: str) -> str:
    """An element that holds text."""
    return f"<{name}>{xml_text(text)}</{name}>"


class OutgoingFeed(NamedTuple):
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


class FeedEntry(NamedTuple):
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


def entries_of(rows: Iterable[Row]) -> Iterator[FeedEntry]:
    """The entries of rows whose files were read."""
    return (FeedEntry(row.listed.name, row.listed.source, row.record) for row in rows)


def _urn(name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'newsreader:{name}')}"
