"""Bounds for what a terminal says about its size."""

from __future__ import annotations

from typing import Final

MAX_COLUMNS: Final = 1000
"""More than a 4K monitor shows with the smallest readable font."""

MAX_ROWS: Final = 500

MAX_PIXELS: Final = 32_768
"""Width or height of a window."""

DEFAULT: Final = (80, 24)
"""Columns and rows where the terminal reports none."""


def clamp_size(columns: int, rows: int) -> tuple[int, int]:
    """Return a size that can be drawn: a screen of a million cells already takes half a gigabyte."""
    columns = columns if columns > 0 else DEFAULT[0]
    rows = rows if rows > 0 else DEFAULT[1]
    return min(columns, MAX_COLUMNS), min(rows, MAX_ROWS)


def clamp_pixels(pixels: int, cells: int) -> int:
    """Return the pixels along one side of a window; as many as cells where the terminal reports none."""
    return min(pixels, MAX_PIXELS) if pixels > 0 else cells
