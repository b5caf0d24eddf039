"""An index that is written without files, for tests of story linking on graphs of any shape."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from newsreader.corpus.scan import Stamp
from newsreader.domain.dates import Moment
from newsreader.domain.traits import Trait
from newsreader.library.index.record_rows import FileRow, RecordRow
from newsreader.library.index.schema import open_writer
from newsreader.library.index.writer import IndexEntry, IndexWriter

TITLES = (
    "Acme builds faster chips for phones",
    "Faster chips for phones, says Acme",
    "Museum opens a new wing",
)
HOUR = 3_600


class Item(NamedTuple):
    """What decides about the story of a record; numbers stand for addresses and titles."""

    mentions: tuple[tuple[int, int | None], ...] = ()
    addresses: tuple[int, ...] = ()
    title_key: int | None = None
    title: str = TITLES[0]
    front: bool = False
    hours: int | None = 0
    heat: int = 1


Items = Mapping[bytes, Item]
"""By path."""


def path_of(number: int) -> bytes:
    """Return a path; some are deeper than others."""
    return b"d/" * (number % 3) + b"%06d.md" % number


class LinkedCorpus:
    """Writes items into an index, and reads back which story each belongs to."""

    def __init__(self, path: Path) -> None:
        self.connection: sqlite3.Connection = open_writer(path)
        self._writer = IndexWriter(self.connection)

    def write(self, items: Items) -> None:
        """Add or replace records, in one transaction."""
        self._writer.write([_entry(path, item, self._id(path)) for path, item in items.items()])

    def delete(self, paths: Iterable[bytes]) -> None:
        """Remove records, in one transaction."""
        self._writer.delete([id_ for path in paths if (id_ := self._id(path)) is not None])

    def begin(self) -> None:
        """Join all changes up to `commit` in one transaction."""
        self._writer.begin()

    def commit(self) -> None:
        """End what `begin` began."""
        self._writer.commit()

    def start_first_build(self) -> None:
        """Link nothing until `link_all`."""
        self._writer.start_first_build()

    def link_all(self) -> Iterator[tuple[int, int]]:
        """End a first build."""
        return self._writer.link_all()

    def _id(self, path: bytes) -> int | None:
        row = self.connection.execute("SELECT id FROM file WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def roles(self) -> dict[bytes, tuple[object, ...]]:
        """Return the role of each record in its story, by path."""
        statement = (
            "SELECT path, role, (SELECT path FROM file WHERE id = story), reason, reports,"
            " (SELECT group_concat(shown) FROM member WHERE record_id = record.id)"
            " FROM record JOIN file USING (id)"
        )
        return {path: tuple(role) for path, *role in self.connection.execute(statement)}

    def ties(self) -> set[tuple[bytes, int, bytes, bytes, int, int]]:
        """Return the ties that the index keeps, with paths in place of ids."""
        paths = dict(self.connection.execute("SELECT id, path FROM file"))
        rows = self.connection.execute("SELECT record_id, key, a, b, reason, strength FROM tie")
        return {
            (paths[record_id], key, paths[a], paths[b], reason, strength)
            for record_id, key, a, b, reason, strength in rows
        }


def random_items(rng: random.Random, count: int, universe: int) -> dict[bytes, Item]:
    """Return records whose addresses, titles and lists overlap in every way."""
    return {path_of(rng.randrange(universe)): random_item(rng, universe) for _ in range(count)}


def random_item(rng: random.Random, universe: int) -> Item:
    """Return one record of that kind."""

    def keys(most: int) -> tuple[int, ...]:
        return tuple({rng.randrange(universe) for _ in range(rng.randrange(most + 1))})

    return Item(
        mentions=tuple((key, rng.choice((None, 1_000 + rng.randrange(universe)))) for key in keys(4)),
        addresses=keys(2),
        title_key=rng.choice((None, 1_000 + rng.randrange(universe // 2))),
        title=rng.choice(TITLES),
        front=rng.random() < 0.4,
        hours=rng.choice((None, 0, 1, 5, 30, 24 * 7, 24 * 22, rng.randrange(24 * 30))),
        heat=rng.randrange(4),
    )


def _entry(path: bytes, item: Item, file_id: int | None) -> IndexEntry:
    row = RecordRow(
        front=item.front,
        moment=None if item.hours is None else Moment(item.hours * HOUR, day_only=False),
        heat=item.heat,
        quality=0,
        coverage=len(item.mentions),
        traits=Trait(0),
        type="article",
        title=item.title,
        source="x.example",
        stem=path.decode(),
        title_key=item.title_key,
        mark=0,
        language="",
        topics=("AI",),
        addresses=tuple((key, key % 5 > 0) for key in item.addresses),
        wanted=item.mentions,
        passage=(item.title, "", "", "", "", "", "", "", ""),
        detail=b"",
    )
    place = int(path.rpartition(b"/")[2][:-3]) + 10_000_000 * path.count(b"/")
    return IndexEntry(FileRow(path, row), Stamp(0, 0), place, file_id=file_id)
