"""The parts of the trends: the chart of weeks, and the lists of stories, topics and providers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from newsreader.domain.headline import Headline
from newsreader.domain.trends import Trend, Trends
from newsreader.render.cells import cell_len, fit, pad, steady
from newsreader.render.glyphs import Glyphs, sparkline
from newsreader.render.headline_row import Line, Span
from newsreader.render.week_chart import Chart, chart_lines, fit_chart
from newsreader.ui.style.painter import StylePainter
from newsreader.ui.widgets.virtual_list import VirtualList

SPARKS = 16
"""Cells of a sparkline, where there is room."""


class WeekChart(Widget):
    """Records a week as bars, one of the weeks chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "week-chart--axis",
        "week-chart--bar",
        "week-chart--chosen",
    }

    class Clicked(Message):
        """A week was pointed at."""

        def __init__(self, week: int) -> None:
            super().__init__()
            self.week = week

    def __init__(self, glyphs: Glyphs) -> None:
        super().__init__()
        self.painter = StylePainter(self)
        self._glyphs = glyphs
        self._trends = Trends()
        self._chosen: int | None = None
        self._lines: Sequence[Line] = ()

    def show(self, trends: Trends, chosen: int | None) -> None:
        """Draw other weeks, or choose another one."""
        self._trends, self._chosen = trends, chosen
        self._draw()

    def on_resize(self) -> None:
        """As many weeks as fit now."""
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """A click chooses a week."""
        chart = self._chart
        number = (event.x - chart.gutter) // chart.cell
        if event.x >= chart.gutter and number < len(chart.columns):
            week = chart.columns[number]
            if week is not None:
                self.post_message(self.Clicked(week))

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the chart."""
        self.painter.reset()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """One line of the chart."""
        line = self._lines[y] if y < len(self._lines) else ()
        return self.painter.paint(line, self.size.width)

    @property
    def _chart(self) -> Chart:
        return fit_chart(self._trends, self._chosen, self.size.width)

    def _draw(self) -> None:
        if self.size.height and self._trends.weeks:
            self._lines = chart_lines(self._trends, self._chart, self.size.height, self._glyphs)
        self.refresh()


class HottestList(VirtualList):
    """The hottest stories of a week, a line each."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "hottest-list--cursor",
        "hottest-list--cursor-idle",
        "hottest-list--hint",
        "hottest-list--signal",
        "hottest-list--source",
        "hottest-list--title",
    }

    def __init__(self) -> None:
        super().__init__()
        self._headlines: Sequence[Headline] = ()

    def show(self, headlines: Sequence[Headline]) -> None:
        """Show other stories."""
        self._headlines = headlines
        self.set_rows(len(headlines))

    def headline(self, index: int) -> Headline | None:
        """The story of a row."""
        return self._headlines[index] if index < len(self._headlines) else None

    def row_lines(self, index: int, width: int) -> Sequence[Line]:
        """Heat, title and provider."""
        headline = self._headlines[index]
        heat = "" if headline.signal is None else f"▲{headline.signal:,}"
        source = fit(steady(headline.provider), width // 3)
        room = width - 11 - cell_len(source)
        return (
            (
                Span(f" {heat:>6}  ", "signal"),
                Span(pad(steady(headline.title), room), "title"),
                Span(f"  {source}", "source"),
            ),
        )


class TrendList(VirtualList):
    """Topics or providers, a line each: the name, how many records, and how they spread over the weeks."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "trend-list--count",
        "trend-list--cursor",
        "trend-list--cursor-idle",
        "trend-list--hint",
        "trend-list--name",
        "trend-list--sparks",
    }

    def __init__(self, glyphs: Glyphs, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._glyphs = glyphs
        self._trends: Sequence[Trend] = ()
        self._weeks: Sequence[int] = ()

    def show(self, trends: Sequence[Trend], weeks: Sequence[int]) -> None:
        """Show other names, with sparklines of these weeks."""
        self._trends, self._weeks = trends, weeks
        self.set_rows(len(trends))

    def trend(self, index: int) -> Trend:
        """What a row stands for."""
        return self._trends[index]

    def row_lines(self, index: int, width: int) -> Sequence[Line]:
        """Name, count and sparkline in columns."""
        trend = self._trends[index]
        digits = max(len(f"{other.records:,}") for other in self._trends)
        sparks = min(SPARKS, max(0, width - digits - 20))
        line = sparkline([trend.weeks.get(week, 0) for week in self._weeks], sparks, self._glyphs)
        name = pad(steady(trend.name), max(1, width - digits - sparks - 4))
        return (
            (
                Span(f" {name} ", "name"),
                Span(f"{trend.records:,}".rjust(digits), "count"),
                Span(f" {line}", "sparks"),
            ),
        )
