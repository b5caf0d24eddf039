"""Why a record stands where it stands."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from newsreader.domain.explanation import (
    FORMULA,
    Explanation,
    explain_in_words,
    ordinal,
    places_in_words,
)
from newsreader.domain.view import View
from newsreader.keymap.active import key_of
from newsreader.ui.keys.bindings import lend


class ExplainScreen(ModalScreen[None]):
    """The parts of the score, and the place in each order; any of its keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
    ]

    def __init__(self, explanation: Explanation, view: View) -> None:
        super().__init__()
        lend(self, "dismiss", "quit", "step_back", "back", "pane_left", "activate", "explain")
        lend(self, "scroll(1)", "cursor_down")
        lend(self, "scroll(-1)", "cursor_up")
        self._explanation = explanation
        self._view = view

    def compose(self) -> ComposeResult:
        """The record, the score, the places."""
        explanation = self._explanation
        with Vertical(id="explain") as frame:
            frame.border_title = Content("Why it ranks here")
            with VerticalScroll():
                yield Static(Content(explanation.title), classes="subject")
                yield Static(Content(self._place()), classes="about")
                for name, words in explain_in_words(explanation):
                    yield _line(name, words)
                yield Static(Content(FORMULA), classes="formula")
                yield Static(Content("Its place in each order"), classes="group")
                for name, words in places_in_words(explanation, self._view.shown_order):
                    yield _line(name, words)
            yield Static(
                Content(f"{key_of('choose_order')}: choose another order · esc: back"), classes="hint"
            )

    def on_mount(self) -> None:
        """Let the keys scroll."""
        self.query_one(VerticalScroll).focus()

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def _place(self) -> str:
        place, total = self._explanation.places[0][1:]
        where = self._view.describe()
        return f"Not in this list · {where}" if place is None else f"{ordinal(place)} of {total:,} · {where}"


def _line(name: str, words: str) -> Horizontal:
    return Horizontal(
        Static(Content(name), classes="name"), Static(Content(words), classes="meaning"), classes="action"
    )
