"""Connections to SQLite databases, other databases attached to them, and transactions."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple


class DatabaseKind(NamedTuple):
    """What identifies a database: its `application_id` and its `user_version`."""

    application: int
    version: int


class Connection(sqlite3.Connection):
    """A connection that reports a schema with invalid UTF-8 as damage, not as UnicodeDecodeError."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Execute a statement."""
        try:
            return super().execute(sql, parameters)
        except UnicodeDecodeError as error:
            raise sqlite3.DatabaseError(f"malformed database schema ({error})") from error


def open_database(path: Path, timeout: float) -> sqlite3.Connection:
    """Open a database; `timeout` is in seconds.

    The connection may move between threads, but only one may use it at a time.
    """
    return sqlite3.connect(
        path, timeout=timeout, isolation_level=None, check_same_thread=False, factory=Connection
    )


def connect(path: Path, timeout: float, *pragmas: str) -> sqlite3.Connection:
    """Open a database in WAL mode; see `open_database`."""
    connection = open_database(path, timeout)
    try:
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = 1", *pragmas):
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def kind_of(connection: sqlite3.Connection, schema: str = "main") -> DatabaseKind:
    """Read the kind of a database."""
    application = connection.execute(f"PRAGMA {schema}.application_id").fetchone()[0]
    return DatabaseKind(application, connection.execute(f"PRAGMA {schema}.user_version").fetchone()[0])


def set_kind(connection: sqlite3.Connection, kind: DatabaseKind) -> None:
    """Write the kind of a database."""
    connection.execute(f"PRAGMA application_id = {kind.application}")
    connection.execute(f"PRAGMA user_version = {kind.version}")


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether a database has no tables yet."""
    return not connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Run a write transaction that takes the lock at once; roll back on error."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has ended it already
            connection.execute("ROLLBACK")
        raise


def attach(
    connection: sqlite3.Connection,
    path: Path,
    schema: str,
    kind: DatabaseKind,
    cache: int,
    *,
    oldest: int | None = None,
) -> bool:
    """Attach a database as `schema`; return False if there is none of that kind.

    Call it outside of a transaction. `cache` is a `cache_size` in pages, or in KiB if negative. Versions from
    `oldest` on will do, too.
    """
    try:
        if not path.stat().st_size:  # SQLite would delete the log, from which it might be recovered
            return False
    except OSError:
        return False
    with suppress(sqlite3.Error):
        connection.execute(f"ATTACH DATABASE ? AS {schema}", (os.fspath(path),))
        with suppress(sqlite3.Error):
            found = kind_of(connection, schema)
            first = kind.version if oldest is None else oldest
            if found.application == kind.application and first <= found.version <= kind.version:
                connection.execute(f"PRAGMA {schema}.cache_size = {cache}")
                return True
        connection.execute(f"DETACH DATABASE {schema}")
    return False


def file_stamp(path: Path) -> tuple[int, int] | None:
    """Return what distinguishes a file from one that replaces it; None if there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def log_of(path: Path) -> Path:
    """Return the path of the write-ahead log of a database."""
    return path.with_name(f"{path.name}-wal")


def discard(path: Path) -> None:
    """Delete a database with the files that SQLite keeps next to it."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def rename(path: Path, target: Path) -> None:
    """Rename a database with the files that SQLite keeps next to it."""
    for suffix in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(target.with_name(target.name + suffix))


MALFORMED = (ValueError, TypeError, LookupError, ArithmeticError, zlib.error)
"""What the decoding of a value of a damaged database may raise."""


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error means that the file itself is broken, not that it is busy or the disk is full."""
    signs = ("malformed", "not a database", "corrupt", "no such", "not decode", "constructor failed")
    return any(sign in str(error) for sign in signs)
