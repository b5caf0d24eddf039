"""The database of marks: its tables, how they grow from version to version, and its rescue when damaged.

Unlike the index this file cannot be made again. It is never deleted: before its tables change it is copied,
and a damaged one is put aside after everything that can still be read was carried over.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from newsreader.domain.errors import NewsreaderError
from newsreader.library.marks.attached import APPLICATION_ID, CACHE, VERSION

MIGRATIONS = (
    """
    -- What is marked, by the key of its name (domain/marks.py).
    CREATE TABLE story (key INTEGER PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL);

    -- `kind` is a Mark; `value` 1 or 0, or the text of a note; `at` when it was set, in ms since 1970 UTC.
    -- What was taken off stays as 0, so that the newest wins when marks from two machines meet.
    CREATE TABLE mark (
        kind INTEGER NOT NULL,
        key INTEGER NOT NULL,
        value NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (kind, key)
    ) WITHOUT ROWID;
    """,
    """
    -- What was done, so that it can be undone: the undone steps are always the newest.
    CREATE TABLE step (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        words TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE change (
        step_id INTEGER NOT NULL REFERENCES step ON DELETE CASCADE,
        kind INTEGER NOT NULL,
        key INTEGER NOT NULL,
        before NOT NULL,
        after NOT NULL
    );
    CREATE INDEX change_step ON change (step_id);
    """,
)
"""Each turns the tables of one version into those of the next; the first makes them. Never to be edited."""

_TABLES = {
    "story": ("key", "name", "title"),
    "mark": ("kind", "key", "value", "at"),
    "step": ("id", "words", "undone"),
    "change": ("step_id", "kind", "key", "before", "after"),
}


class MarksError(NewsreaderError):
    """The marks cannot be read or written; the message says why and what to do."""


def open_marks(path: Path) -> tuple[sqlite3.Connection, str]:
    """Open the marks for writing; make, bring up to date, or rescue them first where that is needed.

    Returns:
        The connection, and a sentence about anything that the reader should know, or "".

    Raises:
        MarksError: they cannot be opened.

    """
    notice = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and _is_damaged(path):
            notice = _rescue(path)
        connection = _connect(path)
        try:
            _migrate(connection, path)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError) as error:
        raise MarksError(f"{path}: the marks cannot be opened ({error}). Nothing will be marked.") from error
    return connection, notice


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = 1")
        connection.execute(f"PRAGMA cache_size = {CACHE}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _application(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the tables to this version, in one transaction, after a copy of what was there.

    Raises:
        MarksError: the file belongs to another program, or to a later version of this one.

    """
    version = _version(connection)
    is_new = not connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    if not is_new and _application(connection) != APPLICATION_ID:
        raise MarksError(f"{path}: this is not a database of marks. Move it away; nothing was changed in it.")
    if version > VERSION:
        raise MarksError(f"{path}: these marks were written by a later version of newsreader. Update it.")
    if version == VERSION:
        return
    if not is_new:
        _back_up(connection, path.with_name(f"{path.stem}-version-{version}{path.suffix}"))
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another instance may have been at it, too: whoever comes second finds it done.
        for number in range(_version(connection), VERSION):
            for statement in _statements(MIGRATIONS[number]):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one: `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the whole database; a copy that is there already is left alone, under another name."""
    number = 1
    free = target
    while free.exists():
        number += 1
        free = target.with_name(f"{target.stem}-{number}{target.suffix}")
    with closing(sqlite3.connect(free)) as copy:
        connection.backup(copy)


def _is_damaged(path: Path) -> bool:
    """Whether SQLite finds something wrong with the file."""
    try:
        with closing(_connect(path)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error) or "unable to open" in str(error):
            raise
        return True


def _rescue(path: Path) -> str:
    """Put a damaged file aside, and carry over what can be read of it; gives words for the reader."""
    from datetime import UTC, datetime

    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    damaged = path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(damaged.with_name(damaged.name + suffix))
    carried = 0
    with closing(_connect(path)) as connection:
        _migrate(connection, path)
        connection.execute("BEGIN IMMEDIATE")
        for table, columns in _TABLES.items():
            fields, marks = ", ".join(columns), ", ".join("?" * len(columns))
            for row in _readable(damaged, table, columns):
                with suppress(sqlite3.Error):  # a row that makes no sense
                    connection.execute(f"INSERT OR IGNORE INTO {table} ({fields}) VALUES ({marks})", row)  # noqa: S608
                    carried += table == "mark"
        connection.execute("DELETE FROM change WHERE step_id NOT IN (SELECT id FROM step)")
        connection.execute("COMMIT")
    return f"The marks were damaged: {carried:,} could be read and were kept; the old file is {damaged}."


def _readable(path: Path, table: str, columns: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    """The rows of a table of a damaged file, from its start and from its end as far as SQLite gets."""
    seen: set[tuple[object, ...]] = set()
    order = "kind{0}, key{0}" if table == "mark" else "rowid{0}"
    for direction in ("", " DESC"):
        statement = f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order.format(direction)}"  # noqa: S608
        with (
            suppress(sqlite3.Error),
            closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as source,
        ):
            for row in source.execute(statement):
                if row not in seen:
                    seen.add(row)
                    yield row
