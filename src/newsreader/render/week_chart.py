"""A bar chart of weeks as lines of spans: the bars, the axis with the chosen week, the months below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsreader.domain.dates import month_and_year
from newsreader.domain.trends import Trends, monday
from newsreader.render.glyphs import Glyphs, bar
from newsreader.render.headline_row import Line, Span

WIDEST = 4
"""Cells of a bar with the room on its right."""

FOOT = 2
"""Lines below the bars: the axis and the months."""


class Chart(NamedTuple):
    """What is in sight of a chart.

    `columns` are weeks, None for a gap; `chosen` is one of them, or None. `cell` is the width of a column,
    `gutter` that of the numbers on the left, `width` that of all.
    """

    columns: Sequence[int | None]
    chosen: int | None
    cell: int
    gutter: int
    width: int


def fit_chart(trends: Trends, chosen: int | None, width: int) -> Chart:
    """As many weeks as fit, the newest or those around the chosen one."""
    most = max(trends.weeks.values(), default=0)
    gutter = len(f"{most:,}") + 1
    room = max(1, width - gutter)
    columns = trends.columns
    cell = max(1, min(WIDEST, room // max(1, len(columns))))
    shown = room // cell
    end = len(columns)
    if chosen is not None and chosen in columns:
        end = max(shown, min(end, columns.index(chosen) + shown // 2 + 1))
    return Chart(columns[max(0, end - shown) : end], chosen, cell, gutter, width)


def chart_lines(trends: Trends, chart: Chart, height: int, glyphs: Glyphs) -> list[Line]:
    """The chart in this many lines."""
    most = max(trends.weeks.values(), default=0)
    tall = max(1, height - FOOT)
    bars = [
        bar(trends.weeks.get(week, 0) if week is not None else 0, most, tall, glyphs)
        for week in chart.columns
    ]
    lines: list[Line] = []
    for row in range(tall):
        number = f"{most:,}" if row == 0 else "0" if row == tall - 1 and tall > 1 else ""
        spans = [Span(number.rjust(chart.gutter - 1) + " ", "axis")]
        for week, signs in zip(chart.columns, bars, strict=True):
            role = "chosen" if week is not None and week == chart.chosen else "bar"
            spans += _column(signs[row], chart.cell, role)
        lines.append(tuple(spans))
    return [*lines, _axis(chart, glyphs), _months(chart)]


def _column(sign: str, cell: int, role: str) -> list[Span]:
    if cell == 1:
        return [Span(sign, role)]
    return [Span(sign * (cell - 1), role), Span(" ", "blank")]


def _axis(chart: Chart, glyphs: Glyphs) -> Line:
    """The line below the bars, on which the chosen week and the gaps are marked."""
    spans = [Span(" " * chart.gutter, "blank")]
    for week in chart.columns:
        if week is None:
            spans.append(Span(glyphs.gap * chart.cell, "axis"))
        elif week == chart.chosen:
            spans.append(Span((glyphs.pointer * max(1, chart.cell - 1)).ljust(chart.cell), "chosen"))
        else:
            spans.append(Span(glyphs.axis * chart.cell, "axis"))
    return tuple(spans)


def _months(chart: Chart) -> Line:
    """The months below their first weeks, as far as there is room; the year with its first month."""
    text = " " * chart.gutter
    before: tuple[str, int] | None = None
    told = 0
    for number, week in enumerate(chart.columns):
        month = None if week is None else month_and_year(monday(week))
        start = chart.gutter + number * chart.cell
        if month is not None and month != before and (len(text) < start or not told):
            name, year = month
            label = name if year == told else f"{name} {year}"
            if start + len(label) <= chart.width:
                text = text.ljust(start) + label
                told = year
        before = month
    return (Span(text, "axis"),)
