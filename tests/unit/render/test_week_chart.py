"""Charts: bars that never hide what is there, a marked week, months that do not touch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.domain.setting_values import GlyphSet
from newsreader.domain.trends import Trends
from newsreader.render.cells import cell_len
from newsreader.render.glyphs import BLOCKS, PLAIN, Glyphs, bar, glyphs_for, sparkline
from newsreader.render.headline_row import Line
from newsreader.render.week_chart import Chart, chart_lines, fit_chart
from tests.builders import week_of
from tests.ui.harness import NOW

WEEK = week_of(NOW)
THREE = Trends({WEEK - 2: 8, WEEK - 1: 1, WEEK: 4})


def _text(line: Line) -> str:
    return "".join(span.text for span in line)


def _drawn(trends: Trends, chosen: int | None, width: int, height: int, glyphs: Glyphs = BLOCKS) -> list[str]:
    chart = fit_chart(trends, chosen, width)
    return [_text(line) for line in chart_lines(trends, chart, height, glyphs)]


def test_bars_are_as_high_as_their_numbers_and_the_week_is_marked() -> None:
    assert _drawn(THREE, WEEK - 1, 14, 6) == [
        "8 ███         ",
        "  ███         ",
        "  ███     ███ ",
        "0 ███ ▄▄▄ ███ ",
        "  ────▲▲▲ ────",
        "  Jun 2021",
    ]


def test_without_block_elements_the_same_is_told_in_plain_signs() -> None:
    lines = _drawn(THREE, WEEK, 5, 4, PLAIN)
    assert lines == ["8 #  ", "0 #:#", "  --^", "  "]
    assert all(line.isascii() for line in lines)


def test_where_weeks_do_not_fit_the_newest_are_shown_or_those_around_the_chosen_one() -> None:
    trends = Trends(dict.fromkeys(range(100), 1))
    assert fit_chart(trends, None, 12).columns == tuple(range(90, 100))
    assert 50 in fit_chart(trends, 50, 12).columns
    assert fit_chart(trends, 0, 12).columns == tuple(range(10))
    assert fit_chart(trends, 99, 12).columns == tuple(range(90, 100))


def test_months_are_named_where_they_begin_the_year_with_its_first() -> None:
    trends = Trends(dict.fromkeys(range(WEEK - 30, WEEK + 1), 1))
    months = _drawn(trends, None, 64, 6)[-1]
    assert months == "  Nov 2020  Jan 2021        Mar       Apr     May       Jun"


@given(
    st.dictionaries(st.integers(2500, 2600), st.integers(1, 10**6), max_size=30),
    st.integers(1, 120),
    st.integers(1, 20),
    st.sampled_from([BLOCKS, PLAIN]),
)
def test_no_chart_is_wider_or_higher_than_its_room(
    weeks: dict[int, int], width: int, height: int, glyphs: Glyphs
) -> None:
    trends = Trends(weeks)
    chosen = min(weeks, default=None)
    chart = fit_chart(trends, chosen, width)
    lines = chart_lines(trends, chart, height, glyphs)
    assert len(lines) == max(3, height)
    if width > chart.gutter:
        assert all(cell_len(_text(line)) <= width for line in lines)
    if chosen is not None:
        assert chosen in chart.columns


@given(st.integers(0, 1000), st.integers(1, 1000), st.integers(1, 12), st.sampled_from([BLOCKS, PLAIN]))
def test_something_is_never_drawn_as_nothing(value: int, most: int, height: int, glyphs: Glyphs) -> None:
    drawn = bar(min(value, most), most, height, glyphs)
    assert len(drawn) == height
    assert (drawn.strip() == "") == (min(value, most) == 0)
    if value >= most:
        assert drawn == glyphs.levels[-1] * height


def test_sparklines_add_up_neighbours_where_there_is_little_room() -> None:
    assert sparkline([0, 4, 8], 10, BLOCKS) == " ▄█"
    assert sparkline([1, 3, 0, 0, 2, 2], 3, BLOCKS) == "█ █"
    assert sparkline([0, 0], 2, BLOCKS) == "  "
    assert sparkline([], 10, BLOCKS) == sparkline([1], 0, BLOCKS) == ""


@pytest.mark.parametrize(
    ("chosen", "environ", "glyphs"),
    [
        (GlyphSet.AUTO, {"TERM": "xterm-256color", "LANG": "de_DE.UTF-8"}, BLOCKS),
        (GlyphSet.AUTO, {"TERM": "xterm", "LANG": "C.utf8"}, BLOCKS),
        (GlyphSet.AUTO, {}, BLOCKS),
        (GlyphSet.AUTO, {"TERM": "linux", "LANG": "C.UTF-8"}, PLAIN),
        (GlyphSet.AUTO, {"TERM": "vt220"}, PLAIN),
        (GlyphSet.AUTO, {"TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": "de_DE.ISO-8859-1"}, PLAIN),
        (GlyphSet.UNICODE, {"TERM": "linux"}, BLOCKS),
        (GlyphSet.ASCII, {"TERM": "xterm"}, PLAIN),
    ],
)
def test_signs_are_those_that_the_terminal_has_unless_chosen(
    chosen: GlyphSet, environ: dict[str, str], glyphs: Glyphs
) -> None:
    assert glyphs_for(chosen, environ) is glyphs


def test_an_empty_chart_has_no_weeks() -> None:
    assert fit_chart(Trends(), None, 40) == Chart((), None, 4, 2, 40)
