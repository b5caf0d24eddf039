"""A small menu over the main screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from newsreader.keymap.active import key_of
from newsreader.render.cells import cell_len, fit, pad, steady
from newsreader.render.headline_row import Line, Span
from newsreader.ui.keys.bindings import lend
from newsreader.ui.widgets.virtual_list import VirtualList


class Choice(NamedTuple):
    """One row of a menu: a name, and what it stands for."""

    name: str
    detail: str


class ChoiceList(VirtualList):
    """The rows of a menu."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choice-list--cursor",
        "choice-list--cursor-idle",
        "choice-list--detail",
        "choice-list--name",
    }

    def __init__(self, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._choices = choices
        self._name_width = max((cell_len(steady(choice.name)) for choice in choices), default=0)

    def row_lines(self, index: int, width: int) -> Sequence[Line]:
        """Name and detail in two columns."""
        choice = self._choices[index]
        column = min(self._name_width, width // 2)
        detail = fit(steady(choice.detail), width - column - 4)
        return ((Span(f" {pad(steady(choice.name), column)}  ", "name"), Span(detail, "detail")),)


class ChooserScreen(ModalScreen[int | None]):
    """Choose one of several rows; the answer is its index, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    def __init__(self, title: str, choices: Sequence[Choice], chosen: int = 0, *, about: str = "") -> None:
        super().__init__()
        lend(self, "cancel", "quit", "step_back", "back", "pane_left")
        self._about = about
        self._title = title
        self._choices = choices
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """A frame with the rows and a line on how to use them."""
        with Vertical(id="chooser") as frame:
            frame.border_title = Content(self._title)
            if self._about:
                yield Static(Content(self._about), classes="about")
            yield ChoiceList(self._choices)
            yield Static(Content(f"{key_of('activate')}: select · esc: cancel"), classes="hint")

    def on_mount(self) -> None:
        """Show the rows as high as they need."""
        rows = self.query_one(ChoiceList)
        rows.styles.height = min(len(self._choices), max(3, self.app.size.height - 8))
        rows.set_rows(len(self._choices), self._chosen)
        rows.focus()

    @on(VirtualList.Activated)
    def choose(self, event: VirtualList.Activated) -> None:
        """Answer with the row."""
        event.stop()
        self.dismiss(event.index)

    def action_cancel(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)
