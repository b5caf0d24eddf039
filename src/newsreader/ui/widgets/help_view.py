"""The help as one widget that renders only the lines that can be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.strip import Strip

from newsreader.keymap.help_content import HelpSection
from newsreader.render.headline_row import Line
from newsreader.render.help_lines import help_lines
from newsreader.ui.widgets.line_pane import LinePane


class HelpView(LinePane, can_focus=False, inherit_bindings=False):
    """Sections of the help, wrapped to the width of the widget."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "help-view--about",
        "help-view--key",
        "help-view--text",
        "help-view--title",
    }

    def __init__(self, sections: Sequence[HelpSection]) -> None:
        super().__init__()
        self._sections = sections
        self._lines: Sequence[Line] = ()

    def show(self, sections: Sequence[HelpSection]) -> None:
        """Show other sections, from their top."""
        self._sections = sections
        self._lay_out()
        self.scroll_to_line(0)

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        width = self.scrollable_content_region.width
        number = y + self.scroll_offset.y
        if number >= len(self._lines):
            return self.painter.blank(width)
        return self.painter.paint(self._lines[number], width)

    def on_resize(self) -> None:
        """Wrap the lines to the new width, and stay near the same place."""
        share = self.scroll_offset.y / max(1, len(self._lines))
        self._lay_out()
        self.scroll_to_line(round(share * len(self._lines)))

    def _lay_out(self) -> None:
        self._lines = help_lines(self._sections, self.scrollable_content_region.width)
        self.fit_content(len(self._lines))
        self.refresh()
