"""The screen that a measured program paints, and how to tell what has changed on it."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final, NamedTuple

from tests.terminal.emulator import Emulator

# pyte keeps private modes beside the others, shifted by five bits.
_SYNCHRONIZED: Final = 2026 << 5


class Area(NamedTuple):
    """A part of the screen: cells from `left` up to `right`, lines from `top` up to `bottom`."""

    left: int
    right: int
    top: int
    bottom: int


class WatchedScreen(Emulator):
    """A screen that knows which of its cells were seen before."""

    def __init__(self, columns: int, rows: int) -> None:
        super().__init__(columns, rows)
        self.columns, self.rows = columns, rows
        self._seen = [self._cells(row) for row in range(rows)]

    @property
    def is_updating(self) -> bool:
        """Whether a picture is under way that a terminal would not show before it is whole."""
        return _SYNCHRONIZED in self._screen.mode

    def has_changed(self) -> bool:
        """Whether a cell, its character or its look, is not what it was when this was asked last."""
        changed = False
        for row in self._screen.dirty:
            if row < self.rows:
                cells = self._cells(row)
                changed = changed or cells != self._seen[row]
                self._seen[row] = cells
        self._screen.dirty.clear()
        return changed

    def text(self) -> str:
        """The whole screen as one text."""
        return "\n".join(self.lines())

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Whether a pattern is found on the screen."""
        return pattern.search(self.text()) is not None

    def text_in(self, area: Area) -> str:
        """What stands in a part of the screen, one line below the other."""
        lines = self.lines()[area.top : area.bottom]
        return "\n".join([line[area.left : area.right].rstrip() for line in lines])

    def marked_line(self, area: Area) -> str:
        """The first line whose background is not that of most lines: where the cursor of a list is."""
        grounds = [self._screen.buffer[row][area.left].bg for row in range(area.top, area.bottom)]
        usual = Counter(grounds).most_common(1)[0][0]
        for row, ground in enumerate(grounds, area.top):
            if ground != usual:
                return self.text_in(area._replace(top=row, bottom=row + 1))
        return ""

    def _cells(self, row: int) -> tuple[Any, ...]:
        line = self._screen.buffer[row]
        return tuple([line[column] for column in range(self._screen.columns)])
