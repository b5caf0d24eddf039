"""Editions: the front page of a day, week or month, paged through by date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from newsreader.app.editions import EditionError, Editions, edition_number, edition_of_record, read_editions
from newsreader.keymap.active import key_of
from newsreader.library import Library, Reader
from newsreader.render.edition import YearStrip
from newsreader.ui.keys.bindings import lend
from newsreader.ui.messages import EditionRead, EditionsRead, IndexMissing, QueryFailed
from newsreader.ui.widgets.edition_view import EditionView, YearView
from newsreader.ui.workers.latest_query import LatestQuery


class EditionRequest(NamedTuple):
    """The edition to open: that of a date, or else of a record, or else the last one."""

    date: str = ""
    record_id: int | None = None


class EditionScreen(ModalScreen[int | None]):
    """The editions of a corpus, one at a time; the result is the record to open.

    Args:
        library: The corpus.
        name: The name of the newspaper.
        request: The edition to begin with.

    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("left_square_bracket", "page(-1)", show=False),
        Binding("right_square_bracket", "page(1)", show=False),
        Binding("left_curly_bracket", "month(-1)", show=False),
        Binding("right_curly_bracket", "month(1)", show=False),
    ]

    def __init__(self, library: Library, name: str, request: EditionRequest) -> None:
        super().__init__()
        lend(self, "leave", "quit", "step_back", "back", "edition")
        lend(self, "across(-1)", "pane_left")
        lend(self, "across(1)", "pane_right")
        self._request = request
        self._reading = LatestQuery(library, self, "edition")
        self._editions: Editions | None = None
        self._number = 0
        self._view = EditionView(name)
        self._year = YearView()
        self._about = Static(id="edition-about")

    def compose(self) -> ComposeResult:
        """Compose the page, the heat map of the year, and the keys."""
        with Vertical(id="edition"):
            yield self._view
            yield self._year
            yield self._about
            yield Static(
                Content(
                    f"[ ]: previous, next · {{ }}: month · {key_of('activate')}: open the story · esc: back"
                ),
                classes="hint",
            )

    def on_mount(self) -> None:
        """Read the first edition."""
        self._view.focus()
        self._about.update(Content("Reading …"))
        self._reading.ask(self._begin)

    def on_unmount(self) -> None:
        """Leave nothing running."""
        self._reading.close()

    @on(EditionsRead)
    def _note_editions(self, answer: EditionsRead) -> None:
        self._editions = answer.editions

    @on(EditionRead)
    def _show_edition(self, answer: EditionRead) -> None:
        editions = self._editions
        if editions is None or answer.page is None:
            self._about.update(Content("The records of this edition have just been removed."))
            return
        self._number = answer.number
        self._view.show(answer.page, self._request.record_id)
        edition = editions.plan.editions[answer.number]
        self._year.show(YearStrip(editions.plan, edition))
        self._about.update(Content(f"Edition {answer.number + 1:,} of {len(editions.plan.editions):,}"))

    @on(QueryFailed)
    def _report_failure(self, event: QueryFailed) -> None:
        self._about.update(Content(event.words))

    @on(IndexMissing)
    def _report_missing(self) -> None:
        self._about.update(Content("The corpus is being read for the first time; try again in a moment."))

    @on(EditionView.Activated)
    def _open_story(self, event: EditionView.Activated) -> None:
        self.dismiss(event.record_id)

    @on(YearView.Picked)
    def _go_to_day(self, event: YearView.Picked) -> None:
        if self._editions is not None:
            self._turn_to(self._editions.plan.at(event.day))

    def action_page(self, count: int) -> None:
        """Go to the previous or next edition."""
        if self._editions is not None:
            self._turn_to(self._editions.plan.step(self._number, count))

    def action_month(self, direction: int) -> None:
        """Go to the first edition of the previous or next month that has one."""
        if self._editions is not None:
            self._turn_to(self._editions.plan.step_month(self._number, direction))

    def action_across(self, direction: int) -> None:
        """Select the nearest story to the right or left."""
        self._view.action_across(direction)

    def action_leave(self) -> None:
        """Return to the list."""
        self.dismiss(None)

    def _turn_to(self, number: int) -> None:
        editions = self._editions
        if editions is None:
            return
        if number == self._number:
            self._about.update(Content("There is no further edition in this direction."))
            return
        self._number = number  # so that keys that come before the answer count
        self._reading.ask(lambda reader: [EditionRead(number, editions.page(reader, number))])

    def _begin(self, reader: Reader) -> Iterator[EditionsRead | EditionRead | QueryFailed]:
        """Read what all editions share, then the requested one."""
        date, record_id = self._request
        try:
            editions = read_editions(reader)
            if date or record_id is None:
                number = edition_number(editions, date, reader.reference())
            else:
                number = edition_of_record(editions, reader, record_id)
        except EditionError as error:
            yield QueryFailed(str(error))
            return
        yield EditionsRead(editions)
        yield EditionRead(number, editions.page(reader, number))
