"""Only one process at a time brings an index up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


class IndexBusyError(Exception):
    """Another process is bringing this index up to date."""


@contextmanager
def index_lock(index: Path) -> Iterator[None]:
    """Hold the right to refresh an index.

    The lock is an open transaction on a small database beside the index: it works wherever SQLite
    does, and the system lets go of it when the holder dies.

    Raises:
        IndexBusyError: another process holds it.
        sqlite3.OperationalError: the folder cannot hold a lock.

    """
    index.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(index.with_suffix(".lock"), timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise IndexBusyError("another newsreader is indexing this corpus") from error
        yield
