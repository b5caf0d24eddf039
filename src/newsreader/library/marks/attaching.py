"""Letting a connection that reads something else see the marks, too."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from newsreader.library.attaching import Kind, attach

APPLICATION_ID = 0x4E4D524B  # "NMRK"

VERSION = 2
"""Of the tables: as many migrations (`schema.py`) lead to it."""

CACHE = -256
"""Pages that each connection keeps: KiB, negated as SQLite has it."""


def attach_marks(connection: sqlite3.Connection, path: Path) -> bool:
    """Let a connection that only reads see the marks as the schema `marks`; False where there are none."""
    return attach(connection, path, "marks", Kind(APPLICATION_ID, VERSION), CACHE)
