"""Draw a bar chart of weeks: bars, axis and months."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsreader.domain.dates import month_and_year
from newsreader.domain.trends import Trends, monday
from newsreader.render.glyphs import Glyphs, bar
from newsreader.render.headline_row import Line, Span

WIDEST = 4
"""Maximum width of a column, including the gap on its right."""

FOOT = 2
"""Number of lines below the bars: the axis and the months."""


class Chart(NamedTuple):
    """The visible part of a chart.

    `columns` are weeks, None for a gap; `chosen` is the selected week, if any. `cell` is the width of a
    column, `gutter` the width of the numbers on the left, `width` the total width.
    """

    columns: Sequence[int | None]
    chosen: int | None
    cell: int
    gutter: int
    width: int


def fit_chart(trends: Trends, chosen: int | None, width: int) -> Chart:
    """Select the weeks that fit: the newest, or those around the selected one."""
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
    """Draw the chart in this number of lines."""
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
    """Draw the axis, with the selected week and gaps marked."""
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
    """Label the first weeks of months, as far as they fit; add the year to its first month."""
    text = " " * chart.gutter
    before: tuple[str, int] | None = None
    labelled_year = 0
    for number, week in enumerate(chart.columns):
        month = None if week is None else month_and_year(monday(week))
        start = chart.gutter + number * chart.cell
        if month is not None and month != before and (len(text) < start or not labelled_year):
            name, year = month
            label = name if year == labelled_year else f"{name} {year}"
            if start + len(label) <= chart.width:
                text = text.ljust(start) + label
                labelled_year = year
        before = month
    return (Span(text, "axis"),)
