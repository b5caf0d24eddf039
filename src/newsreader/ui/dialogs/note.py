"""A note on a story, over the main screen."""

from __future__ import annotations

from collections.abc import Callable
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
    """A text of several lines, without a blinking cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+j,alt+enter", "break_line", show=False, priority=True)
    ]

    cursor_blink = reactive(False, init=False)

    def action_break_line(self) -> None:
        """Begin a new line."""
        self.replace("\n", *self.selection, maintain_selection_offset=False)


class NoteScreen(ModalScreen[None]):
    """Edits a note. Whatever closes the dialog saves a changed text, except the key that discards it.

    Args:
        title: The story's.
        text: The note so far.
        save: Called with the text when the dialog closes.

    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,ctrl+s", "save", show=False, priority=True),
        Binding("escape", "close", show=False, priority=True),
        Binding("ctrl+g", "discard", show=False, priority=True),
    ]

    def __init__(self, title: str, text: str, save: Callable[[str], None]) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._save = save
        self._field = NoteField(text, soft_wrap=True, compact=True, highlight_cursor_line=False)
        self._discards = False
        self._saves_unchanged = False

    def compose(self) -> ComposeResult:
        """Compose a frame with room for some lines."""
        with Vertical(id="note") as frame:
            frame.border_title = Content("Note")
            yield Static(Content(self._title), classes="subject")
            yield self._field
            yield Static(Content("enter: save · ctrl+j: new line · ctrl+g: discard changes"), classes="hint")

    def on_mount(self) -> None:
        """Put the cursor at the end of the text."""
        self._field.move_cursor(self._field.document.end)
        self._field.focus()

    def on_unmount(self) -> None:
        """Save the text, also when the program is left with the dialog open."""
        text = self._field.text[:LONGEST_NOTE]
        if self._saves_unchanged or (text != self._text and not self._discards):
            self._save(text)

    def action_save(self) -> None:
        """Save the text; say so if it is unchanged."""
        self._saves_unchanged = True
        self.dismiss()

    def action_close(self) -> None:
        """Close the dialog."""
        self.dismiss()

    def action_discard(self) -> None:
        """Close the dialog and keep the note as it was."""
        self._discards = True
        self.dismiss()
