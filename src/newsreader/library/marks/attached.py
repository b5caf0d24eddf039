"""The marks as whoever reads rows sees them: attached to the connection of the index, never written."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from newsreader.domain.marks import Mark, MarkSet
from newsreader.library.sqlite.attach import DatabaseKind, attach

APPLICATION_ID = 0x4E4D524B  # "NMRK"

VERSION = 2
"""Of the tables: as many migrations (`schema.py`) lead to it."""

CACHE = -256
"""Pages that each connection keeps: KiB, negated as SQLite has it."""


def attach_marks(connection: sqlite3.Connection, path: Path) -> bool:
    """Let a connection that only reads see the marks as the schema `marks`; False where there are none."""
    return attach(connection, path, "marks", DatabaseKind(APPLICATION_ID, VERSION), CACHE)


NOW = 2**62
"""Later than any mark."""

_CHUNK = 900
_MARKED = (
    f"SELECT key, kind FROM marks.mark WHERE kind IN {tuple(int(mark) for mark in Mark)}"  # noqa: S608
    " AND value <> 0 AND value <> '' AND key IN"
)


class AttachedMarks:
    """What is marked, as far as there are marks at all.

    Args:
        connection: Of a reader of the index; records have the column `mark` there.
        path: Of the database of marks, None where marks do not matter.

    Attributes:
        as_of: What is read or unread is told as it was at this time, in milliseconds since 1970 UTC, so that
            what is read in a list of unread stories stays in it.

    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        self._connection = connection
        self._path = path
        self._is_attached = False
        self.as_of = NOW

    def look(self) -> bool:
        """Whether there are marks. To be called outside of a transaction: they may be new."""
        if not self._is_attached and self._path is not None:
            self._is_attached = attach_marks(self._connection, self._path)
        return self._is_attached

    @property
    def is_there(self) -> bool:
        """Whether there were marks when `look` was called last."""
        return self._is_attached

    def of(self, keys: Sequence[int]) -> dict[int, MarkSet]:
        """The marks of stories by their keys; those without any are left out."""
        found: dict[int, MarkSet] = {}
        if not self._is_attached:
            return found
        for start in range(0, len(keys), _CHUNK):
            part = keys[start : start + _CHUNK]
            rows = self._connection.execute(f"{_MARKED} ({','.join('?' * len(part))})", part)
            for key, kind in rows:
                found[key] = found.get(key, MarkSet.NONE) | Mark(kind).flag
        return found

    def note(self, key: int) -> str:
        """The note on a story; empty where there is none."""
        if not self._is_attached:
            return ""
        row = self._connection.execute(
            "SELECT value FROM marks.mark WHERE kind = ? AND key = ?", (int(Mark.NOTE), key)
        ).fetchone()
        return str(row[0]) if row else ""
