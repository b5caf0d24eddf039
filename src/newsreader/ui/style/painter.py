"""Lines of spans -> strips: the one place where roles become colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from newsreader.render.cells import cell_len
from newsreader.render.headline_row import CURSOR, Line

if TYPE_CHECKING:
    from textual.widget import Widget

NO_STYLE = Style()


class StylePainter:
    """The colours of one widget.

    The role `title` looks as the component class `<prefix>--title` of the widget says, where the
    prefix is what the component classes have in common: the widget's name in kebab-case.
    """

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._prefix = min(widget.COMPONENT_CLASSES, default="").partition("--")[0]
        self._styles: dict[str, Style] = {}
        self.base = NO_STYLE

    def dip(self) -> None:
        """Take the colours anew. To be called once before the lines of a picture are painted."""
        self.base = self._widget.rich_style
        self._styles.clear()

    def cursor(self, *, focused: bool) -> Style:
        """What is laid over the row under the cursor."""
        name = f"{self._prefix}--cursor" if focused else f"{self._prefix}--cursor-idle"
        return self._widget.get_component_rich_style(name, partial=True, default=NO_STYLE)

    def paint(
        self, line: Line, width: int, over: Style = NO_STYLE, meta: Style = NO_STYLE, link: Style = NO_STYLE
    ) -> Strip:
        """A line as a strip of exactly `width` cells.

        Args:
            line: What to paint.
            width: In cells.
            over: Laid over every span, for the row under the cursor.
            meta: Invisible data for the mouse.
            link: Laid over the words of a link.

        """
        added = {"link": over + meta + link}
        usual = over + meta
        segments = [Segment(text, self.style(role) + added.get(role, usual)) for text, role in line]
        strip = Strip(segments, sum(cell_len(text) for text, _ in line))
        return strip.adjust_cell_length(width, self.base + over)

    def blank(self, width: int) -> Strip:
        """A line with nothing on it."""
        return Strip.blank(width, self.base)

    def mark_cursor(self, strip: Strip, over: Style) -> Strip:
        """The strip with its first cell, which lines leave blank for this, taken by the cursor's sign."""
        return Strip.join([Strip([Segment(CURSOR, self.base + over)], 1), strip.crop(1)])

    def style(self, role: str) -> Style:
        """How a role looks."""
        style = self._styles.get(role)
        if style is None:
            style = self.base
            if role != "blank":
                # Not the partial style: a muted colour is only known together with its background.
                style = self._widget.get_component_rich_style(f"{self._prefix}--{role}", default=self.base)
            self._styles[role] = style
        return style
