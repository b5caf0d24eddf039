"""Letting a connection that reads something else see the marks, too."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

APPLICATION_ID = 0x4E4D524B  # "NMRK"

VERSION = 2
"""Of the tables: as many migrations (`schema.py`) lead to it."""

CACHE = -256
"""Pages that each connection keeps: KiB, negated as SQLite has it."""


def attach_marks(connection: sqlite3.Connection, path: Path) -> bool:
    """Let a connection that only reads see the marks as the schema `marks`; False where there are none."""
    if not path.is_file():
        return False
    with suppress(sqlite3.Error):
        connection.execute("ATTACH DATABASE ? AS marks", (os.fspath(path),))
        with suppress(sqlite3.Error):
            application = connection.execute("PRAGMA marks.application_id").fetchone()[0]
            version = connection.execute("PRAGMA marks.user_version").fetchone()[0]
            if (application, version) == (APPLICATION_ID, VERSION):
                connection.execute(f"PRAGMA marks.cache_size = {CACHE}")
                return True
        connection.execute("DETACH DATABASE marks")
    return False
