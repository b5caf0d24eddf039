"""Fit pictures into cells."""

from __future__ import annotations

from typing import NamedTuple

MOST_GROWTH = 2.0
"""Maximum enlargement of a small picture."""


class Cell(NamedTuple):
    """The size of a cell of the terminal in pixels."""

    width: int
    height: int


class Room(NamedTuple):
    """A size in cells."""

    columns: int
    rows: int


def fit(width: int, height: int, room: Room, cell: Cell) -> Room:
    """Return the largest size in cells that keeps the aspect ratio of a picture in pixels."""
    scale = min(
        room.columns * cell.width / max(1, width), room.rows * cell.height / max(1, height), MOST_GROWTH
    )
    columns = round(width * scale / cell.width)
    rows = round(height * scale / cell.height)
    return Room(min(max(1, columns), room.columns), min(max(1, rows), room.rows))
