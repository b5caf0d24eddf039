"""Fields to type in: Textual's, with a cursor that stands still, since nothing in this program blinks."""

from __future__ import annotations

from textual.reactive import reactive
from textual.widgets import Input, TextArea


class LineField(Input):
    """A line of text."""

    cursor_blink = reactive(False, init=False)


class TextField(TextArea):
    """A text of several lines."""

    cursor_blink = reactive(False, init=False)
