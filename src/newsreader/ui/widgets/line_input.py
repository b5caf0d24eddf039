"""A line to type in, with a cursor that stands still, since nothing in this program blinks."""

from __future__ import annotations

from textual.reactive import reactive
from textual.widgets import Input


class LineInput(Input):
    """A line of text."""

    cursor_blink = reactive(False, init=False)
