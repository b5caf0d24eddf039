"""The list, a page at a time: which records, from which row on, and how many of them."""

from __future__ import annotations

import time
from collections.abc import Sequence

from newsreader.app.list_state import ListState, toggle_folding, toggle_story
from newsreader.app.open_corpus import has_source
from newsreader.app.places import vocabulary, why_nothing_matches
from newsreader.domain.query import QueryError, parse
from newsreader.domain.ranking import Order
from newsreader.domain.suggest import suggest
from newsreader.domain.view import Scope, View, reordered
from newsreader.prompt.headline_text import headline_words
from newsreader.prompt.index_session import IndexSession
from newsreader.prompt.output import Output
from newsreader.prompt.parser import RefusedError
from newsreader.settings.model import Settings

PAGE = 20
"""Rows of a page at the start."""

MOST_ROWS = 500
"""Rows that a page may have."""

_HANG = 4


class ListHandler:
    """Shows the records of a view, and changes the view.

    Attributes:
        start: The first row of the page, counted from 0.

    """

    def __init__(
        self, index: IndexSession, output: Output, settings: Settings, view: View, plain: View
    ) -> None:
        self._index = index
        self._output = output
        self._settings = settings
        self._plain = plain
        self._state = ListState(view)
        self.start = 0
        self._size = PAGE

    @property
    def view(self) -> View:
        """What is shown."""
        return self._state.view

    @property
    def ids(self) -> Sequence[int]:
        """The records of the list, in order."""
        return self._state.ids

    @property
    def first_view(self) -> View:
        """The view at the start."""
        return self._state.first_view

    def start_with(self, view: View) -> None:
        """Replace the view before anything was read."""
        self._state.view = self._state.first_view = view

    def read(self, keep: int | None = None) -> None:
        """Read the list again; the page stays where it is, or goes to a record."""
        self._state.update(self._index.reader.listing(self.view, window=1), self.start)
        row = self.row_of(keep)
        if row is None:
            self._begin_at(self.start)
        else:
            self.turn_to(row)

    def show(self, view: View, keep: int | None = None) -> None:
        """Show other records, or the same in another order."""
        before = self.view, self.start, self._index.since
        self._index.enter_view()
        self._state.view, self.start = view, 0
        try:
            self.read(keep)
        except BaseException:
            self._state.view, self.start, self._index.since = before
            raise
        self.print_page()

    def print_page(self) -> None:
        """Print the page."""
        total = len(self.ids)
        end = min(self.start + self._size, total)
        view = describe(self.view)
        if not total:
            self._output.say(f"Nothing to list: {view}. {self._way_out()}")
            return
        self._output.say(f"{self.start + 1:,} to {end:,} of {total:,}, {view}.")
        self.print_rows(range(self.start, end))

    def print_rows(self, rows: Sequence[int]) -> None:
        """Print some rows with their numbers."""
        now = int(time.time())
        headlines = self._index.reader.headlines([self.ids[row] for row in rows])
        for row, headline in zip(rows, headlines, strict=True):
            if headline is None:
                words = "This record is gone from the corpus."
            else:
                reason = self._state.members.get(row)
                words = headline_words(
                    headline,
                    now,
                    columns=self._settings.columns,
                    dates=self._settings.dates,
                    reason=reason.words if reason else "",
                )
            self._output.say(f"{row + 1}. {words}", hang=_HANG)

    def record(self, number: int) -> int:
        """The record of a row, counted from 1.

        Raises:
            RefusedError: there is no such row.

        """
        if not self.ids:
            raise RefusedError("The list is empty.")
        if not 1 <= number <= len(self.ids):
            raise RefusedError(f"There is no row {number}; the list goes from 1 to {len(self.ids):,}.")
        return self.ids[number - 1]

    def row_of(self, record_id: int | None) -> int | None:
        """The row of a record, counted from 0; None where the list lacks it."""
        return self._state.row_of(record_id)

    # -- pages --------------------------------------------------------------------------------------

    def turn_to(self, row: int) -> None:
        """Go to the page of a row, counted from 0, unless it is shown."""
        if not self.start <= row < self.start + self._size:
            self._begin_at(row - row % self._size)

    def next_page(self) -> None:
        """Go to the next page."""
        if self.start + self._size >= len(self.ids):
            raise RefusedError("This is the end of the list." if self.ids else "The list is empty.")
        self._begin_at(self.start + self._size)
        self.print_page()

    def previous_page(self) -> None:
        """Go to the previous page."""
        if not self.start:
            raise RefusedError("This is the beginning of the list." if self.ids else "The list is empty.")
        self._begin_at(self.start - self._size)
        self.print_page()

    def first_page(self) -> None:
        """Go to the first page."""
        self._begin_at(0)
        self.print_page()

    def last_page(self) -> None:
        """Go to the last page."""
        self._begin_at((len(self.ids) - 1) // self._size * self._size)
        self.print_page()

    def go_to(self, number: int) -> None:
        """Start the page at a row, counted from 1."""
        self.record(number)
        self._begin_at(number - 1)
        self.print_page()

    def resize(self, size: int) -> None:
        """Change the number of rows of a page."""
        if not 1 <= size <= MOST_ROWS:
            raise RefusedError(f"A page has from 1 to {MOST_ROWS} rows.")
        self._size = size
        self.print_page()

    # -- the view -----------------------------------------------------------------------------------

    def filter(self, text: str) -> None:
        """Show only what a filter finds; an empty one narrows nothing."""
        try:
            parse(text)
        except QueryError as error:
            part = text[error.start : error.end]
            place = f"At “{part}”, character {error.start + 1}" if part else f"At character {error.start + 1}"
            raise RefusedError(f"{place} of the filter: {error}. The list stays as it is.") from error
        self.show(self.view._replace(filter=text, unfolded=()))

    def next_order(self) -> None:
        """Switch to the next order."""
        self._order(self.view.shown_order.next(with_text=self.view.has_text))

    def orders(self, name: str) -> None:
        """List in the order of that name; without one, list the orders."""
        offered = Order.offered(with_text=self.view.has_text)
        if not name:
            here = self.view.shown_order
            self._output.say_all(
                f"S {order}: {order.meaning}{', this list' if order is here else ''}." for order in offered
            )
        elif name.lower() in offered:
            self._order(Order(name.lower()))
        else:
            raise RefusedError(f"There is no order “{name}” here. {suggest(name, offered)}".rstrip())

    def toggle_scope(self) -> None:
        """Switch between front page and everything."""
        self.show(self.view.in_scope(self.view.scope.other()))

    def toggle_story(self, record_id: int) -> None:
        """Fold or unfold a story."""
        row = self.row_of(record_id)
        if row is None:
            raise RefusedError("The story that is open is not in the list.")
        lead = self.ids[self._state.lead_row(row)]
        self._state.view = toggle_story(self.view, lead, self._index.reader.headlines([lead])[0])
        self.read()
        self.start = self.row_of(lead) or 0
        self.print_page()

    def toggle_fold(self) -> None:
        """Show one row for each story, or one for each report."""
        self.show(toggle_folding(self.view))

    def home(self) -> None:
        """Show the default view."""
        self.show(self._plain)

    def _order(self, order: Order) -> None:
        view, words = reordered(self.view, order)
        self._output.say(words)
        if view != self.view:
            self.show(view)

    def _begin_at(self, row: int) -> None:
        self.start = max(0, min(row, len(self.ids) - 1))

    def _way_out(self) -> str:
        if not self._index.reader.count(View(Scope.EVERYTHING)):
            from newsreader.app.describe_folder import explain_empty

            root = self._index.library.root
            source = (
                "sync syncs its sources"
                if has_source(self._settings, root)
                else "add ADDRESS adds a site or feed"
            )
            return f"{explain_empty(root)} R looks again; {source}."
        is_front = self.view.scope is Scope.FRONT
        if self.view.filter.strip():
            reader = self._index.reader
            why = why_nothing_matches(
                self.view, vocabulary(reader.topics(), reader.counts(self.view.scope), list(reader.tags()))
            )
            end = f"A slash alone clears the filter{', v looks at everything' if is_front else ''}."
            return f"{why} {end}".lstrip()
        if self.view.is_narrowed:
            return "v switches between the front page and everything, home shows all topics."
        return "v shows everything."


def describe(view: View) -> str:
    """What a list shows, in words."""
    scope, order, place, *more = view.in_words()
    return ", ".join([scope, order, *([place] if view.is_narrowed else []), *more])
