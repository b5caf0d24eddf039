"""The files of the corpus that could not be read as they should."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from newsreader.domain.checks.problem import ListedProblem
from newsreader.keymap.active import key_of
from newsreader.render.cells import fit, steady
from newsreader.render.headline_row import Line, Span
from newsreader.ui.keys.bindings import lend
from newsreader.ui.widgets.virtual_list import VirtualList


class ProblemList(VirtualList):
    """Problems, two lines each: what is wrong, and where."""

    ROW_HEIGHT: ClassVar[int] = 2
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "problem-list--cursor",
        "problem-list--cursor-idle",
        "problem-list--hint",
        "problem-list--place",
        "problem-list--reason",
    }

    def __init__(self, problems: Sequence[ListedProblem]) -> None:
        super().__init__()
        self._problems = problems
        self.hint = "Every file could be read."

    def row_lines(self, index: int, width: int) -> Sequence[Line]:
        """The reason, and below it path and line."""
        problem, record_id = self._problems[index]
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        ending = f" · {key_of('activate')} shows what could be read" if record_id is not None else ""
        return (
            (Span(f" {fit(steady(problem.reason), width - 2)}", "reason"),),
            (Span(f" {fit(steady(place + ending), width - 2)}", "place"),),
        )


class ProblemsScreen(ModalScreen[int | None]):
    """All problems; the answer is a record to show, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    def __init__(self, problems: Sequence[ListedProblem]) -> None:
        super().__init__()
        lend(self, "cancel", "quit", "step_back", "back", "pane_left", "problems")
        self._problems = problems

    def compose(self) -> ComposeResult:
        """A frame with the problems."""
        with Vertical(id="problems") as frame:
            frame.border_title = Content(f"Problems ({len(self._problems):,})")
            yield ProblemList(self._problems)
            yield Static(Content("Files are never changed · esc: back"), classes="hint")

    def on_mount(self) -> None:
        """Show the rows."""
        rows = self.query_one(ProblemList)
        rows.set_rows(len(self._problems))
        rows.focus()

    @on(VirtualList.Activated)
    def show_record(self, event: VirtualList.Activated) -> None:
        """Answer with the record of the row, if there is one."""
        event.stop()
        record_id = self._problems[event.index].record_id
        if record_id is not None:
            self.dismiss(record_id)

    def action_cancel(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)
