"""Fetched pages, read through the connection of the index."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.library.sqlite.connection import DatabaseKind, attach, discard, file_stamp, is_damage

if TYPE_CHECKING:
    from newsreader.domain.story_page import StoryPage

KIND = DatabaseKind(application=0x4E504147, version=1)  # "NPAG"
"""Increase the version with any change to the tables or to what is written to them."""

CACHE = -2048
"""The `cache_size` of each connection, in KiB, negative as in SQLite."""


def attach_pages(connection: sqlite3.Connection, path: Path) -> bool:
    """Attach the pages as the schema `pages`; return False if there are none."""
    return attach(connection, path, "pages", KIND, CACHE)


class AttachedPages:
    """Fetched page texts and link statuses, if there are any.

    Args:
        connection: Of a reader of the index.
        path: Of the database of pages, None to ignore pages.
        searches: Whether filters search page texts, too.

    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None, *, searches: bool = True) -> None:
        self._connection = connection
        self._path = path
        self._searches = searches
        self._is_attached = False
        self._file: tuple[int, int] | None = None

    def attach(self) -> bool:
        """Attach the pages if there are any, unless a transaction is open. Return whether there are."""
        file = None if self._path is None else file_stamp(self._path)
        if file != self._file and not self._connection.in_transaction:
            if self._file is not None:
                self._connection.execute("DETACH DATABASE pages")
            self._is_attached = (
                self._path is not None and file is not None and attach_pages(self._connection, self._path)
            )
            self._file = file if self._is_attached else None
        return self._is_attached

    @property
    def is_attached(self) -> bool:
        """Whether there were pages at the last `attach`."""
        return self._is_attached

    def are_searched(self) -> bool:
        """Whether there are page texts to search."""
        if not (self._is_attached and self._searches):
            return False
        return bool(self._connection.execute("SELECT 1 FROM pages.page LIMIT 1").fetchone())

    def filled(self, page: StoryPage, key: int) -> StoryPage:
        """Add the page text and the link statuses to a story; `key` is that of its mark.

        Raises:
            sqlite3.Error: the reader was interrupted.

        """
        if not self._is_attached:
            return page
        from newsreader.library.pages.rows import read_link_statuses, read_text  # not needed at start-up

        links = [link.url for link in page.record.links()]
        urls = [*links, *(covered.entry.web_url for covered in page.coverage)]
        try:
            text = read_text(self._connection, "pages", key)
            statuses = read_link_statuses(self._connection, "pages", urls)
        except sqlite3.Error as error:
            if str(error) == "interrupted":
                raise
            if is_damage(error):
                self.discard()
            return page
        return page._replace(text=text, verdicts=tuple(statuses.values()))

    def discard(self) -> bool:
        """Delete the pages after damage; return False if there are none that could be the cause.

        Without this the index would be taken for the damaged database, and rebuilt.
        """
        if not self._is_attached or self._path is None:
            return False
        if file_stamp(self._path) == self._file:
            with suppress(OSError):
                discard(self._path)
        self._is_attached = False
        return True
