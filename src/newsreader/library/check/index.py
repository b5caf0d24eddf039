"""Check an index for damage, and compare it with its corpus."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from newsreader.corpus.scan import Change, KnownFile, compare, walk
from newsreader.library.index.schema import IndexUnusableError, open_reader

_MOST = 20
"""Most defects to report."""


class IndexCheck(NamedTuple):
    """Defects of an index, and the changes of the corpus since its refresh."""

    defects: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def is_sound(self) -> bool:
        """Whether the database is intact; it may still be outdated."""
        return not self.defects

    @property
    def is_fresh(self) -> bool:
        """Whether the index is up to date."""
        return not self.changes

    def count_changes(self) -> tuple[int, int, int]:
        """Return how many files were added, changed and deleted."""
        added = sum(change.known is None for change in self.changes)
        deleted = sum(change.stamp is None for change in self.changes)
        return added, len(self.changes) - added - deleted, deleted


def check_index(root: Path, index: Path) -> IndexCheck:
    """Check every page of an index, and every file of its corpus for changes.

    Raises:
        OSError: the corpus cannot be read.

    """
    try:
        with closing(open_reader(index)) as connection:
            defects = _defects(connection)
            return IndexCheck(defects, () if defects else _changes(root, connection))
    except (IndexUnusableError, sqlite3.DatabaseError) as error:
        return IndexCheck((str(error),), ())


def _defects(connection: sqlite3.Connection) -> tuple[str, ...]:
    rows = connection.execute(f"PRAGMA integrity_check({_MOST})").fetchall()
    found = [line for (line,) in rows if line != "ok"]
    if not found:
        found = [
            f"{table}: a row refers to nothing"
            for table, *_ in connection.execute("PRAGMA foreign_key_check")
        ]
    if not connection.execute("SELECT 1 FROM fact WHERE name = 'complete'").fetchone():
        found.append("the corpus was never indexed as a whole")
    return tuple(found[:_MOST])


def _changes(root: Path, connection: sqlite3.Connection) -> tuple[Change, ...]:
    rows = connection.execute("SELECT path, mtime_ns, size FROM file ORDER BY path")
    known = (KnownFile(*row) for row in rows if not row[0].endswith(b"/"))  # no unreadable folders
    unreadable: dict[bytes, str] = {}
    return tuple(compare(walk(root, [], unreadable), known, unreadable))
