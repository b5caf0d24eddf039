"""Paint lines of spans: roles to styles, links for the terminal (OSC 8), and the ASCII glyph set."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.strip import Strip

from newsreader.domain.urls import is_openable
from newsreader.render.ascii_glyphs import PLAIN_SIGNS
from newsreader.render.cell_widths import cell_len, reserve
from newsreader.render.headline_row import CURSOR, Line
from newsreader.ui.style.contrast import Rgb, contrast, least_contrast, parse_hex, readable

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
        self._painted: dict[tuple[str, Style], Style] = {}
        self.base = NO_STYLE

    def reset(self) -> None:
        """Read the styles again; call it once before lines are painted."""
        self.base = self._widget.rich_style
        self._styles.clear()
        self._painted.clear()

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
        added = {"link": meta + link}
        segments = [
            Segment(reserve(text), self.style_on(role, over) + added.get(role, meta)) for text, role in line
        ]
        strip = Strip(segments, sum(cell_len(text) for text, _ in line))
        return strip.adjust_cell_length(width, self.base + over)

    def blank(self, width: int) -> Strip:
        """A line with nothing on it."""
        return Strip.blank(width, self.base)

    def mark_cursor(self, strip: Strip, over: Style) -> Strip:
        """The strip with its first cell, which lines leave blank for this, taken by the cursor's sign."""
        return Strip.join([Strip([Segment(CURSOR, self.base + over)], 1), strip.crop(1)])

    def style_on(self, role: str, over: Style) -> Style:
        """Return the style of a role with the cursor's laid over it, in a colour that can be read there."""
        painted = self._painted.get((role, over))
        if painted is None:
            painted = self._painted[role, over] = self._readable(role, self.style(role) + over, over)
        return painted

    def _readable(self, role: str, style: Style, over: Style) -> Style:
        color, background = _rgb(style.color), _rgb(style.bgcolor)
        if color is None or background is None:  # the terminal's own colours
            return style
        least = least_contrast(role)
        if over.bgcolor is not None and contrast(color, background) < least:
            color = parse_hex(self._widget.app.theme_variables.get("block-cursor-foreground", "")) or color
        return style + Style(color=RichColor.from_rgb(*readable(color, background, least)))

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


def _rgb(color: RichColor | None) -> Rgb | None:
    """Return a colour's values; None for one of the terminal's."""
    return None if color is None or color.triplet is None else (*color.triplet,)


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
