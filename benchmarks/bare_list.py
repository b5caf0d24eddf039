"""The least that a Textual program with a list can be: an app, one list painted line by line, a cursor.

Run as `python -m benchmarks.bare_list ROWS`. What it needs is what Textual costs; nothing of the reader is in
it, and no row is kept.
"""

from __future__ import annotations

import sys
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

_PLAIN = Style.parse("default on #101418")
_CURSOR = Style.parse("default on #29394a")


class BareList(ScrollView, can_focus=True):
    """Rows of one line, counted from 1."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("down", "go(1)", "Down"),
        ("up", "go(-1)", "Up"),
        ("pagedown", "page(1)", "Page down"),
        ("pageup", "page(-1)", "Page up"),
        ("home", "to(0)", "First"),
        ("end", "to(-1)", "Last"),
    ]

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows
        self._cursor = 0
        self.virtual_size = Size(80, rows)

    def render_line(self, y: int) -> Strip:
        """One row."""
        row = y + self.scroll_offset.y
        style = _CURSOR if row == self._cursor else _PLAIN
        return Strip([Segment(f"row {row + 1:,} of {self._rows:,}", style)]).adjust_cell_length(
            self.size.width, style
        )

    def action_go(self, step: int) -> None:
        """Move the cursor by some rows."""
        before = self._cursor
        self._cursor = max(0, min(self._rows - 1, before + step))
        top = self.scroll_offset.y
        bottom = top + self.size.height - 1
        wanted = max(self._cursor - self.size.height + 1, min(top, self._cursor))
        if top <= self._cursor <= bottom:
            for row in (before, self._cursor):
                self.refresh(Region(0, row - top, self.size.width, 1))
        else:
            self.scroll_to(y=wanted, animate=False, immediate=True)

    def action_page(self, direction: int) -> None:
        """Move the cursor by as many rows as are in sight."""
        self.action_go(direction * self.size.height)

    def action_to(self, row: int) -> None:
        """Move the cursor to a row, counted from the end where it is negative."""
        self.action_go(row % self._rows - self._cursor)


class BareApp(App[None]):
    """The list and nothing else."""

    BINDINGS: ClassVar[list[BindingType]] = [("q", "quit", "Quit")]

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """The one widget."""
        yield BareList(self._rows)

    def on_mount(self) -> None:
        """The keys go to the list."""
        self.query_one(BareList).focus()


if __name__ == "__main__":
    BareApp(int(sys.argv[1])).run()
