"""Fetched pages as whoever reads rows sees them: attached to the connection of the index, never written."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.library.index.schema import discard, is_damage
from newsreader.library.sqlite.attach import DatabaseKind, attach, file_stamp

if TYPE_CHECKING:
    from newsreader.domain.story_page import StoryPage

KIND = DatabaseKind(application=0x4E504147, version=1)  # "NPAG"
"""The version is raised by any change to the tables or to what is put into them."""

CACHE = -2048
"""Pages of the database that each connection keeps: KiB, negated as SQLite has it."""


def attach_pages(connection: sqlite3.Connection, path: Path) -> bool:
    """Let a connection that only reads see the pages as the schema `pages`; False where there are none."""
    return attach(connection, path, "pages", KIND, CACHE)


class AttachedPages:
    """What was fetched, as far as anything was.

    Args:
        connection: Of a reader of the index; records have the column `mark` there.
        path: Of the database of pages, None where nothing is fetched.
        searches: Whether words are looked for in the texts of pages, too.

    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None, *, searches: bool = True) -> None:
        self._connection = connection
        self._path = path
        self._searches = searches
        self._is_attached = False
        self._file: tuple[int, int] | None = None

    def look(self) -> bool:
        """Whether there are pages. They may be new or others, but not within a transaction."""
        file = None if self._path is None else file_stamp(self._path)
        if file != self._file and not self._connection.in_transaction:
            if self._file is not None:
                self._connection.execute("DETACH DATABASE pages")
            self._is_attached = self._path is not None and file is not None and self._attach(self._path)
            self._file = file if self._is_attached else None
        return self._is_attached

    @property
    def is_there(self) -> bool:
        """Whether there were pages when `look` was called last."""
        return self._is_attached

    def are_searched(self) -> bool:
        """Whether there are texts to look for words in."""
        if not (self._is_attached and self._searches):
            return False
        return bool(self._connection.execute("SELECT 1 FROM pages.page LIMIT 1").fetchone())

    def _attach(self, path: Path) -> bool:

        return attach_pages(self._connection, path)

    def filled(self, page: StoryPage, key: int) -> StoryPage:
        """A story with what was fetched of its page, and how its links fared.

        Args:
            page: The story; left as it is where nothing can be told.
            key: Of its record.

        Raises:
            sqlite3.Error: the reader was interrupted.

        """
        if not self._is_attached:
            return page
        from newsreader.library.pages.rows import read_text, read_verdicts  # a start can do without

        links = [link.url for link in page.record.links()]
        urls = [*links, *(covered.entry.web_url for covered in page.coverage)]
        try:
            text = read_text(self._connection, "pages", key)
            verdicts = read_verdicts(self._connection, "pages", urls)
        except sqlite3.Error as error:
            if str(error) == "interrupted":
                raise
            if is_damage(error):
                self.give_up()
            return page
        return page._replace(text=text, verdicts=tuple(verdicts.values()))

    def give_up(self) -> bool:
        """Throw the pages away after damage; False where there are none that could be the cause.

        They can be fetched again, while an index that is taken for the damaged one would be built anew.
        """
        if not self._is_attached or self._path is None:
            return False
        if file_stamp(self._path) == self._file:
            with suppress(OSError):
                discard(self._path)
        self._is_attached = False
        return True
