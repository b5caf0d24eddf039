"""Letting a connection that reads something else see another database, too."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class DatabaseKind(NamedTuple):
    """What tells a database apart from others: its `application_id` and its `user_version`."""

    application: int
    version: int


def attach(connection: sqlite3.Connection, path: Path, schema: str, kind: DatabaseKind, cache: int) -> bool:
    """Let a connection see a database under the name `schema`; False where there is none of that kind.

    To be called outside of a transaction. `cache` are pages that are kept: KiB, negated as SQLite has it.
    """
    if not path.is_file():
        return False
    with suppress(sqlite3.Error):
        connection.execute(f"ATTACH DATABASE ? AS {schema}", (os.fspath(path),))
        with suppress(sqlite3.Error):
            if kind_of(connection, schema) == kind:
                connection.execute(f"PRAGMA {schema}.cache_size = {cache}")
                return True
        connection.execute(f"DETACH DATABASE {schema}")
    return False


def file_stamp(path: Path) -> tuple[int, int] | None:
    """What tells the file at a path from another one that takes its place, None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def kind_of(connection: sqlite3.Connection, schema: str = "main") -> DatabaseKind:
    """Of what kind a database is."""
    application = connection.execute(f"PRAGMA {schema}.application_id").fetchone()[0]
    return DatabaseKind(application, connection.execute(f"PRAGMA {schema}.user_version").fetchone()[0])
