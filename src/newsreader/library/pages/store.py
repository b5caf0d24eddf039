"""Store fetched pages and link statuses."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

from newsreader.domain.link_status import LinkStatus
from newsreader.domain.mark_changes import Identity
from newsreader.domain.page_text import PageText
from newsreader.library.pages.rows import PackedPage, link_status_row, pack, read_link_statuses, read_text
from newsreader.library.pages.schema import PagesError, failed, open_pages
from newsreader.library.sqlite.connection import discard, file_stamp, is_damage, transaction

__all__ = ["PageStore", "PagesError", "PagesSize"]

MOST_STATUSES = 200_000
"""Link statuses to keep; the oldest are deleted."""

USE_EVERY = 3_600
"""Seconds between two updates of the time a page was last used."""

T = TypeVar("T")


class PagesSize(NamedTuple):
    """A number of pages, and the bytes of their compressed articles and plain texts."""

    pages: int
    bytes: int


class PageStore:
    """Fetched pages, for writing. Not thread-safe; several instances may share one file.

    All methods may raise `PagesError`. A damaged file is replaced by an empty one.

    Args:
        path: Of the database; created if needed.
        most_bytes: Total size of all pages; the least recently used are deleted to make room.
        now: Returns the time in seconds since 1970 UTC.

    Raises:
        PagesError: the file cannot be opened.

    """

    def __init__(self, path: Path, *, most_bytes: int, now: Callable[[], float] = time.time) -> None:
        self.path = path
        self._most_bytes = most_bytes
        self._now = now
        self._connection = open_pages(path)
        self._file = file_stamp(path)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def keep(self, identity: Identity, text: PageText) -> None:
        """Store the page text of a record, replacing an older one.

        Raises:
            PagesError: it exceeds the size of all pages, or cannot be written.

        """
        page = pack(text)
        if page.size > self._most_bytes:
            raise PagesError(
                f"This page takes {page.size:,} bytes, which is more than all pages may take together"
                f" ({self._most_bytes:,}); it was not kept. Raise pages_megabytes in the settings."
            )
        self._do("the page was not kept", lambda: self._write(identity.key, page))

    def get(self, identity: Identity) -> PageText | None:
        """Return the stored page text of a record and note its use; None if there is none."""

        def read() -> PageText | None:
            text = read_text(self._connection, "main", identity.key)
            if text is not None:
                self._note_use(identity.key)
            return text

        return self._do("fetched pages cannot be read", read)

    def size(self) -> PagesSize:
        """Return the number and size of the stored pages."""
        return self._do("fetched pages cannot be read", lambda: self._size("1"))

    def oldest(self) -> int | None:
        """Return when the oldest page was fetched, in seconds since 1970 UTC; None if there is none."""
        statement = "SELECT min(fetched_at) FROM page"
        found: int | None = self._do("fetched pages cannot be read", lambda: self._ask(statement)[0][0])
        return found

    def purge(self, older_than: int | None = None) -> PagesSize:
        """Delete all pages and link statuses, or those older than a time in seconds since 1970 UTC.

        Returns:
            The number and size of the deleted pages.

        """
        before = 2**62 if older_than is None else older_than

        def delete() -> PagesSize:
            with transaction(self._connection):
                deleted = self._size("fetched_at < ?", before)
                keys = self._ask("SELECT key FROM page WHERE fetched_at < ?", before)
                self._remove([key for (key,) in keys])
                self._connection.execute("DELETE FROM verdict WHERE checked_at < ?", (before,))
            with suppress(sqlite3.Error):  # shrinking the file is optional
                self._ask("INSERT INTO page_words (page_words) VALUES ('optimize')")
                # As a script, because `execute` stops after the first freed page.
                self._connection.executescript("PRAGMA incremental_vacuum")
                self._ask("PRAGMA wal_checkpoint(TRUNCATE)")
            return deleted

        return self._do("fetched pages cannot be thrown away", delete)

    def note(self, statuses: Iterable[LinkStatus]) -> None:
        """Store link statuses, replacing older ones; ignore those whose URL is not an address."""
        rows = [row for row in map(link_status_row, statuses) if row]

        def write() -> None:
            with transaction(self._connection):
                self._connection.executemany(
                    "INSERT OR REPLACE INTO verdict (key, url, outcome, status, words, checked_at, moved_to)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    rows,
                )
                self._connection.execute(
                    "DELETE FROM verdict WHERE key IN"
                    " (SELECT key FROM verdict ORDER BY checked_at DESC LIMIT -1 OFFSET ?)",
                    (MOST_STATUSES,),
                )

        if rows:
            self._do("how links fared was not noted", write)

    def link_statuses(self, urls: Sequence[str]) -> dict[str, LinkStatus]:
        """Return the known statuses of links by URL."""
        return self._do(
            "fetched pages cannot be read", lambda: read_link_statuses(self._connection, "main", urls)
        )

    def _write(self, key: int, page: PackedPage) -> None:
        text, now = page.text, int(self._now())
        with transaction(self._connection):
            self._remove([key])
            self._connection.execute(
                "INSERT INTO page (key, version, url, title, words, fetched_at, used_at, is_cut, etag,"
                " last_modified, bytes, html) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(key, str(text.version), text.url, text.title, text.words, text.fetched_at, now),
                    *(text.is_cut, text.etag, text.last_modified, page.size, page.html),
                ),
            )
            self._connection.execute("INSERT INTO page_words (rowid, text) VALUES (?, ?)", (key, page.plain))
            self._make_room(key)

    def _make_room(self, newest: int) -> None:
        """Delete the least recently used pages, other than `newest`, until the size limit is met."""
        surplus = self._size("1").bytes - self._most_bytes
        surplus_keys: list[int] = []
        rows = self._connection.execute(
            "SELECT key, bytes FROM page WHERE key <> ? ORDER BY used_at", (newest,)
        )
        for key, size in rows:
            if surplus <= 0:
                break
            surplus_keys.append(key)
            surplus -= size
        self._remove(surplus_keys)

    def _remove(self, keys: Sequence[int]) -> None:
        for statement in ("DELETE FROM page WHERE key = ?", "DELETE FROM page_words WHERE rowid = ?"):
            self._connection.executemany(statement, [(key,) for key in keys])

    def _note_use(self, key: int) -> None:
        """Update when a page was last used, at most once an hour, and without waiting for a lock."""
        now = int(self._now())
        last = self._ask("SELECT used_at FROM page WHERE key = ?", key)[0][0]
        if now - last < USE_EVERY:
            return
        with suppress(sqlite3.Error):  # the page may be deleted earlier then
            waiting = self._ask("PRAGMA busy_timeout")[0][0]
            self._ask("PRAGMA busy_timeout = 0")
            try:
                self._ask("UPDATE page SET used_at = ? WHERE key = ?", now, key)
            finally:
                self._ask(f"PRAGMA busy_timeout = {waiting}")

    def _size(self, condition: str, *parameters: object) -> PagesSize:
        statement = f"SELECT count(*), coalesce(sum(bytes), 0) FROM page WHERE {condition}"  # noqa: S608
        return PagesSize(*self._ask(statement, *parameters)[0])

    def _ask(self, statement: str, *parameters: object) -> list[tuple]:  # type: ignore[type-arg]
        return self._connection.execute(statement, parameters).fetchall()

    def _do(self, failure: str, work: Callable[[], T]) -> T:
        """Run `work`; if the file is damaged, run it again with a new one.

        Raises:
            PagesError: it failed; the message begins with `failure`.

        """
        try:
            if file_stamp(self.path) != self._file:  # another process has replaced it
                self._reopen()
            try:
                return work()
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
            discard(self.path)
            self._reopen()
            return work()
        except (sqlite3.Error, OSError) as error:
            raise failed(self.path, failure, error) from error

    def _reopen(self) -> None:
        self._connection.close()
        self._connection = open_pages(self.path)
        self._file = file_stamp(self.path)
