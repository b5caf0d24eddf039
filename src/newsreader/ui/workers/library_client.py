"""The main screen's client of the library: queries, and the processes that refresh the index."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget

from newsreader.app.index_refresh import IndexRefresh
from newsreader.app.list_state import next_unread
from newsreader.domain.view import View
from newsreader.keymap.active import key_of
from newsreader.library import IndexingError, Library, Reader
from newsreader.ui.messages import (
    CorpusChanged,
    Explained,
    FolderDescribed,
    IndexGrew,
    ListRead,
    MarksChanged,
    MarksRead,
    PageRead,
    ProblemsRead,
    ReadCounted,
    RecordsRead,
    RefreshEnded,
    SearchCounted,
    SearchesRead,
    SidebarRead,
    StoriesRead,
    TagsCounted,
    UnreadCounted,
    UnreadFound,
    WindowRead,
)
from newsreader.ui.workers.latest_query import LatestQuery

if TYPE_CHECKING:
    from newsreader.app.saved_searches import SavedSearches
    from newsreader.domain.pages import LinkAction
    from newsreader.domain.story_page import StoryPage
    from newsreader.library.indexing.client import Watcher

_QUERIES = [
    "rows",
    "windows",
    "page",
    "sidebar",
    "searches",
    "problems",
    "explain",
    "unread",
    "records",
    "marks",
    "tags",
]
"""A query replaces only an earlier one of the same name."""


class LibraryClient:
    """Queries and refreshes the library in the background.

    `prepare` is called with each story that was read, in the thread that read it.
    """

    def __init__(
        self,
        library: Library,
        node: Widget,
        window: int,
        prepare: Callable[[StoryPage], None] = lambda _: None,
    ) -> None:
        self._prepare = prepare
        self._library = library
        self._node = node
        self._window = window
        self._queries = {name: LatestQuery(library, node, name) for name in _QUERIES}
        self._refresh: IndexRefresh | None = None
        self._watcher: Watcher | None = None

    @property
    def is_refreshing(self) -> bool:
        """Whether a refresh is running."""
        return self._refresh is not None

    def read_list(self, view: View, keep: int | None, fallback: int, *, quick: bool, since: int) -> None:
        """Find the records of a view, and the headlines around the one to keep under the cursor.

        Args:
            view: Which records, in what order.
            keep: The record that the cursor is on, if it is to stay there.
            fallback: The row for the cursor where that record is not in the view.
            quick: Whether the first records are shown before the others are known.
            since: What was read after this time, in milliseconds since 1970 UTC, counts as unread.

        """

        def question(reader: Reader) -> Iterator[Message]:
            reader.marks.as_of = since
            if quick:
                first = reader.first_listing(view, keep=keep, window=self._window)
                if first is not None:
                    yield ListRead(first)
                    if first.is_whole:
                        return
            yield ListRead(reader.listing(view, keep=keep, fallback=fallback, window=self._window))

        self._queries["rows"].ask(question)

    def read_windows(self, ids: array[int], ranges: Iterable[tuple[int, int]]) -> None:
        """Read some headlines of a list: those from the first number up to the second of each pair."""
        wanted = list(ranges)
        self._queries["windows"].ask(
            lambda reader: (
                WindowRead(ids, start, reader.headlines(ids[start:stop])) for start, stop in wanted
            )
        )

    def read_marks(self, ids: Sequence[int]) -> None:
        """Read the marks of records."""
        self._queries["marks"].ask(lambda reader: [MarksRead(reader.marks_for(ids))])

    def count_marks(self, view: View) -> None:
        """Count the records by tag, and those of a view's scope and language that are read."""

        def question(reader: Reader) -> Iterator[Message]:
            yield TagsCounted(reader.tags())
            yield ReadCounted(view, reader.count_read(view))

        self._queries["tags"].ask(question)

    def find_unread(self, ids: array[int], row: int, direction: int) -> None:
        """Find the next unread story of a list before or behind a row."""
        self._queries["unread"].ask(
            lambda reader: [UnreadFound(ids, next_unread(reader, ids, row, direction), direction)]
        )

    def read_unread(self, view: View) -> None:
        """Find all unread stories of a view."""
        self._queries["unread"].ask(
            lambda reader: [UnreadCounted([id_ for id_, _ in reader.unread(reader.ids(view))])]
        )

    def read_page(self, record_id: int) -> None:
        """Read a story."""

        def question(reader: Reader) -> Iterator[Message]:
            page = reader.page(record_id)
            if page is not None:
                self._prepare(page)
            yield PageRead(record_id, page)

        self._queries["page"].ask(question)

    def read_records(self, ids: Sequence[int], use: LinkAction) -> None:
        """Read several stories to open or copy their links; those that are gone are left out."""
        self._queries["records"].ask(lambda reader: [RecordsRead(use, _pages(reader, ids))])

    def read_stories(self, ids: Sequence[int]) -> None:
        """Read several stories; those that are gone are left out."""
        self._queries["records"].ask(lambda reader: [StoriesRead(_pages(reader, ids))])

    def read_sidebar(self, view: View) -> None:
        """Read the topics and the numbers beside them, for a view, and explain a corpus without records."""

        def question(reader: Reader) -> Iterator[Message]:
            counts = reader.counts(view.scope, view.language)
            yield ReadCounted(view, reader.count_read(view))
            yield SidebarRead(reader.topics(), counts)
            if not counts.everything:
                from newsreader.app.describe_folder import explain_empty  # few corpora are empty

                yield FolderDescribed(empty=explain_empty(self._library.root, "this folder"))

        self._queries["sidebar"].ask(question)

    def read_searches(self, saved: SavedSearches, plain: View) -> None:
        """Read the saved searches, then count what each of them finds; `plain` is what they start from."""

        def question(reader: Reader) -> Iterator[Message]:
            found = saved.read()
            yield SearchesRead(found.searches, found.complaints)
            for search in found.searches:
                yield SearchCounted(search.name, reader.count(search.view(plain)))

        self._queries["searches"].ask(question)

    def explain(self, view: View, record_id: int) -> None:
        """Find out why a record stands where it does."""
        self._queries["explain"].ask(lambda reader: [Explained(view, reader.explain(view, record_id))])

    def read_problems(self) -> None:
        """Read the problems of the corpus."""
        self._queries["problems"].ask(lambda reader: [ProblemsRead(reader.problems())])

    def describe_format(self) -> None:
        """Find out how the files of the corpus are read."""

        def question(_: Reader) -> Iterator[Message]:
            from newsreader.app.describe_folder import format_notice  # once for each corpus

            yield FolderDescribed(format=format_notice(self._library.root, self._library.options))

        self._queries["explain"].ask(question)

    def rebuild(self) -> None:
        """Discard a damaged index and build it again."""
        self._stop_refresh()
        self._library.discard_index()
        self.refresh()

    def refresh(self, *, asked: bool = False) -> bool:
        """Start a refresh; return False if one is running. `asked` if a key started it."""
        if self._refresh is not None:
            return False
        for query in self._queries.values():
            query.renew()
        next_step = f"{key_of('refresh_corpus')} starts it again."
        self._refresh = refresh = IndexRefresh(self._library, next_step, undo=key_of("undo"))
        self._node.run_worker(
            lambda: self._follow(refresh, asked=asked), thread=True, group="refresh", exit_on_error=False
        )
        return True

    def start(self, *, watch: bool) -> None:
        """Start a refresh; with `watch`, post `CorpusChanged` for later changes."""
        self.refresh()
        if watch:
            self._watcher = watcher = self._library.watch()

            def follow() -> None:
                for _ in watcher.changes():
                    self._node.post_message(CorpusChanged())

            self._node.run_worker(follow, thread=True, group="watch", exit_on_error=False)

    def stop(self) -> None:
        """Stop the processes in the background; the index keeps what was written."""
        if self._watcher is not None:
            self._watcher.stop()
        self._stop_refresh()

    def _stop_refresh(self) -> None:
        refresh, self._refresh = self._refresh, None
        if refresh is not None:
            refresh.stop()

    def _follow(self, refresh: IndexRefresh, *, asked: bool) -> None:
        post = self._node.post_message
        failure = ""
        try:
            for progress in refresh.progress():
                post(IndexGrew(progress))
        except IndexingError as error:
            failure = str(error)
        if self._refresh is refresh:  # and was not stopped
            self._refresh = None
            changed = refresh.has_changed or bool(refresh.notice)
            post(RefreshEnded(failure=failure, changed=changed, asked=asked))
            if refresh.notice:
                post(MarksChanged(refresh.notice))


def _pages(reader: Reader, ids: Sequence[int]) -> list[StoryPage]:
    return [page for page in map(reader.page, ids) if page is not None]
