"""Set, undo and merge marks."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from newsreader.domain.mark_changes import LONGEST_NOTE, Identity, MarkChange, MarkStep
from newsreader.domain.marks import Mark
from newsreader.domain.sanitize import clean_block, clean_line
from newsreader.domain.tags import joined_tags, parse_tags
from newsreader.library.marks.schema import MarksError, open_marks
from newsreader.library.sqlite.connection import transaction

__all__ = ["DatedChange", "Marks", "MarksError", "Merged"]

MOST_STEPS = 1_000
"""Steps that can be undone; older ones are deleted, but marks never are."""

COPIED_EVERY = 60.0
"""Seconds after which the next mark also copies the log to the database."""


class DatedChange(NamedTuple):
    """A mark and the time it was set, in milliseconds since 1970 UTC."""

    change: MarkChange
    at: int


class Merged(NamedTuple):
    """The result of a merge: how many marks were taken, known already, or older than ours."""

    taken: int
    known: int
    older: int


class Marks:
    """The marks, for writing. Not thread-safe; several instances may share one file.

    Args:
        path: Of the database; created if needed.
        now: Returns the time in seconds since 1970 UTC.

    Raises:
        MarksError: the file cannot be opened.

    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self.path = path
        self._now = now
        self._connection, self.notice = open_marks(path, now)
        self._connection.text_factory = _decode
        self._copied_at = now()
        self._lock = Lock()
        self._version = self._data_version()

    def close(self) -> None:
        """Close the file, which is complete without its log afterwards."""
        with self._lock:
            with suppress(sqlite3.Error):  # closed already, or another process is reading the log
                self._connection.execute("PRAGMA busy_timeout = 500")
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._connection.close()

    def changed_elsewhere(self) -> bool:
        """Whether another connection has changed the marks since the last call, or since opening.

        Safe to call from any thread, also after `close`.
        """
        with self._lock:
            before, self._version = self._version, self._data_version()
            return self._version not in (None, before)

    def set_silently(self, changes: Iterable[MarkChange]) -> int:
        """Set marks outside of undo; return how many have changed."""
        with self._transaction():
            return sum(self._put(change) is not None for change in self._dated(changes))

    def set(self, description: str, changes: Iterable[MarkChange]) -> int:
        """Set marks as one step that can be undone; return how many have changed."""
        with self._transaction():
            return self._apply(description, self._dated(changes))

    def undo(self) -> MarkStep | None:
        """Undo the last step, except for marks that were changed since; None if there is no step."""
        return self._walk("SELECT max(id) FROM step WHERE undone = 0", backward=True)

    def redo(self) -> MarkStep | None:
        """Redo the step that was undone last; None if there is none."""
        return self._walk("SELECT min(id) FROM step WHERE undone = 1", backward=False)

    def get(self, identity: Identity, mark: Mark) -> int | str:
        """Return the value of a mark: 1 or 0, or the text of a note or tags."""
        return self._value(mark, identity.key)

    def all(self) -> Iterator[DatedChange]:
        """Yield every mark that was ever set, also removed ones, by time."""
        rows = self._ask(
            "SELECT key, name, title, kind, value, at FROM mark JOIN story USING (key) ORDER BY at, key"
        )
        for key, name, title, kind, value, at in rows:
            yield DatedChange(MarkChange(Identity(key, name), Mark(kind), value, title), at)

    def merge(self, description: str, marks: Iterable[DatedChange]) -> Merged:
        """Merge marks of another database as one step: the newest of each mark wins."""
        taken: list[DatedChange] = []
        known = older = 0
        with self._transaction():
            for mark in marks:
                change = _clean(mark.change)
                row = self._ask(
                    "SELECT value, at FROM mark WHERE kind = ? AND key = ?",
                    (change.mark, change.identity.key),
                )
                value, at = row[0] if row else (_nothing(change.mark), -1)
                if row and at > mark.at:
                    older += 1
                elif value == change.value:
                    known += 1
                else:
                    taken.append(DatedChange(change, mark.at))
            self._apply(description, taken)
        return Merged(len(taken), known, older)

    def _apply(self, description: str, marks: Iterable[DatedChange]) -> int:
        changed = [(mark, before) for mark in marks if (before := self._put(mark)) is not None]
        if changed:
            self._connection.execute("DELETE FROM step WHERE undone = 1")
            step = self._connection.execute("INSERT INTO step (words) VALUES (?)", (description,)).lastrowid
            self._connection.executemany(
                "INSERT INTO change VALUES (?, ?, ?, ?, ?)",
                [
                    (step, mark.change.mark, mark.change.identity.key, before, mark.change.value)
                    for mark, before in changed
                ],
            )
            self._connection.execute("DELETE FROM step WHERE id <= ? - ?", (step, MOST_STEPS))
        return len(changed)

    def _put(self, mark: DatedChange) -> int | str | None:
        """Set one mark; return its previous value, None if it is unchanged."""
        (identity, kind, value, title), at = mark
        before = self._value(kind, identity.key)
        if before == value:
            return None
        self._connection.execute(
            "INSERT INTO story VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET title = excluded.title"
            " WHERE excluded.title <> ''",
            (identity.key, identity.name, title),
        )
        self._write(kind, identity.key, value, at)
        return before

    def _walk(self, which: str, *, backward: bool) -> MarkStep | None:
        with self._transaction():
            step = self._ask(which)[0][0]
            if step is None:
                return None
            at = self._time()
            moved = 0
            changes = self._ask(
                "SELECT kind, key, before, after FROM change WHERE step_id = ? ORDER BY rowid", (step,)
            )
            # A step may have set one mark twice.
            for kind, key, before, after in reversed(changes) if backward else changes:
                here, there = (after, before) if backward else (before, after)
                if self._value(kind, key) == here:
                    self._write(kind, key, there, at)
                    moved += 1
            self._connection.execute("UPDATE step SET undone = ? WHERE id = ?", (backward, step))
            words = self._ask("SELECT words FROM step WHERE id = ?", (step,))[0][0]
            return MarkStep(words, moved, any(kind == Mark.HIDDEN for kind, *_ in changes))

    def _value(self, kind: int, key: int) -> int | str:
        found = self._ask("SELECT value FROM mark WHERE kind = ? AND key = ?", (kind, key))
        return found[0][0] if found else _nothing(kind)

    def _write(self, kind: int, key: int, value: int | str, at: int) -> None:
        self._connection.execute("INSERT OR REPLACE INTO mark VALUES (?, ?, ?, ?)", (kind, key, value, at))

    def _data_version(self) -> int | None:
        """A number that changes with every commit of another connection; None if it cannot be read."""
        try:
            return int(self._ask("PRAGMA data_version")[0][0])
        except MarksError:
            return None

    def _dated(self, changes: Iterable[MarkChange]) -> list[DatedChange]:
        at = self._time()
        return [DatedChange(_clean(change), at) for change in changes]

    def _time(self) -> int:
        return int(self._now() * 1000)

    def _ask(self, statement: str, parameters: tuple[object, ...] = ()) -> list[tuple]:  # type: ignore[type-arg]
        try:
            return self._connection.execute(statement, parameters).fetchall()
        except sqlite3.Error as error:
            raise MarksError(f"{self.path}: the marks cannot be read ({error}).") from error

    def _copy_log(self) -> None:
        """Copy the log to the database now and then, so that the file alone has nearly all marks."""
        if not 0 <= self._now() - self._copied_at < COPIED_EVERY:
            self._copied_at = self._now()
            with suppress(sqlite3.Error):  # the marks are safe in the log
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            with self._lock:
                with transaction(self._connection):
                    yield
                self._copy_log()
        except sqlite3.Error as error:
            raise MarksError(f"{self.path}: nothing was marked ({error}).") from error


def _decode(text: bytes) -> str:
    """Decode a text of the database, which may be damaged."""
    return text.decode("utf-8", "replace")


def _nothing(mark: int) -> int | str:
    """Return the value of a mark that was never set."""
    return "" if Mark(mark).is_text else 0


def _clean(change: MarkChange) -> MarkChange:
    """Sanitize the text of a change."""
    value = change.value
    if change.mark is Mark.NOTE:
        value = clean_block(str(value), LONGEST_NOTE).strip()
    elif change.mark is Mark.TAGS:
        value = joined_tags(parse_tags(str(value)))
    return change._replace(value=value, title=clean_line(change.title))
