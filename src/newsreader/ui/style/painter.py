"""Paint lines of spans: roles to styles, links for the terminal (OSC 8), and the ASCII glyph set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

from newsreader.domain.urls import is_openable
from newsreader.render.ascii_glyphs import PLAIN_SIGNS
from newsreader.render.cells import cell_len
from newsreader.render.headline_row import CURSOR, Line

if TYPE_CHECKING:
    from textual.widget import Widget

NO_STYLE = Style()

_WITHOUT_LINKS = re.compile(r"linux|vt[0-9]|ansi|cons25|dumb")
"""Terminals that print the sequence of a link instead of ignoring it."""

_MAX_URL = 2_083
"""Characters of an address that terminals accept."""


class StylePainter:
    """The colours of one widget.

    The role `title` has the style of the component class `<prefix>--title` of the widget, where the
    prefix is what the component classes have in common: the widget's name in kebab-case.
    """

    def __init__(self, widget: Widget) -> None:
        self._widget = widget
        self._prefix = min(widget.COMPONENT_CLASSES, default="").partition("--")[0]
        self._styles: dict[str, Style] = {}
        self.base = NO_STYLE

    def reset(self) -> None:
        """Read the styles again; call it once before lines are painted."""
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
        """Return the style of a role."""
        style = self._styles.get(role)
        if style is None:
            style = self.base
            if role != "blank":
                # Not the partial style: a muted colour is only known together with its background.
                style = self._widget.get_component_rich_style(f"{self._prefix}--{role}", default=self.base)
            self._styles[role] = style
        return style


def has_hyperlinks(wanted: bool, environ: Mapping[str, str]) -> bool:
    """Return whether to send links to the terminal."""
    return wanted and not _WITHOUT_LINKS.match(environ.get("TERM", ""))


def hyperlink(url: str) -> Style:
    """Return the style of a link (https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda).

    Without effect for an address that is not safe to send.
    """
    is_safe = url.isascii() and url.isprintable() and len(url) <= _MAX_URL and is_openable(url)
    return Style(link=url) if is_safe else NO_STYLE


class AsciiFilter(LineFilter):
    """Replaces signs outside of ASCII in every line that any widget paints."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """Translate a line."""
        return [Segment(text.translate(PLAIN_SIGNS), style, control) for text, style, control in segments]
