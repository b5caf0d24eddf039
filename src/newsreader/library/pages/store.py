"""Keeping fetched pages and verdicts on links: the one place that writes to their database."""

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
from newsreader.library.index.schema import discard, is_damage
from newsreader.library.pages.rows import PackedPage, packed, read_text, read_verdicts, verdict_row
from newsreader.library.pages.schema import PagesError, failed, open_pages
from newsreader.library.sqlite.attach import file_stamp
from newsreader.library.sqlite.transaction import transaction

__all__ = ["PageStore", "PagesError", "PagesSize"]

MOST_VERDICTS = 200_000
"""Verdicts that are kept; the oldest are forgotten."""

USE_EVERY = 3_600
"""Seconds within which a second use of a page is not noted."""

T = TypeVar("T")


class PagesSize(NamedTuple):
    """So many pages, and the bytes that they take: of compressed articles with their plain texts."""

    pages: int
    bytes: int


class PageStore:
    """Fetched pages, for writing. One instance, one thread at a time; several instances may share one file.

    All methods may raise `PagesError`. What is damaged is thrown away on the way, which costs no more than
    fetching again.

    Args:
        path: Of the database; made if it is not there.
        most_bytes: What all pages may take together; what was used longest ago makes room for others.
        now: Tells the time in seconds since 1970 UTC.

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
        """Let go of the file."""
        self._connection.close()

    def keep(self, identity: Identity, text: PageText) -> None:
        """Keep what was read of a record's page, in place of what was kept of it before.

        Raises:
            PagesError: it alone would take more than all pages may, or cannot be written.

        """
        page = packed(text)
        if page.size > self._most_bytes:
            raise PagesError(
                f"This page takes {page.size:,} bytes, which is more than all pages may take together"
                f" ({self._most_bytes:,}); it was not kept. Raise pages_megabytes in the settings."
            )
        self._do("the page was not kept", lambda: self._put(identity.key, page))

    def get(self, identity: Identity) -> PageText | None:
        """What is kept of a record's page, None where nothing is. Notes that it was used."""

        def read() -> PageText | None:
            text = read_text(self._connection, "main", identity.key)
            if text is not None:
                self._note_use(identity.key)
            return text

        return self._do("fetched pages cannot be read", read)

    def size(self) -> PagesSize:
        """How many pages are kept."""
        return self._do("fetched pages cannot be read", lambda: self._size("1"))

    def oldest(self) -> int | None:
        """When the oldest of the kept pages was fetched, in seconds since 1970 UTC; None without any."""
        statement = "SELECT min(fetched_at) FROM page"
        found: int | None = self._do("fetched pages cannot be read", lambda: self._ask(statement)[0][0])
        return found

    def purge(self, older_than: int | None = None) -> PagesSize:
        """Throw away pages and verdicts: all, or those from before a time, in seconds since 1970 UTC.

        Returns:
            What was thrown away.

        """
        before = 2**62 if older_than is None else older_than

        def throw_away() -> PagesSize:
            with transaction(self._connection):
                gone = self._size("fetched_at < ?", before)
                keys = self._ask("SELECT key FROM page WHERE fetched_at < ?", before)
                self._remove([key for (key,) in keys])
                self._connection.execute("DELETE FROM verdict WHERE checked_at < ?", (before,))
            with suppress(sqlite3.Error):  # the file need not shrink now
                self._ask("INSERT INTO page_words (page_words) VALUES ('optimize')")
                # As a script: it would end at the first page that it frees otherwise.
                self._connection.executescript("PRAGMA incremental_vacuum")
                self._ask("PRAGMA wal_checkpoint(TRUNCATE)")
            return gone

        return self._do("fetched pages cannot be thrown away", throw_away)

    def note(self, verdicts: Iterable[LinkStatus]) -> None:
        """Keep how links fared, in place of what was known of them; what is no address is passed over."""
        rows = [row for row in map(verdict_row, verdicts) if row]

        def put() -> None:
            with transaction(self._connection):
                self._connection.executemany(
                    "INSERT OR REPLACE INTO verdict (key, url, outcome, status, words, checked_at, moved_to)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    rows,
                )
                self._connection.execute(
                    "DELETE FROM verdict WHERE key IN"
                    " (SELECT key FROM verdict ORDER BY checked_at DESC LIMIT -1 OFFSET ?)",
                    (MOST_VERDICTS,),
                )

        if rows:
            self._do("how links fared was not noted", put)

    def verdicts(self, urls: Sequence[str]) -> dict[str, LinkStatus]:
        """How these links fared, by address; those that were never tried are left out."""
        return self._do("fetched pages cannot be read", lambda: read_verdicts(self._connection, "main", urls))

    def _put(self, key: int, page: PackedPage) -> None:
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
        """Throw away what was used longest ago, until the rest is as small as it has to be."""
        surplus = self._size("1").bytes - self._most_bytes
        leaving: list[int] = []
        rows = self._connection.execute(
            "SELECT key, bytes FROM page WHERE key <> ? ORDER BY used_at", (newest,)
        )
        for key, size in rows:
            if surplus <= 0:
                break
            leaving.append(key)
            surplus -= size
        self._remove(leaving)

    def _remove(self, keys: Sequence[int]) -> None:
        for statement in ("DELETE FROM page WHERE key = ?", "DELETE FROM page_words WHERE rowid = ?"):
            self._connection.executemany(statement, [(key,) for key in keys])

    def _note_use(self, key: int) -> None:
        """Note that a page was used, unless that was noted within the hour; without waiting for others."""
        now = int(self._now())
        last = self._ask("SELECT used_at FROM page WHERE key = ?", key)[0][0]
        if now - last < USE_EVERY:
            return
        with suppress(sqlite3.Error):  # it may be thrown away earlier
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
        """Do something with the file that is there now; once more in a new one if this one is damaged.

        Raises:
            PagesError: it could not be done; the message begins with `failure`.

        """
        try:
            if file_stamp(self.path) != self._file:  # somebody threw it away
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
