"""Marks, read through the connection of the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from newsreader.domain.marks import Mark, MarkSet
from newsreader.library.sqlite.connection import DatabaseKind, attach
from newsreader.library.sqlite.statements import select_in

KIND = DatabaseKind(application=0x4E4D524B, version=4)  # "NMRK"
"""The version is the number of migrations in `schema.py`."""

_OLDEST = 2
"""The first version whose marks can be read without migration."""

CACHE = -256
"""The `cache_size` of each connection, in KiB, negative as in SQLite."""


def attach_marks(connection: sqlite3.Connection, path: Path) -> bool:
    """Attach the marks as the schema `marks`; return False if there are none that can be read."""
    if not attach(connection, path, "marks", KIND, CACHE, oldest=_OLDEST):
        return False
    try:
        connection.execute("SELECT key, kind, value, at FROM marks.mark LIMIT 1").fetchone()
    except sqlite3.Error:  # not the fault of the index; they are recovered when they are opened for writing
        with suppress(sqlite3.Error):
            connection.execute("DETACH DATABASE marks")
        return False
    return True


NOW = 2**62
"""Later than any mark."""

_MARKED = (
    f"SELECT key, kind FROM marks.mark WHERE kind IN {tuple(int(mark) for mark in Mark)}"  # noqa: S608
    " AND value <> 0 AND value <> '' AND key IN"
)

_TAGGED = (
    "SELECT CAST(value AS BLOB), count(*) FROM marks.mark AS made JOIN record ON record.mark = made.key"  # noqa: S608
    f" WHERE made.kind = {Mark.TAGS:d} AND value <> '' AND role >= 1 GROUP BY value"
)


HIDDEN = (
    "SELECT record.id FROM marks.mark AS made JOIN record ON record.mark = made.key"  # noqa: S608
    f" WHERE made.kind = {Mark.HIDDEN:d} AND made.value = 1"
)
"""The ids of the hidden records."""


class AttachedMarks:
    """The marks of records, if there are any.

    Args:
        connection: Of a reader of the index.
        path: Of the database of marks, None to ignore marks.

    Attributes:
        as_of: Filters use the read state at this time, in milliseconds since 1970 UTC, so that a list of
            unread stories keeps those that are read in it.

    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._connection = connection
        self._path = path
        self._is_attached = False
        self.as_of = NOW

    def attach(self) -> bool:
        """Attach the marks if there are any; call it outside of a transaction. Return whether there are."""
        if not self._is_attached and self._path is not None:
            self._is_attached = attach_marks(self._connection, self._path)
        return self._is_attached

    @property
    def is_attached(self) -> bool:
        """Whether there were marks at the last `attach`."""
        return self._is_attached

    def of(self, keys: Sequence[int]) -> dict[int, MarkSet]:
        """Return marks by key; keys without marks are left out."""
        found: dict[int, MarkSet] = {}
        for key, kind in select_in(self._connection.execute, _MARKED, keys if self._is_attached else ()):
            found[key] = found.get(key, MarkSet.NONE) | Mark(kind).flag
        return found

    def note(self, key: int) -> str:
        """Return the note on a story, "" if there is none."""
        return self._text(Mark.NOTE, key)

    def tags(self, key: int) -> tuple[str, ...]:
        """Return the tags of a story."""
        return tuple(self._text(Mark.TAGS, key).split())

    def counted_tags(self) -> dict[str, int]:
        """Count the records of the corpus by tag, in the order of the tags."""
        counts: dict[str, int] = {}
        rows = self._connection.execute(_TAGGED) if self._is_attached else ()
        for value, records in rows:
            for tag in _decode(value).split():
                counts[tag] = counts.get(tag, 0) + records
        return dict(sorted(counts.items()))

    def hides(self) -> bool:
        """Whether any record is hidden."""
        return self._is_attached and self._connection.execute(f"{HIDDEN} LIMIT 1").fetchone() is not None

    def _text(self, mark: Mark, key: int) -> str:
        if not self._is_attached:
            return ""
        row = self._connection.execute(
            "SELECT CAST(value AS BLOB) FROM marks.mark WHERE kind = ? AND key = ?", (int(mark), key)
        ).fetchone()
        return _decode(row[0]) if row else ""


def _decode(text: bytes) -> str:
    """Decode a text, which may be damaged; SQLite would refuse it with an error about the whole query."""
    return text.decode("utf-8", "replace")
