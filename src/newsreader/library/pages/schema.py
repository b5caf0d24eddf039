"""The database of fetched pages: its tables, and how it is opened.

It is disposable, as an index is: one of another version, or that is damaged, is thrown away and begun anew.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from newsreader.domain.errors import NewsreaderError
from newsreader.library.index.lock import IndexBusyError, index_lock
from newsreader.library.index.schema import discard, is_damage
from newsreader.library.pages.attached import CACHE, KIND
from newsreader.library.sqlite.attach import kind_of
from newsreader.library.sqlite.transaction import transaction

TIMEOUT = 10.0
"""Seconds to wait for another process that is writing."""

_TABLES = (
    # The text of a page, by the key of the record's identity (domain/mark_changes.py). Times are in seconds
    # since 1970 UTC, `html` is compressed, `bytes` is the size of the row with its text.
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
    # The plain text of each page, whose rowid is the key. It is cut into words as those of the index are.
    """
    CREATE VIRTUAL TABLE page_words USING fts5 (
        text,
        tokenize="unicode61 remove_diacritics 2",
        prefix='1 2'
    )
    """,
    # How a link fared, by the key of its address (`urls.url_key`).
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
    """Fetched pages cannot be read or kept; the message says why."""


def open_pages(path: Path) -> sqlite3.Connection:
    """Open the fetched pages for writing; begin anew where there are none that can be used.

    Raises:
        PagesError: that cannot be done.

    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = _opened(path)
        if connection is None:
            # Whoever comes second finds that all is well again.
            with index_lock(path, TIMEOUT):
                connection = _opened(path)
                if connection is None:
                    discard(path)
                    connection = _opened(path)
    except IndexBusyError:
        raise PagesError(f"{path}: another newsreader is making this file anew. Try again.") from None
    except (sqlite3.Error, OSError) as error:
        raise failed(path, "fetched pages cannot be opened", error) from error
    if connection is None:
        raise PagesError(f"{path}: fetched pages cannot be kept here. Delete the file.")
    return connection


def failed(path: Path, what: str, error: Exception) -> PagesError:
    """An error of SQLite or the system in words."""
    return PagesError(f"{path}: {what} ({error}).")


def _opened(path: Path) -> sqlite3.Connection | None:
    """A connection, with the tables made if the file is new; None where it is of no use."""
    connection = sqlite3.connect(path, timeout=TIMEOUT, isolation_level=None, check_same_thread=False)
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
    """Whether a file is of our kind and answers; a new one becomes so."""
    if _is_new(connection):
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # in force as long as there is no table
        connection.execute("PRAGMA journal_mode = WAL")
        with transaction(connection):
            if _is_new(connection):  # another process may have been quicker
                for table in _TABLES:
                    connection.execute(table)
                connection.execute(f"PRAGMA application_id = {KIND.application}")
                connection.execute(f"PRAGMA user_version = {KIND.version}")
    if kind_of(connection) != KIND:
        return False
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = {CACHE}")
    for table in ("page", "page_words", "verdict"):
        connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()  # noqa: S608 - fixed names
    return True


def _is_new(connection: sqlite3.Connection) -> bool:
    return not connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
