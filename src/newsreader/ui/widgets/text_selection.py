"""Text of a pane that is selected with the mouse.

Textual keeps the selection, in characters of lines; a pane paints it and knows its text.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.selection import Selection
from textual.strip import Strip

from newsreader.render.cell_widths import FILLER, reserve


def paint_selection(strip: Strip, line: int, selection: Selection | None, style: Style) -> Strip:
    """Show the selected part of a line, and tell Textual which characters of the text stand where."""
    span = None if selection is None else selection.get_span(line)
    if span is not None:
        start, end = _bounded(span, len(strip.text))
        cells = [cell_len(strip.text[:start]), cell_len(strip.text[:end]), strip.cell_length]
        before, inside, after = strip.divide(cells)
        marked = [Segment(text, (own or Style()) + style, control) for text, own, control in inside]
        strip = Strip.join([before, Strip(marked, inside.cell_length), after])
    return strip.apply_offsets(0, line)


def selected_text(lines: Sequence[str], selection: Selection) -> str:
    """Return the selected part of lines of plain text, without blanks at the ends of lines."""
    parts = []
    for number, line in enumerate(lines):
        span = selection.get_span(number)
        if span is not None:
            painted = reserve(line)
            start, end = _bounded(span, len(painted))
            parts.append(painted[start:end].replace(FILLER, "").rstrip())
    return "\n".join(parts).strip("\n")


def _bounded(span: tuple[int, int], length: int) -> tuple[int, int]:
    start, end = span
    return min(start, length), length if end < 0 else min(end, length)
