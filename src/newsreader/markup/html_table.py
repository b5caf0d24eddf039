"""Parse HTML tables to rows with the spans of their cells."""

from __future__ import annotations

import re
from typing import Final

from newsreader.markup.blocks import Block, Prose
from newsreader.markup.html_tokens import tag_attributes

CELL_GAP: Final = " │ "
MAX_COLUMNS: Final = 60
"""Maximum number of cells in a row; further ones are merged into the last."""

_ALIGNMENT: Final = re.compile(r"text-align\s*+:\s*+(right|center|end)", re.IGNORECASE)
_SHORT: Final = {"right": "r", "end": "r", "center": "c"}


class Tables:
    """The open tables and the current row.

    Rows are recognized only in tables with headers: most other tables are for layout.
    """

    def __init__(self) -> None:
        self.in_row = False
        self._has_columns: list[bool] = []  # for each open table
        self._is_header = False
        self._edges: list[tuple[int, int]] = []  # start and end of the gap before each cell
        self._aligned = ""

    def enter(self, name: str, inside: str, prose: Prose, *, in_head: bool) -> None:
        """Enter a table or a part of one."""
        if name == "table":
            self._has_columns.append(False)
        elif self._has_columns:
            if name == "thead" or (name == "th" and "scope" in tag_attributes(inside)):
                self._has_columns[-1] = True
            if name != "td":
                self.in_row = name != "thead" and self._has_columns[-1]
            if name == "tr":
                self._edges, self._aligned, self._is_header = [], "", in_head
            elif self.in_row:
                self._begin_cell(inside, prose)

    def leave(self) -> None:
        """Leave a table."""
        self._has_columns.pop()

    def row(self, block: Block) -> Block:
        """Add the cells to the block of a row."""
        ends = [*(before for before, _ in self._edges[1:]), len(block.text)]
        cells = tuple(
            # The space after a gap belongs to no cell.
            (start + 1 if 0 < start < end else start, end)
            for (_, start), end in zip(self._edges, ends, strict=False)
        )
        row = block._replace(level=int(self._is_header), cells=cells, aligned=self._aligned)
        self._edges, self._aligned = [], ""
        return row

    def _begin_cell(self, inside: str, prose: Prose) -> None:
        before = len(prose)
        if before:
            prose.add(CELL_GAP)
        if len(self._edges) < MAX_COLUMNS:
            self._edges.append((before, len(prose)))
            self._aligned += _alignment(inside)


def _alignment(inside: str) -> str:
    if "align" not in inside.lower():
        return "l"
    found = tag_attributes(inside)
    style = _ALIGNMENT.search(found.get("style", ""))
    return _SHORT.get((style[1] if style else found.get("align", "")).lower(), "l")
