"""A lock that only one process at a time holds, to refresh an index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from newsreader.library.sqlite.connection import open_database


class IndexBusyError(Exception):
    """Another process holds the lock of this index."""


@contextmanager
def index_lock(index: Path, wait: float = 0) -> Iterator[None]:
    """Lock an index, or another database that is about to be replaced; wait at most `wait` seconds.

    The lock is an open transaction on a small database next to the index: it works wherever SQLite
    does, and the system releases it when its holder dies.

    Raises:
        IndexBusyError: another process holds it.
        sqlite3.OperationalError: the folder cannot hold a lock.

    """
    index.parent.mkdir(parents=True, exist_ok=True)
    with closing(open_database(index.with_suffix(".lock"), wait)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise IndexBusyError("another newsreader is indexing this corpus") from error
        yield
