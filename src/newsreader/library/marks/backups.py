"""Daily backups of the marks, next to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

KEPT = 5
"""Backups of the last days on which marks were opened; a mark takes some 200 bytes in each."""


def backups(path: Path) -> list[Path]:
    """Return the backups of a database, the newest first."""
    return sorted(path.parent.glob(f"{path.stem}-backup-*{path.suffix}"), reverse=True)


def back_up_daily(connection: sqlite3.Connection, path: Path, now: Callable[[], float]) -> None:
    """Copy a sound database unless that was done today, and delete old copies.

    A copy that fails is left out: marks can still be set.
    """
    day = datetime.fromtimestamp(now(), UTC).date()
    target = path.with_name(f"{path.stem}-backup-{day}{path.suffix}")
    if target.exists() or not connection.execute("SELECT 1 FROM mark LIMIT 1").fetchone():
        return
    with suppress(OSError, sqlite3.Error):
        copy_database(connection, target)
        for old in backups(path)[KEPT:]:
            old.unlink()


def copy_database(connection: sqlite3.Connection, target: Path) -> None:
    """Copy a whole database to a file, which is complete as soon as it is there."""
    temporary = target.with_name(f"{target.name}.tmp")
    try:
        with closing(sqlite3.connect(temporary)) as copy:
            connection.backup(copy)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
