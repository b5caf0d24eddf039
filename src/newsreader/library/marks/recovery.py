"""Recover marks row by row from a damaged database, its log and the last backup."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from newsreader.domain.mark_changes import Identity
from newsreader.domain.marks import Mark
from newsreader.library.marks.backups import backups
from newsreader.library.sqlite.connection import log_of, transaction
from newsreader.library.sqlite.page_scan import Row, Value, scan

_LATEST = 2**53
"""No time in milliseconds is later."""

_UNDO = {
    "step": ("id", "words", "undone"),
    "change": ("step_id", "kind", "key", "before", "after"),
}
"""The tables that only matter for undo."""


class Recovered(NamedTuple):
    """How many marks were recovered, how many of them only from a backup, and which one."""

    marks: int
    from_backup: int
    backup: Path | None


class _Rows:
    """The newest row of each mark and story."""

    def __init__(self) -> None:
        self.marks: dict[tuple[int, int], tuple[int | str, int]] = {}
        self.stories: dict[int, tuple[str, str]] = {}

    def add(self, row: Row) -> bool:
        """Take a row; return whether it is a mark that is newer than what was known."""
        match row:
            case Row(None, (int(kind), int(key), (int() | str()) as value, int(at))) if _is_mark(
                kind, value, at
            ):
                known = self.marks.get((kind, key))
                if known is not None and known[1] >= at:
                    return False
                self.marks[kind, key] = value, at
                return True
            case Row(int(key), (None, str(name), str(title))) if Identity.named(name).key == key:
                self.stories.setdefault(key, (name, title))
        return False


def recover_into(connection: sqlite3.Connection, damaged: Path, path: Path) -> Recovered:
    """Copy what can be read to new tables.

    Args:
        connection: Of the new, empty database.
        damaged: The damaged file, with its log next to it.
        path: Of the marks, whose last backup adds what the file has lost.

    """
    rows = _Rows()
    for row in scan(damaged, log_of(damaged)):
        rows.add(row)
    backup = next(iter(backups(path)), None)
    from_backup: set[tuple[Value, ...]] = set()
    if backup is not None:
        from_backup = {row.values[:2] for row in scan(backup, log_of(backup)) if rows.add(row)}
    named = {mark: value for mark, value in rows.marks.items() if mark[1] in rows.stories}
    with transaction(connection):
        connection.executemany(
            "INSERT INTO story VALUES (?, ?, ?)", [(key, *story) for key, story in rows.stories.items()]
        )
        connection.executemany(
            "INSERT INTO mark VALUES (?, ?, ?, ?)", [(*mark, *value) for mark, value in named.items()]
        )
        for table, columns in _UNDO.items():
            fields, places = ", ".join(columns), ", ".join("?" * len(columns))
            for values in _readable(damaged, f"SELECT {fields} FROM {table} ORDER BY rowid"):  # noqa: S608
                with suppress(sqlite3.Error):  # an invalid row
                    connection.execute(f"INSERT OR IGNORE INTO {table} VALUES ({places})", values)  # noqa: S608
        connection.execute("DELETE FROM change WHERE step_id NOT IN (SELECT id FROM step)")
    return Recovered(len(named), len(from_backup & named.keys()), backup)


def _is_mark(kind: int, value: int | str, at: int) -> bool:
    if not 0 < at < _LATEST or kind not in (int(mark) for mark in Mark):
        return False
    return isinstance(value, str) if Mark(kind).is_text else value in (0, 1)


def _readable(path: Path, statement: str) -> Iterator[tuple[object, ...]]:
    """Read the rows of a damaged table as far as SQLite can, which must not change the file or its log."""
    with (
        suppress(sqlite3.Error, UnicodeDecodeError),
        closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as source,
    ):
        yield from source.execute(statement)
