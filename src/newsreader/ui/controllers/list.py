"""The list on the screen: reads what it shows, and keeps the cursor where the list state says."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing, suppress

from textual.content import Content

from newsreader.app.list_state import ListState
from newsreader.app.open_corpus import has_source, plain_view
from newsreader.app.places import vocabulary, why_nothing_matches
from newsreader.app.visits import save_visit
from newsreader.domain.headline import Headline
from newsreader.domain.listing import Listing
from newsreader.domain.query import parse
from newsreader.domain.query.completion import Vocabulary
from newsreader.domain.view import View
from newsreader.library import IndexFailedError, IndexUnusableError
from newsreader.render.cell_widths import reserve
from newsreader.state.visits import Visit
from newsreader.ui import texts
from newsreader.ui.controllers.context import ScreenContext
from newsreader.ui.messages import (
    FolderDescribed,
    IndexMissing,
    ListRead,
    MarksChanged,
    MarksRead,
    RefreshEnded,
    SidebarRead,
    TagsCounted,
    UnreadFound,
    WindowRead,
    handles,
)
from newsreader.ui.widgets.headline_list import HeadlineList


class ListController:
    """Keeps the list in step with the view and the index."""

    def __init__(self, context: ScreenContext, rows: HeadlineList, view: View) -> None:
        self._context = context
        self._rows = rows
        self._state = ListState(view)
        self._failure = ""
        self._records: int | None = None
        self._folder = ""
        self._names = Vocabulary()
        self._first_line: int | None = None

    @property
    def view(self) -> View:
        """What the list shows, or is about to."""
        return self._state.view

    @property
    def ids(self) -> Sequence[int]:
        """The records of the list, in order."""
        return self._state.ids

    @property
    def record_id(self) -> int | None:
        """The record under the cursor."""
        return self._state.record_at(self._rows.cursor)

    @property
    def lead_id(self) -> int | None:
        """The record that stands for the story under the cursor."""
        return self._state.record_at(self._lead_row)

    @property
    def lead_headline(self) -> Headline | None:
        """Its headline, as far as it was read."""
        return self._rows.headline(self._lead_row)

    @property
    def _lead_row(self) -> int:
        return self._state.lead_row(self._rows.cursor)

    def go_to(self, record_id: int) -> None:
        """Put the cursor on a record, if the list has it."""
        row = self._state.row_of(record_id)
        if row is not None:
            self._rows.move_cursor(row)

    def go_to_lead(self) -> None:
        """Put the cursor on the row that stands for the story."""
        self._rows.move_cursor(self._lead_row)

    @property
    def place(self) -> str:
        """Where the reader is, in words."""
        return texts.place(self._rows.cursor, self._state.total, self.view)

    def show(self, view: View) -> None:
        """Show other records, or the same in another order."""
        self._read(self._state.enter(view, self._rows.cursor), quick=True)

    def start(self, listing: Listing | None, line: int | None = None) -> None:
        """Show what was read before the screen was there, if anything was, and read the rest.

        `line` is that of the screen on which the row under the cursor is to begin.
        """
        self._first_line = line
        if listing is None:
            self._read(None, quick=True)
        else:
            self._show(listing)
            if not listing.is_whole:
                self._read(self.record_id, quick=False)

    def read_again(self) -> None:
        """Read the same view again; nothing moves under the cursor."""
        keep, row = self._state.ask_again(self._rows.cursor)
        self._read(keep, row, quick=self._state.total == 0)

    def _read(self, keep: int | None, fallback: int = 0, *, quick: bool) -> None:
        self._context.client.read_list(self.view, keep, fallback, quick=quick, since=self._state.since)

    def cursor_moved(self) -> None:
        """Note that the reader moved the cursor."""
        self._state.has_moved = True

    @handles(SidebarRead)
    def show_count(self, message: SidebarRead) -> None:
        """Note how many records the corpus has; an empty list may mean something else now."""
        self._records = message.counts.everything
        self._names = vocabulary(message.tree, message.counts, self._names.tags)
        self._explain()

    @handles(TagsCounted)
    def note_tags(self, message: TagsCounted) -> None:
        """Note which tags a filter can find."""
        self._names = self._names._replace(tags=list(message.tags))

    @handles(FolderDescribed)
    def explain_folder(self, message: FolderDescribed) -> None:
        """Note why there is no record in the corpus."""
        if message.empty:
            self._folder = message.empty
            self._explain()

    @handles(ListRead)
    def receive(self, message: ListRead) -> None:
        """Show the records of a view that were found, or the first of them."""
        self._show(message.listing)

    def _show(self, listing: Listing) -> None:
        update = self._state.update(listing, self._rows.cursor)
        self._rows.border_title = Content(reserve(texts.list_title(listing.view)))
        self._explain()
        if update.same_rows:
            self._rows.renew(listing.headlines, listing.start)
        else:
            query = parse(listing.view.filter)
            line, self._first_line = self._first_line, None
            self._rows.show(listing, update.row, query, keep_line=update.same_view, line=line)

    def read_window(self, request: HeadlineList.WindowWanted) -> None:
        """Read visible rows; those whose ids are not known yet follow with the rest."""
        if request.start < len(self.ids):
            self._context.client.read_windows(self._state.ids, [(request.start, request.end)])

    @handles(WindowRead)
    def show_window(self, answer: WindowRead) -> None:
        """Show rows that were read; those of an earlier list are dropped."""
        if answer.ids is self._state.ids:
            self._rows.supply(answer.headlines, answer.start)

    @property
    def held_ids(self) -> Sequence[int]:
        """The records whose headlines were read."""
        return [record_id for start, stop in self._rows.held for record_id in self._state.ids[start:stop]]

    @handles(MarksChanged)
    def read_wanted_rows(self, _: MarksChanged) -> None:
        """Ask again for rows that are under way: what was read of them may be older than the marks."""
        if wanted := self._rows.wanted:
            self._context.client.read_windows(self._state.ids, wanted)

    @handles(MarksRead)
    def show_marks(self, answer: MarksRead) -> None:
        """Show marks that have changed; no row is added, removed or moved."""
        self._rows.update_marks(answer.marks)

    def find_unread(self, direction: int) -> None:
        """Find the next or previous unread story."""
        self._context.client.find_unread(self._state.ids, self._rows.cursor, direction)

    @handles(UnreadFound)
    def go_to_unread(self, answer: UnreadFound) -> None:
        """Put the cursor on the unread story that was found, or say that there is none."""
        if answer.row is None:
            self._context.tell(texts.no_unread(answer.direction))
        elif answer.ids is self._state.ids:
            self._rows.move_cursor(answer.row)

    @handles(IndexMissing)
    def wait(self, _: IndexMissing) -> None:
        """Say that the corpus is being indexed for the first time."""
        if not self.ids:
            self._explain(indexing=True)
            self._rows.border_title = Content(reserve(texts.list_title(self.view)))
            self._rows.set_rows(0)

    @handles(RefreshEnded)
    def note_failure(self, message: RefreshEnded) -> None:
        """Note why there is no index, for an empty list."""
        self._failure = message.failure

    def _explain(self, *, indexing: bool = False) -> None:
        """Explain why the list is empty, in case it is."""
        indexing = indexing or self._context.client.is_refreshing
        if self.ids:
            return
        if indexing and self._failure and not self._context.client.is_refreshing:
            self._rows.hint = self._failure
            return
        why = "" if indexing else why_nothing_matches(self.view, self._names)
        is_empty = self._records == 0
        self._rows.hint = texts.empty_list(
            self.view,
            indexing=indexing,
            nothing_at_all=is_empty,
            folder=self._folder,
            has_source=is_empty and has_source(self._context.settings, self._context.library.root),
            why=why,
        )

    def save_visit(self) -> None:
        """Store view, selection and scroll position for the next start; this reads and writes files."""
        library, path = self._context.library, ""
        if library.visit_file is None:
            return
        record_id = self._state.chosen_at(self._rows.cursor)
        with suppress(IndexUnusableError, IndexFailedError), closing(library.reader()) as reader:
            path = "" if record_id is None else reader.path_of(record_id)
        end = Visit(0, self.view, path, self._rows.cursor_line)
        save_visit(library, plain_view(self._context.settings), self._state.first_view, end)
