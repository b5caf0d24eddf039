"""Rows of one height, and the line that may part them."""

from __future__ import annotations

import pytest

from newsreader.render.row_geometry import Rows


@pytest.mark.parametrize("rows", [Rows(5, 2), Rows(5, 2, 3), Rows(5, 1, 1), Rows(4, 3, 2)])
def test_every_line_belongs_to_one_row_or_is_the_rule(rows: Rows) -> None:
    places = [rows.at(line) for line in range(rows.lines)]
    expected = []
    for row in range(rows.total):
        expected += [(row, -1)] * (row == rows.rule) + [(row, part) for part in range(rows.height)]
    assert places == expected
    assert [rows.at(rows.top_of(row)) for row in range(rows.total)] == [(row, 0) for row in range(rows.total)]


@pytest.mark.parametrize(
    ("row", "line", "top"), [(0, 0, 0), (10, 4, 16), (10, 0, 20), (10, 30, 12), (19, 0, 30), (3, 50, 0)]
)
def test_a_row_is_put_on_its_line_as_far_as_the_list_reaches(row: int, line: int, top: int) -> None:
    assert Rows(20, 2).scrolled(row, line, height=10) == top
