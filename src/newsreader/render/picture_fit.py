"""How many cells a picture takes."""

from __future__ import annotations

from typing import NamedTuple

MOST_GROWTH = 2.0
"""How far a small picture is blown up: beyond that, more cells show no more."""


class Cell(NamedTuple):
    """The size of a cell of the terminal in pixels."""

    width: int
    height: int


class Room(NamedTuple):
    """Cells that a picture may take, or takes."""

    columns: int
    rows: int


def fit(width: int, height: int, room: Room, cell: Cell) -> Room:
    """The cells for a picture of so many pixels: as many as fit, in its own proportions, at least one."""
    scale = min(
        room.columns * cell.width / max(1, width), room.rows * cell.height / max(1, height), MOST_GROWTH
    )
    columns = round(width * scale / cell.width)
    rows = round(height * scale / cell.height)
    return Room(min(max(1, columns), room.columns), min(max(1, rows), room.rows))
