"""Where the rows of a list stand: all of one height, parted at most once by a line of its own."""

from __future__ import annotations

from typing import NamedTuple


class Rows(NamedTuple):
    """So many rows of so many lines each; above the row `rule` stands a line that parts them."""

    total: int
    height: int
    rule: int | None = None

    @property
    def lines(self) -> int:
        """Lines of all."""
        return self.top_of(self.total)

    def top_of(self, row: int) -> int:
        """The line on which a row begins."""
        return row * self.height + (self.rule is not None and row >= self.rule)

    def at(self, line: int) -> tuple[int, int]:
        """The row that has a line, and which of its lines that is; -1 for the rule above it."""
        if self.rule is not None and line >= self.rule * self.height:
            line -= 1
            if line < self.rule * self.height:
                return self.rule, -1
        return divmod(line, self.height)

    def scrolled(self, row: int, line: int, height: int) -> int:
        """The first line in sight of a pane of that height, where a row is to begin on that line of it."""
        top = max(0, min(self.top_of(row) - line, self.lines - height))
        return min(max(top, self.top_of(row) + self.height - height), self.top_of(row))
