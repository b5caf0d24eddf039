"""The database of marks: tables, migrations and recovery.

Unlike the index, this file cannot be rebuilt. So it is never deleted: a migration makes a backup first, and a
damaged file is renamed, and what is readable is copied to a new one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from itertools import chain, count
from pathlib import Path

from newsreader.domain.errors import NewsreaderError
from newsreader.library.marks.attached import CACHE, KIND
from newsreader.library.sqlite.connection import connect, is_empty, kind_of, set_kind, transaction

MIGRATIONS = (
    """
    -- The marked stories, by the key of their name (domain/marks.py).
    CREATE TABLE story (key INTEGER PRIMARY KEY, name TEXT NOT NULL, title TEXT NOT NULL);

    -- `kind` is a Mark; `value` 1 or 0, or a text; `at` when it was set, in ms since 1970 UTC.
    -- A removed mark stays as 0, so that the newest wins when marks of two machines are merged.
    CREATE TABLE mark (
        kind INTEGER NOT NULL,
        key INTEGER NOT NULL,
        value NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (kind, key)
    ) WITHOUT ROWID;
    """,
    """
    -- Steps to undo and redo: the undone steps are always the newest.
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
    """
    -- From here on a mark may be of a kind that earlier versions of the program do not know (5, tags).
    """,
)
"""The scripts from one version to the next; the first creates the tables. Never change a released one."""

_TABLES = {
    "story": ("key", "name", "title"),
    "mark": ("kind", "key", "value", "at"),
    "step": ("id", "words", "undone"),
    "change": ("step_id", "kind", "key", "before", "after"),
}


class MarksError(NewsreaderError):
    """The marks cannot be read or written; the message says why and what to do."""


def open_marks(path: Path) -> tuple[sqlite3.Connection, str]:
    """Open the marks for writing; create, migrate or recover them first if needed.

    Returns:
        The connection, and a message for the user, or "".

    Raises:
        MarksError: they cannot be opened.

    """
    notice = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and _is_damaged(path):
            notice = _recover(path)
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
    return connect(path, 10, f"cache_size = {CACHE}")


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the tables to this version in one transaction, after a backup.

    Raises:
        MarksError: the file belongs to another program, or to a later version of this one.

    """
    kind = kind_of(connection)
    is_new = is_empty(connection)
    if not is_new and kind.application != KIND.application:
        raise MarksError(f"{path}: this is not a database of marks. Move it away; nothing was changed in it.")
    if kind.version > KIND.version:
        raise MarksError(f"{path}: these marks were written by a later version of newsreader. Update it.")
    if kind.version == KIND.version:
        return
    if not is_new:
        _back_up(connection, path.with_name(f"{path.stem}-version-{kind.version}{path.suffix}"))
    with transaction(connection):
        # Another process may have finished the migration in the meantime.
        for script in MIGRATIONS[kind_of(connection).version :]:
            for statement in _statements(script):
                connection.execute(statement)
        set_kind(connection, KIND)


def _statements(script: str) -> Iterator[str]:
    """Split a script into statements, as `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _back_up(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the whole database to a file that does not exist yet."""
    numbered = (target.with_name(f"{target.stem}-{number}{target.suffix}") for number in count(2))
    free = next(path for path in chain((target,), numbered) if not path.exists())
    with closing(sqlite3.connect(free)) as copy:
        connection.backup(copy)


def _is_damaged(path: Path) -> bool:
    """Whether SQLite reports damage."""
    try:
        with closing(_connect(path)) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error) or "unable to open" in str(error):
            raise
        return True


def _recover(path: Path) -> str:
    """Rename a damaged file and copy its readable rows to a new one; return a message for the user."""
    from datetime import UTC, datetime

    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    damaged = path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(damaged.with_name(damaged.name + suffix))
    copied = 0
    with closing(_connect(path)) as connection:
        _migrate(connection, path)
        with transaction(connection):
            for table, columns in _TABLES.items():
                fields, marks = ", ".join(columns), ", ".join("?" * len(columns))
                for row in _readable(damaged, table, columns):
                    with suppress(sqlite3.Error):  # an invalid row
                        connection.execute(f"INSERT OR IGNORE INTO {table} ({fields}) VALUES ({marks})", row)  # noqa: S608
                        copied += table == "mark"
            connection.execute("DELETE FROM change WHERE step_id NOT IN (SELECT id FROM step)")
    return f"The marks were damaged: {copied:,} could be read and were kept; the old file is {damaged}."


def _readable(path: Path, table: str, columns: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    """Read the rows of a damaged table, from its start and from its end, as far as SQLite can."""
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
