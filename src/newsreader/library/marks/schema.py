"""The database of marks: tables, migrations and recovery.

Unlike the index, this file cannot be rebuilt. So it is never deleted: a migration makes a backup first, and a
damaged file is renamed, and what is readable is copied to a new one. A copy is kept of each of the last days.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path

from newsreader.domain.errors import NewsreaderError
from newsreader.library.index.lock import IndexBusyError, index_lock
from newsreader.library.marks.attached import CACHE, KIND
from newsreader.library.marks.backups import back_up_daily, backups, copy_database
from newsreader.library.marks.recovery import recover_into
from newsreader.library.sqlite.connection import (
    connect,
    is_empty,
    kind_of,
    log_of,
    rename,
    set_kind,
    transaction,
)

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
    """
    -- The same for kind 6, hidden.
    """,
)
"""The scripts from one version to the next; the first creates the tables. Never change a released one."""

_MARKS = {"story": "key, name, title", "mark": "kind, key, value, at"}
"""The tables of every version, with their columns."""

TIMEOUT = 10.0
"""Seconds to wait for another process that is writing."""


class MarksError(NewsreaderError):
    """The marks cannot be read or written; the message says why and what to do."""


def open_marks(path: Path, now: Callable[[], float] = time.time) -> tuple[sqlite3.Connection, str]:
    """Open the marks for writing; create, migrate or recover them first if needed, and back them up daily.

    Returns:
        The connection, and a message for the user, or "".

    Raises:
        MarksError: they cannot be opened.

    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        notice = _recover_if_damaged(path)
        connection = _connect(path)
        try:
            _migrate(connection, path)
            back_up_daily(connection, path, now)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError) as error:
        raise MarksError(f"{path}: the marks cannot be opened ({error}). Nothing will be marked.") from error
    return connection, notice


def repair_marks(path: Path) -> str:
    """Recover the marks if they are damaged; return a message for the user, "" if nothing was changed."""
    try:
        return _recover_if_damaged(path)
    except (sqlite3.Error, OSError):
        return ""


def _recover_if_damaged(path: Path) -> str:
    try:
        if not _is_damaged(path):
            return ""
    except FileNotFoundError:
        return ""
    try:
        with index_lock(path, TIMEOUT):
            # Another process may have recovered them in the meantime.
            return _recover(path) if _is_damaged(path) else ""
    except IndexBusyError as error:
        raise OSError("another newsreader is recovering them") from error


def _connect(path: Path) -> sqlite3.Connection:
    return connect(path, TIMEOUT, f"cache_size = {CACHE}")


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
    copy_database(connection, free)


def _is_damaged(path: Path) -> bool:
    """Whether SQLite reports damage, or a table is missing."""
    if not path.stat().st_size:
        # A crash of the machine has emptied it. SQLite would delete the log with the marks when opening it.
        return bool(backups(path)) or (log_of(path).exists() and log_of(path).stat().st_size > 0)
    try:
        with closing(_connect(path)) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                return True
            if kind_of(connection).application == KIND.application:
                for table, columns in _MARKS.items():
                    connection.execute(f"SELECT {columns} FROM {table} LIMIT 1").fetchone()  # noqa: S608
            return False
    except sqlite3.DatabaseError as error:
        if "locked" in str(error) or "unable to open" in str(error):
            raise
        return True


def _recover(path: Path) -> str:
    """Rename a damaged file and recover its marks in a new one; return a message for the user."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    damaged = path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
    rename(path, damaged)
    with closing(_connect(path)) as connection:
        _migrate(connection, path)
        recovered = recover_into(connection, damaged, path)
    backup = recovered.backup
    addition = f", {recovered.from_backup:,} of them from {backup.name}" if backup is not None else ""
    return (
        f"The marks were damaged: {recovered.marks:,} were recovered{addition}. "
        f"The damaged file is kept as {damaged}."
    )
