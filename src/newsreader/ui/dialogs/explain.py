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
    Explanation,
    explain_score,
    place_in_words,
    places_in_words,
    scale_in_words,
)
from newsreader.domain.view import View
from newsreader.keymap.active import key_of
from newsreader.render.score_bars import WIDTH, score_bars
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
                where = f"{place_in_words(explanation)} The list: {self._view.describe()}."
                yield Static(Content(where), classes="about")
                for name, words in score_bars(explain_score(explanation)):
                    yield _part(name, words)
                yield Static(Content(scale_in_words(explanation)), classes="formula")
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


def _line(name: str, words: str) -> Horizontal:
    return Horizontal(
        Static(Content(name), classes="name"), Static(Content(words), classes="meaning"), classes="action"
    )


def _part(name: str, words: str) -> Horizontal:
    bar, text = words[:WIDTH], words[WIDTH:].lstrip()
    return Horizontal(
        Static(Content(name), classes="name"),
        Static(Content(bar), classes="bar"),
        Static(Content(text), classes="meaning"),
        classes="action",
    )
