"""The facade of a corpus and its index; the only package that uses sqlite3."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import adler32, crc32

from newsreader.domain.ranking import DAY
from newsreader.domain.view import AgesFrom, View
from newsreader.library.errors import IndexFailedError, Interrupted
from newsreader.library.index.schema import IndexUnusableError, is_usable
from newsreader.library.indexing.progress import IndexingError, Progress
from newsreader.library.queries.reader import Reader
from newsreader.library.sqlite.connection import discard
from newsreader.state.visits import read_visit

if TYPE_CHECKING:
    from newsreader.domain.listing import Listing
    from newsreader.domain.rules import Rule
    from newsreader.library.indexing.client import Indexer, Watcher

__all__ = [
    "IndexFailedError",
    "IndexUnusableError",
    "IndexingError",
    "Interrupted",
    "Library",
    "Progress",
    "Reader",
]


class Library:
    """A corpus and its index.

    Args:
        root: The folder of the corpus, which is only read.
        cache: The folder with the indexes of all corpora.
        half_life: Of the order `top`, in seconds.
        ages_from: What the ages in a filter are relative to.
        marks: The database of marks, which need not exist. None to ignore marks.
        pages: The database of fetched pages, which need not exist. None to ignore pages.
        search_pages: Whether filters search fetched pages, too.
        visits: The folder with the last visit to each corpus. None to ignore visits.
        options: The settings of the corpus, from `CorpusOptions.to_json`.
        rules: Applied to records that come in.
        notice: What the user should know about where the index is.

    Attributes:
        visit_file: Where the last visit is stored.
        rules_file: Where it is stored up to which record rules were applied.
        last_visit: The last visit, None if there was none.

    """

    def __init__(
        self,
        root: Path,
        cache: Path,
        half_life: int = DAY,
        ages_from: AgesFrom = AgesFrom.NEWEST,
        *,
        marks: Path | None = None,
        pages: Path | None = None,
        search_pages: bool = True,
        visits: Path | None = None,
        options: str = "",
        rules: tuple[Rule, ...] = (),
        notice: str = "",
    ) -> None:
        self.root = root.resolve()
        self.options = options
        self.rules = rules
        self.notice = notice
        self.half_life = half_life
        self.ages_from = ages_from
        self.marks_file = marks
        self.pages_file = pages
        self._search_pages = search_pages
        self.index = cache / f"{_identity(self.root)}.sqlite"
        self.visit_file = None if visits is None else visits / f"{self.index.stem}.json"
        self.rules_file = None if visits is None else visits / f"{self.index.stem}.rules"
        self.last_visit = None if self.visit_file is None else read_visit(self.visit_file)

    @property
    def is_indexed(self) -> bool:
        """Whether there is an index to read, even of a part of the corpus."""
        return is_usable(self.index)

    def first_listing(self, view: View, window: int, path: str = "") -> Listing | None:
        """Return the first rows of the list; None if the index has to be built first.

        `path` is that of the record for the cursor.
        """
        try:
            with closing(self.reader()) as reader:
                keep = reader.record_at(path) if path else None
                first = reader.first_listing(view, keep=keep, window=window)
                return first or reader.listing(view, keep=keep, window=window)
        except (IndexUnusableError, IndexFailedError):
            return None

    def discard_index(self) -> None:
        """Delete the index; the next refresh rebuilds it."""
        discard(self.index)

    def reader(self, since: int | None = None) -> Reader:
        """Open a reader of the index.

        Args:
            since: The time after which records are new, in milliseconds since 1970 UTC; by default the last
                visit.

        Raises:
            IndexUnusableError: there is no index yet.

        """
        last_visit = since
        if since is None and self.last_visit is not None:
            last_visit = self.last_visit.ended
        return Reader(
            self.index,
            self.ages_from,
            marks=self.marks_file,
            last_visit=last_visit,
            pages=self.pages_file,
            search_pages=self._search_pages,
        )

    def refresh(self) -> Indexer:
        """Start a refresh of the index in a separate process."""
        from newsreader.library.indexing.client import Indexer  # not needed for the first frame

        return Indexer(self.root, self.index, self.half_life, self.options)

    def watch(self) -> Watcher:
        """Start a process that reports when the corpus may have changed."""
        from newsreader.library.indexing.client import Watcher

        return Watcher(self.root)


def _identity(root: Path) -> str:
    """Return the name of a corpus's index: a readable part and a digest of the whole path."""
    path = str(root).encode("utf-8", "surrogateescape")
    digest = f"{crc32(path):08x}{adler32(path):08x}"  # importing hashlib takes a tenth of the start-up time
    readable = "".join(character if character.isalnum() else "-" for character in root.name)[:40]
    return f"{readable or 'corpus'}-{digest}"
