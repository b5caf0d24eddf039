"""Letting a connection that reads something else see the fetched pages, too."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from newsreader.library.attaching import Kind, attach

KIND = Kind(application=0x4E504147, version=1)  # "NPAG"
"""The version is raised by any change to the tables or to what is put into them."""

CACHE = -2048
"""Pages of the database that each connection keeps: KiB, negated as SQLite has it."""


def attach_pages(connection: sqlite3.Connection, path: Path) -> bool:
    """Let a connection that only reads see the pages as the schema `pages`; False where there are none."""
    return attach(connection, path, "pages", KIND, CACHE)
