"""The line in which the filter is typed."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static


class FilterBar(Horizontal):
    """A prompt and an input; open while it is typed into, and in sight while it narrows the list."""

    class Changed(Message):
        """The text of the filter changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

        def can_replace(self, message: Message) -> bool:
            """Only the newest text matters."""
            return isinstance(message, FilterBar.Changed)

    class Accepted(Message):
        """The filter is to stay; the reader wants the list."""

    class Moved(Message):
        """The reader wants to move in the list while typing."""

        def __init__(self, direction: int) -> None:
            super().__init__()
            self.direction = direction

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
    ]

    def compose(self) -> ComposeResult:
        """Prompt and input."""
        yield Static(Content("/"), id="filter-prompt")
        yield Input(
            placeholder="words, or a “phrase”", compact=True, id="filter-input", select_on_focus=False
        )

    @property
    def text(self) -> str:
        """What has been typed."""
        return self.query_one(Input).value

    def open(self) -> None:
        """Show the bar and type into it."""
        self.display = True
        self.query_one(Input).focus()

    def set_text(self, text: str) -> None:
        """Put a text in without telling anyone."""
        entry = self.query_one(Input)
        with self.prevent(Input.Changed):
            entry.value = text
            entry.cursor_position = len(text)
        self.display = bool(text) or entry.has_focus

    @on(events.DescendantBlur)
    def put_away(self) -> None:
        """Without text the bar is in sight only while it is typed into."""
        # Nothing has the focus while the terminal itself is in the background.
        if not self.text and self.screen.focused is not None:
            self.display = False

    @on(Input.Changed)
    def tell_change(self, event: Input.Changed) -> None:
        """Pass a change on as this bar's own message."""
        event.stop()
        self.post_message(self.Changed(event.value))

    @on(Input.Submitted)
    def accept(self, event: Input.Submitted) -> None:
        """`enter` keeps the filter."""
        event.stop()
        self.post_message(self.Accepted())

    def action_move(self, direction: int) -> None:
        """Move in the list without leaving the input."""
        self.post_message(self.Moved(direction))
