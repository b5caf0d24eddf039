"""A line to type in, with a cursor that stands still, since nothing in this program blinks."""

from __future__ import annotations

from textual.events import Paste
from textual.reactive import reactive
from textual.widgets import Input

MAX_LENGTH = 4096
"""Characters in a line; what is pasted beyond is cut off."""


class LineInput(Input):
    """A line of text."""

    cursor_blink = reactive(False, init=False)

    def on_mount(self) -> None:
        """Bound what can be typed."""
        self.max_length = self.max_length or MAX_LENGTH

    def _on_paste(self, event: Paste) -> None:
        """Paste as much as there is room for."""
        if self.max_length:
            start, end = sorted(self.selection)
            room = self.max_length - len(self.value) + end - start
            event.text = event.text[: max(0, room)]
        event.prevent_default()
        super()._on_paste(event)
