"""A note on a story, over the main screen."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from newsreader.domain.mark_changes import LONGEST_NOTE


class NoteField(TextArea):
    """A text of several lines; its cursor stands still as everywhere."""

    cursor_blink = reactive(False, init=False)


class NoteScreen(ModalScreen[str | None]):
    """Asks for a note; the answer is its text, or None where it stays as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False, priority=True),
        Binding("ctrl+s", "keep", show=False, priority=True),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """A frame with room for some lines."""
        with Vertical(id="note") as frame:
            frame.border_title = Content("Note")
            yield Static(Content(self._title), classes="subject")
            yield NoteField(self._text, soft_wrap=True, compact=True, highlight_cursor_line=False)
            yield Static(Content("ctrl+s: save · esc: cancel"), classes="hint")

    def on_mount(self) -> None:
        """Write on at the end."""
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def action_keep(self) -> None:
        """Answer with the text."""
        self.dismiss(self.query_one(TextArea).text[:LONGEST_NOTE])

    def action_cancel(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)
