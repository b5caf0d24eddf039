"""The line in which words to find in a story are typed, over the status line."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from newsreader.ui.widgets.line_input import LineInput


class FindScreen(ModalScreen[str | None]):
    """Asks for words; the answer is what was typed, None where the reader does not want to find anything.

    Args:
        words: What stands there to begin with.
        find: Looks for what has been typed so far, and tells how often it is there.

    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    def __init__(self, words: str, find: Callable[[str], int]) -> None:
        super().__init__()
        self._words = words
        self._find = find

    def compose(self) -> ComposeResult:
        """A prompt, the words, and how often they are there."""
        with Horizontal(id="find"):
            yield Static(Content("/"), id="find-prompt")
            yield LineInput(self._words, placeholder="words in this story", compact=True, id="find-input")
            yield Static(id="find-count")

    @on(Input.Changed)
    def look(self, event: Input.Changed) -> None:
        """Find what has been typed so far."""
        event.stop()
        count = self._find(event.value)
        found = f"{count:,} found" if count else "not in this story"
        self.query_one("#find-count", Static).update(Content(found if event.value.strip() else ""))

    @on(Input.Submitted)
    def accept(self, event: Input.Submitted) -> None:
        """`enter` goes to the first place."""
        event.stop()
        self.dismiss(event.value)

    def action_cancel(self) -> None:
        """`esc` ends the search."""
        self.dismiss(None)
