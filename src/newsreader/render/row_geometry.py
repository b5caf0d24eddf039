"""Positions of list rows of one height, with an optional rule between two of them."""

from __future__ import annotations

from typing import NamedTuple


class Rows(NamedTuple):
    """The geometry of a list; `rule` is the row below the rule."""

    total: int
    height: int
    rule: int | None = None

    @property
    def lines(self) -> int:
        """Total number of lines."""
        return self.top_of(self.total)

    def top_of(self, row: int) -> int:
        """Return the first line of a row."""
        return row * self.height + (self.rule is not None and row >= self.rule)

    def at(self, line: int) -> tuple[int, int]:
        """Return the row at a line, and the line within the row; -1 for the rule above it."""
        if self.rule is not None and line >= self.rule * self.height:
            line -= 1
            if line < self.rule * self.height:
                return self.rule, -1
        return divmod(line, self.height)

    def scrolled(self, row: int, line: int, height: int) -> int:
        """Return the scroll offset that puts a row on a line of a pane of that height."""
        top = max(0, min(self.top_of(row) - line, self.lines - height))
        return min(max(top, self.top_of(row) + self.height - height), self.top_of(row))
