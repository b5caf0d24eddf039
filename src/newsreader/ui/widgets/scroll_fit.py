"""How high the content of a pane is, told without laying the whole screen out anew."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView


def fit_content(pane: ScrollView, lines: int) -> None:
    """Let scrolling know how many lines there are.

    Textual lays the screen out whenever a virtual size changes, which takes as long as painting the list.
    Here nothing else moves for it: the panes have their sizes from the terminal alone.
    """
    pane.set_reactive(ScrollView.virtual_size, Size(pane.scrollable_content_region.width, lines))
    pane._scroll_update(pane.virtual_size)
