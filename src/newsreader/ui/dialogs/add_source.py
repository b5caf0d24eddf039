"""A dialog that asks for a source of fresh records, and shows what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from newsreader.ui.widgets.line_input import LineInput

_HINT = "enter: look for feeds · esc: cancel"
_HINT_AT_END = "enter: bring its records in"


class AddSourceScreen(ModalScreen[str]):
    """Asks for an address or a file; the answer is what was typed last.

    Args:
        text: What stands there to begin with.
        about: What it is for.
        search: Called with each address that is accepted.

    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "close", show=False)]

    def __init__(self, text: str, about: str, search: Callable[[str], None]) -> None:
        super().__init__()
        self._text = text
        self._about = about
        self._search = search

    def compose(self) -> ComposeResult:
        """A frame with the line, and below it what became of it."""
        with Vertical(id="add-source") as frame:
            frame.border_title = Content("Add a source")
            yield Static(Content(self._about), classes="about")
            yield LineInput(
                self._text, placeholder="lab.example, https://lab.example/feed or ~/feeds.opml", compact=True
            )
            yield Static(id="search-state")
            yield Static(Content(_HINT), classes="hint")

    def show(self, words: str, *, is_error: bool = False) -> None:
        """Say what is under way, or why it failed."""
        state = self.query_one("#search-state", Static)
        state.set_class(is_error, "error")
        state.update(Content(words))

    def show_added(self, words: str) -> None:
        """Show what was added; then the dialog can only be closed."""
        self.query_one(LineInput).disabled = True
        self.query_one(".hint", Static).update(Content(_HINT_AT_END))
        self.show(words)

    @on(Input.Submitted)
    def accept(self, event: Input.Submitted) -> None:
        """Look for sources there."""
        event.stop()
        if event.value.strip():
            self._search(event.value)

    def action_close(self) -> None:
        """Close the dialog."""
        self.dismiss(self.query_one(LineInput).value)
