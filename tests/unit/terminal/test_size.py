"""Sizes that terminals report."""

from __future__ import annotations

import pytest

from newsreader.ui.terminal.reports import (
    DEFAULT,
    MAX_COLUMNS,
    MAX_PIXELS,
    MAX_ROWS,
    clamp_pixels,
    clamp_size,
)


@pytest.mark.parametrize(
    ("size", "clamped"),
    [
        ((120, 40), (120, 40)),
        ((1, 1), (1, 1)),
        ((0, 0), DEFAULT),
        ((-5, 24), (DEFAULT[0], 24)),
        ((99_999, 99_999), (MAX_COLUMNS, MAX_ROWS)),
    ],
)
def test_sizes_can_be_drawn(size: tuple[int, int], clamped: tuple[int, int]) -> None:
    assert clamp_size(*size) == clamped


def test_pixels_are_as_many_as_cells_where_none_are_reported() -> None:
    assert clamp_pixels(0, 80) == 80
    assert clamp_pixels(1280, 80) == 1280
    assert clamp_pixels(10**9, 80) == MAX_PIXELS
