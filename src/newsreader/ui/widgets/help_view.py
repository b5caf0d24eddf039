"""The help as one widget that renders only the lines that can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip

from newsreader.keymap.help_content import HelpSection
from newsreader.render.headline_row import Line
from newsreader.render.help_lines import help_lines
from newsreader.ui.style.painter import StylePainter
from newsreader.ui.widgets.scroll_fit import fit_content


class HelpView(ScrollView, can_focus=False, inherit_bindings=False):
    """Sections of the help, wrapped to the width of the widget."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "help-view--about",
        "help-view--key",
        "help-view--text",
        "help-view--title",
    }

    def __init__(self, sections: Sequence[HelpSection]) -> None:
        super().__init__()
        self._brush = StylePainter(self)
        self._sections = sections
        self._lines: Sequence[Line] = ()

    def show(self, sections: Sequence[HelpSection]) -> None:
        """Show other sections, from their top."""
        self._sections = sections
        self._lay_out()
        self._scroll_to_line(0)

    def scroll_lines(self, lines: int) -> None:
        """Scroll down by lines, up where they are negative."""
        self._scroll_to_line(self.scroll_offset.y + lines)

    def scroll_pages(self, pages: int) -> None:
        """Scroll down by pages, up where they are negative; one line stays in sight."""
        self.scroll_lines(pages * max(1, self.size.height - 1))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the screen."""
        self._brush.dip()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return self._brush.blank(width)
        return self._brush.paint(self._lines[number], width)

    def on_resize(self) -> None:
        """Wrap the lines to the new width, and stay near the same place."""
        share = self.scroll_offset.y / max(1, len(self._lines))
        self._lay_out()
        self._scroll_to_line(round(share * len(self._lines)))

    def _lay_out(self) -> None:
        self._lines = help_lines(self._sections, self.scrollable_content_region.width)
        fit_content(self, len(self._lines))
        self.refresh()

    def _scroll_to_line(self, line: int) -> None:
        self.scroll_to(y=max(0, min(line, self.max_scroll_y)), animate=False, force=True, immediate=True)
