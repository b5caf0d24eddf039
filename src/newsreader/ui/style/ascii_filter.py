"""The ASCII glyph set: whatever is painted, by whichever widget, is told in signs that every terminal has."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from newsreader.render.ascii_glyphs import PLAIN_SIGNS


class AsciiFilter(LineFilter):
    """Translates the signs of every line on its way to the screen."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Translate a line."""
        return [Segment(text.translate(PLAIN_SIGNS), style, control) for text, style, control in segments]
