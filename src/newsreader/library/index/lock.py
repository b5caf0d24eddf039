"""Only one process at a time brings an index up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


class IndexBusyError(Exception):
    """Another process is bringing this index up to date."""


@contextmanager
def index_lock(index: Path, wait: float = 0) -> Iterator[None]:
    """Hold the right to refresh an index, or to make another database anew.

    The lock is an open transaction on a small database beside the index: it works wherever SQLite
    does, and the system lets go of it when the holder dies. `wait` is for so many seconds at most.

    Raises:
        IndexBusyError: another process holds it.
        sqlite3.OperationalError: the folder cannot hold a lock.

    """
    index.parent.mkdir(parents=True, exist_ok=True)
    with closing(
        sqlite3.connect(index.with_suffix(".lock"), timeout=wait, isolation_level=None)
    ) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise IndexBusyError("another newsreader is indexing this corpus") from error
        yield
