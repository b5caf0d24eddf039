"""What the list shows: the view, the records in it, and the one under the cursor."""

from __future__ import annotations

import time
from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from newsreader.domain.headline import Headline
from newsreader.domain.listing import Listing
from newsreader.domain.query import parse
from newsreader.domain.view import View
from newsreader.ui import messages_text
from newsreader.ui.controllers.context import ScreenContext
from newsreader.ui.message_router import handles
from newsreader.ui.messages import IndexMissing, ListRead, MarksChanged, SidebarRead, UnreadFound, WindowRead
from newsreader.ui.widgets.headline_list import HeadlineList

if TYPE_CHECKING:
    from newsreader.domain.story_roles import MembershipReason


def _now() -> int:
    """In milliseconds since 1970 UTC, as marks are dated."""
    return time.time_ns() // 1_000_000


class ListController:
    """Keeps the list in step with the view and the index.

    Args:
        context: Of the main screen; its client reads ids and headlines.
        rows: The list.
        view: What to show first.

    """

    def __init__(self, context: ScreenContext, rows: HeadlineList, view: View) -> None:
        self._context = context
        self._rows = rows
        self._view = view
        self._ids: array[int] = array("q")
        self._members: Mapping[int, MembershipReason] = {}
        self._shown: View | None = None
        self._complete = True
        self._moved = False
        self._asked_on = 0
        self._count: int | None = 0
        self._everything: int | None = None
        self._since = _now()
        self._first_line: int | None = None

    @property
    def view(self) -> View:
        """What the list shows, or is about to."""
        return self._view

    @property
    def ids(self) -> Sequence[int]:
        """The records of the list, in order."""
        return self._ids

    @property
    def record_id(self) -> int | None:
        """The record under the cursor."""
        return self._ids[self._rows.cursor] if self._rows.cursor < len(self._ids) else None

    @property
    def record_to_keep(self) -> int | None:
        """The record under the cursor, unless it only happens to be first while the corpus is read."""
        return self.record_id if self._complete or self._moved else None

    @property
    def lead_row(self) -> int:
        """The row that stands for the story under the cursor: its own, or the one that it stands below."""
        row = self._rows.cursor
        while row in self._members:
            row -= 1
        return row

    @property
    def lead_id(self) -> int | None:
        """The record that stands for the story under the cursor."""
        return self._ids[self.lead_row] if self.lead_row < len(self._ids) else None

    @property
    def lead_headline(self) -> Headline | None:
        """Its headline, as far as it was read."""
        return self._rows.headline(self.lead_row)

    def go_to(self, record_id: int) -> None:
        """Put the cursor on a record, if the list has it."""
        if record_id in self._ids:
            self._rows.move_cursor(self._ids.index(record_id))

    def go_to_lead(self) -> None:
        """Put the cursor on the row that stands for the story."""
        self._rows.move_cursor(self.lead_row)

    @property
    def place(self) -> str:
        """Where the reader is, in words."""
        return messages_text.place(self._rows.cursor, self._count, self._view)

    def show(self, view: View) -> None:
        """Show other records, or the same in another order.

        The record under the cursor stays there, if it is still in the list; another topic begins at its top.
        """
        elsewhere = view.part != self._view.part
        self._view = view
        self._since = _now()
        self._count = None
        self._asked_on = self._rows.cursor
        self._context.client.read_list(
            view, None if elsewhere else self.record_id, 0, quick=True, since=self._since
        )

    def start(self, listing: Listing | None, line: int | None = None) -> None:
        """Begin with what was read before the screen was there, if anything was, and read the rest.

        `line` is that of the screen on which the row under the cursor is to begin.
        """
        self._first_line = line
        if listing is None:
            self._context.client.read_list(self._view, None, 0, quick=True, since=self._since)
        else:
            self._take(listing)
            if not listing.is_whole:
                self._asked_on = self._rows.cursor
                self._context.client.read_list(self._view, self.record_id, 0, quick=False, since=self._since)

    def read_again(self) -> None:
        """Read the same view again; nothing moves under the cursor.

        While a corpus is indexed for the first time, a cursor that nobody has moved stays on the first
        row: what stands there is not what the reader chose.
        """
        keep, row = (self.record_id, self._rows.cursor) if self._complete or self._moved else (None, 0)
        self._asked_on = self._rows.cursor
        self._context.client.read_list(self._view, keep, row, quick=self._count == 0, since=self._since)

    def note_move(self) -> None:
        """The reader moved the cursor."""
        self._moved = True

    @handles(SidebarRead)
    def note_count(self, message: SidebarRead) -> None:
        """Note how many records the corpus has; an empty list may mean something else now."""
        self._everything = message.counts.everything
        self._explain()

    @handles(ListRead)
    def take(self, message: ListRead) -> None:
        """Show the records of a view that were found, or the first of them."""
        self._take(message.listing)

    def _take(self, listing: Listing) -> None:
        same_view = self._shown is not None and listing.view == self._shown._replace(
            unfolded=listing.view.unfolded
        )
        cursor = self._cursor_in(listing)
        same_rows = same_view and bool(listing.ids) and listing.ids == self._ids
        self._members = listing.members
        self._ids, self._shown, self._complete = listing.ids, listing.view, listing.complete
        self._count = listing.total
        self._rows.border_title = Content(messages_text.list_title(listing.view))
        self._explain()
        if same_rows:
            self._rows.renew(listing.headlines, listing.start)
        else:
            query = parse(listing.view.filter)
            line, self._first_line = self._first_line, None
            self._rows.show(listing, cursor, query, keep_line=same_view, line=line)
        self._asked_on = self._rows.cursor

    def read_window(self, request: HeadlineList.WindowWanted) -> None:
        """Rows came into sight that are not held; those whose ids are not known yet come with the rest."""
        if request.start < len(self._ids):
            self._context.client.read_windows(self._ids, [(request.start, request.end)])

    @handles(WindowRead)
    def take_window(self, answer: WindowRead) -> None:
        """Rows that were asked for; those of an earlier list are dropped."""
        if answer.ids is self._ids:
            self._rows.supply(answer.headlines, answer.start)

    @handles(MarksChanged)
    def read_marks(self, _: MarksChanged) -> None:
        """Marks have changed: read the rows anew that are held; none comes, goes or moves."""
        self._context.client.read_windows(self._ids, self._rows.held)

    def look_for_unread(self, direction: int) -> None:
        """Look for the next unread story, or the one before."""
        self._context.client.look_for_unread(self._ids, self._rows.cursor, direction)

    @handles(UnreadFound)
    def go_to_unread(self, answer: UnreadFound) -> None:
        """Put the cursor on the unread story that was found, or tell that there is none."""
        if answer.row is None:
            self._context.tell(messages_text.no_unread(answer.direction))
        elif answer.ids is self._ids:
            self._rows.move_cursor(answer.row)

    @handles(IndexMissing)
    def wait(self, _: IndexMissing) -> None:
        """Tell that the corpus is being indexed for the first time."""
        if not self._ids:
            self._explain(indexing=True)
            self._rows.border_title = Content(messages_text.list_title(self._view))
            self._rows.set_rows(0)

    def _cursor_in(self, listing: Listing) -> int:
        """Where the cursor belongs: where the answer says, unless it was moved since the question."""
        if self._rows.cursor == self._asked_on:
            return listing.cursor
        if self.record_id is None:  # beyond the rows that were known
            return self._rows.cursor
        try:
            return listing.ids.index(self.record_id)
        except ValueError:
            return listing.cursor

    def _explain(self, *, indexing: bool = False) -> None:
        """Say why the list is empty, in case it is."""
        indexing = indexing or self._context.client.is_refreshing
        self._rows.hint = messages_text.empty_list(
            self._view, indexing=indexing, nothing_at_all=self._everything == 0
        )
