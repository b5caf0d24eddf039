"""Whether an index is whole, and says what its corpus says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from newsreader.corpus.scan import Changes, Stamp, compare, scan
from newsreader.library.index.schema import IndexUnusableError, open_reader

_MOST = 20
"""Most defects that are told of one index."""


class IndexCheck(NamedTuple):
    """What was found: defects in words, none in a sound index, and how the corpus differs from it."""

    defects: tuple[str, ...]
    changes: Changes

    @property
    def is_sound(self) -> bool:
        """Whether the database is whole; it may still be old."""
        return not self.defects

    @property
    def is_fresh(self) -> bool:
        """Whether it says what the corpus says."""
        return not self.changes


def verify(root: Path, index: Path) -> IndexCheck:
    """Look at every page of an index and at every file of its corpus.

    Raises:
        OSError: the corpus cannot be read.

    """
    nothing = Changes([], [], [])
    try:
        with closing(open_reader(index)) as connection:
            defects = _defects(connection)
            return IndexCheck(defects, nothing if defects else _changes(root, connection))
    except (IndexUnusableError, sqlite3.DatabaseError) as error:
        return IndexCheck((str(error),), nothing)


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


def _changes(root: Path, connection: sqlite3.Connection) -> Changes:
    known = {
        path: Stamp(*stamp) for path, *stamp in connection.execute("SELECT path, mtime_ns, size FROM file")
    }
    files = {path: stamp for path, stamp in known.items() if not path.endswith(b"/")}  # no closed folders
    return compare(scan(root), files)
