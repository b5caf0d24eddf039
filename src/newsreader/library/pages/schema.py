"""The tables of the database of fetched pages, and connections to it.

The database is disposable: a file of another version, or a damaged one, is deleted.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from newsreader.domain.errors import NewsreaderError
from newsreader.library.index.lock import IndexBusyError, index_lock
from newsreader.library.pages.attached import CACHE, KIND
from newsreader.library.sqlite.connection import (
    discard,
    is_damage,
    is_empty,
    kind_of,
    open_database,
    set_kind,
    transaction,
)

TIMEOUT = 10.0
"""Seconds to wait for another process that is writing."""

_TABLES = (
    # Page texts by the key of the record's identity (domain/mark_changes.py). Times are in seconds since 1970
    # UTC, `html` is compressed, `bytes` is the size of the row with its text.
    """
    CREATE TABLE page (
        key INTEGER PRIMARY KEY,
        version TEXT NOT NULL,
        url TEXT NOT NULL,
        title TEXT NOT NULL,
        words INTEGER NOT NULL,
        fetched_at INTEGER NOT NULL,
        used_at INTEGER NOT NULL,
        is_cut INTEGER NOT NULL,
        etag TEXT NOT NULL,
        last_modified TEXT NOT NULL,
        bytes INTEGER NOT NULL,
        html BLOB NOT NULL
    )
    """,
    "CREATE INDEX page_use ON page (used_at, bytes)",
    # The plain text of each page, whose rowid is the key, with the tokenizer of the index.
    """
    CREATE VIRTUAL TABLE page_words USING fts5 (
        text,
        tokenize="unicode61 remove_diacritics 2",
        prefix='1 2'
    )
    """,
    # Link statuses by the key of the address (`urls.url_key`).
    """
    CREATE TABLE verdict (
        key INTEGER PRIMARY KEY,
        url TEXT NOT NULL,
        outcome TEXT NOT NULL,
        status INTEGER NOT NULL,
        words TEXT NOT NULL,
        checked_at INTEGER NOT NULL,
        moved_to TEXT NOT NULL
    )
    """,
    "CREATE INDEX verdict_age ON verdict (checked_at)",
    "CREATE INDEX verdict_outcome ON verdict (outcome)",
)


class PagesError(NewsreaderError):
    """Fetched pages cannot be read or stored; the message says why."""


def open_pages(path: Path) -> sqlite3.Connection:
    """Open the fetched pages for writing; create the database, replacing one that cannot be used.

    Raises:
        PagesError: it cannot be opened.

    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = _open(path)
        if connection is None:
            # Another process may have replaced the file in the meantime.
            with index_lock(path, TIMEOUT):
                connection = _open(path)
                if connection is None:
                    discard(path)
                    connection = _open(path)
    except IndexBusyError:
        raise PagesError(f"{path}: another newsreader is making this file anew. Try again.") from None
    except (sqlite3.Error, OSError) as error:
        raise failed(path, "fetched pages cannot be opened", error) from error
    if connection is None:
        raise PagesError(f"{path}: fetched pages cannot be kept here. Delete the file.")
    return connection


def failed(path: Path, what: str, error: Exception) -> PagesError:
    """Return an error that says what failed, and why."""
    return PagesError(f"{path}: {what} ({error}).")


def _open(path: Path) -> sqlite3.Connection | None:
    """Connect, and create the tables in a new file; None if the file cannot be used."""
    connection = open_database(path, TIMEOUT)
    try:
        if _is_usable(connection):
            return connection
    except sqlite3.Error as error:
        connection.close()
        if not is_damage(error):
            raise
        return None
    connection.close()
    return None


def _is_usable(connection: sqlite3.Connection) -> bool:
    """Set up a connection; return False if the database is of another kind."""
    if is_empty(connection):
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # only works without tables
        connection.execute("PRAGMA journal_mode = WAL")
        with transaction(connection):
            if is_empty(connection):  # another process may have been faster
                for table in _TABLES:
                    connection.execute(table)
                set_kind(connection, KIND)
    if kind_of(connection) != KIND:
        return False
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = {CACHE}")
    for table in ("page", "page_words", "verdict"):
        connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()  # noqa: S608 - fixed names
    return True
