"""The index of a corpus: the facade that both front ends use, and the only place with sqlite3."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from zlib import adler32, crc32

from newsreader.domain.ranking import DAY
from newsreader.domain.view import AgesFrom, View
from newsreader.library.errors import IndexFailedError, Interrupted
from newsreader.library.index.schema import IndexUnusableError, discard, is_usable
from newsreader.library.indexing.progress import IndexingError, Progress
from newsreader.library.queries.reader import Reader
from newsreader.state.visits import read_visit

if TYPE_CHECKING:
    from newsreader.domain.listing import Listing
    from newsreader.library.indexing.client import Indexer
    from newsreader.library.indexing.watch_client import Watcher

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
        root: The folder of the corpus; it is only ever read.
        cache: The folder that holds the indexes of all corpora.
        half_life: Of the order `top`, in seconds.
        ages_from: What the ages in a filter are counted from.
        marks: The database of marks; it need not exist. None where nothing is marked.
        pages: The database of fetched pages; it need not exist. None where nothing is fetched.
        search_pages: Whether words are looked for in fetched pages, too.
        visits: The folder that tells of the last visit to each corpus. None where none are kept.

    Attributes:
        visit_file: Where the end of a visit is kept.
        last_visit: How the last one ended, None where there was none.

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
    ) -> None:
        self.root = root.resolve()
        self._options = options
        self.half_life = half_life
        self.ages_from = ages_from
        self.marks_file = marks
        self.pages_file = pages
        self._search_pages = search_pages
        self.index = cache / f"{_identity(self.root)}.sqlite"
        self.visit_file = None if visits is None else visits / f"{self.index.stem}.json"
        self.last_visit = None if self.visit_file is None else read_visit(self.visit_file)

    @property
    def is_indexed(self) -> bool:
        """Whether there is an index to read, if only of a part of the corpus."""
        return is_usable(self.index)

    def first_listing(self, view: View, window: int, path: str = "") -> Listing | None:
        """What the list shows at once; None where the index has to be built first.

        `path` is that of the record that the cursor is to be on.
        """
        try:
            reader = self.reader()
            try:
                keep = reader.record_at(path) if path else None
                first = reader.first_listing(view, keep=keep, window=window)
                return first or reader.listing(view, keep=keep, window=window)
            finally:
                reader.close()
        except (IndexUnusableError, IndexFailedError):
            return None

    def discard_index(self) -> None:
        """Throw the index away; the next refresh builds it again."""
        discard(self.index)

    def reader(self) -> Reader:
        """A new reader of the index.

        Raises:
            IndexUnusableError: there is no index yet.

        """
        last_visit = None if self.last_visit is None else self.last_visit.ended
        return Reader(
            self.index,
            self.ages_from,
            marks=self.marks_file,
            last_visit=last_visit,
            pages=self.pages_file,
            search_pages=self._search_pages,
        )

    def refresh(self) -> Indexer:
        """Start bringing the index up to date, in a process of its own."""
        from newsreader.library.indexing.client import Indexer  # not needed for what is painted first

        return Indexer(self.root, self.index, self.half_life, self._options)

    def watch(self) -> Watcher:
        """Start a process that tells when the corpus may have changed."""
        from newsreader.library.indexing.watch_client import Watcher

        return Watcher(self.root)


def _identity(root: Path) -> str:
    """A name for the index of a corpus: a readable part and a digest of the whole path."""
    path = str(root).encode("utf-8", "surrogateescape")
    digest = (
        f"{crc32(path):08x}{adler32(path):08x}"  # hashlib would take a tenth of the time to the first frame
    )
    readable = "".join(character if character.isalnum() else "-" for character in root.name)[:40]
    return f"{readable or 'corpus'}-{digest}"
