"""Hearing of marks that another instance has set."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Event

EVERY = 1.0
"""Seconds between two looks; a look costs some microseconds."""


def marks_changes(path: Path, stopped: Event, every: float = EVERY) -> Iterator[None]:
    """Yield whenever the marks were changed by anybody, until `stopped` is set."""
    while not stopped.is_set():
        if path.is_file():
            with suppress(sqlite3.Error), closing(sqlite3.connect(path, isolation_level=None)) as connection:
                yield from _changes(connection, stopped, every)
        stopped.wait(every)


def _changes(connection: sqlite3.Connection, stopped: Event, every: float) -> Iterator[None]:
    """Yield at once, since marks may have changed before, and whenever SQLite tells that data has changed."""
    before: int | None = None
    while not stopped.wait(0 if before is None else every):
        version = int(connection.execute("PRAGMA data_version").fetchone()[0])
        if version != before:
            yield
        before = version
