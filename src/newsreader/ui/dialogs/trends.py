"""Trends: records a week, the stories, topics and providers behind them, and a way into each week."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from newsreader.domain.headline import Headline
from newsreader.domain.trends import HOTTEST, Trend, Trends, trends_in_words, within_week
from newsreader.domain.view import View
from newsreader.keymap.active import key_of
from newsreader.library import Library
from newsreader.render.glyphs import Glyphs
from newsreader.ui.keys.bindings import lend
from newsreader.ui.messages import HottestRead, IndexMissing, QueryFailed, TrendsRead
from newsreader.ui.widgets.trend_widgets import HottestList, TrendList, WeekChart
from newsreader.ui.widgets.virtual_list import VirtualList
from newsreader.ui.workers.latest_query import LatestQuery


class TrendsChoice(NamedTuple):
    """What to show after the trends: a view, and a record to put the cursor on."""

    view: View
    record_id: int | None = None


class TrendsScreen(ModalScreen[TrendsChoice | None]):
    """The trends of a view.

    Args:
        library: Whom to ask.
        view: Which records.
        week: The week that is chosen to begin with, if any.
        glyphs: What the bars are drawn with.
        narrow: Called with the view of each week that is chosen and that week, or with `view` and None.

    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False),
        Binding("left", "step(-1)", show=False, priority=True),
        Binding("right", "step(1)", show=False, priority=True),
        Binding("home", "jump(0)", show=False, priority=True),
        Binding("end", "jump(-1)", show=False, priority=True),
        Binding("0", "all_weeks", show=False),
    ]

    def __init__(
        self,
        library: Library,
        view: View,
        week: int | None,
        glyphs: Glyphs,
        narrow: Callable[[View, int | None], None],
    ) -> None:
        super().__init__()
        lend(self, "leave", "quit", "step_back", "trends")
        lend(self, "step(-1)", "pane_left", priority=True)
        lend(self, "step(1)", "pane_right", priority=True)
        lend(self, "jump(0)", "first", priority=True)
        lend(self, "jump(-1)", "last", priority=True)
        lend(self, "all_weeks", "back")
        self._view = view
        self._week = week
        self._narrow = narrow
        self._trends = Trends()
        self._counting = LatestQuery(library, self, "trends")
        self._reading = LatestQuery(library, self, "hottest")
        self._chart = WeekChart(glyphs)
        self._hottest = HottestList()
        self._topics = TrendList(glyphs, id="trend-topics")
        self._providers = TrendList(glyphs, id="trend-providers")
        self._about = Static(id="trend-week")

    def compose(self) -> ComposeResult:
        """The chart, the stories of the week, topics and providers."""
        with Vertical(id="trends") as frame:
            frame.border_title = Content("Trends")
            frame.border_subtitle = Content(self._view.describe())
            yield self._chart
            yield self._about
            yield self._hottest
            with Horizontal(id="trend-lists"):
                yield self._topics
                yield self._providers
            yield Static(
                Content(
                    f"← →: week · 0: all weeks · tab: next list · {key_of('activate')}: show · esc: back"
                ),
                classes="hint",
            )

    def on_mount(self) -> None:
        """Count, while the frame is there already."""
        self._topics.border_title = Content("Topics")
        self._providers.border_title = Content("Providers")
        self._hottest.border_title = Content("Hottest")
        self._hottest.focus()
        self._about.update(Content("Counting …"))
        self._counting.ask(lambda reader: [TrendsRead(reader.trends(self._view))])

    def on_unmount(self) -> None:
        """Leave nothing running."""
        self._counting.close()
        self._reading.close()

    @on(TrendsRead)
    def show_trends(self, answer: TrendsRead) -> None:
        """The records were counted."""
        self._trends = answer.trends
        weeks = [week for week in answer.trends.columns if week is not None]
        self._topics.show(answer.trends.topics, weeks)
        self._providers.show(answer.trends.providers, weeks)
        if self._week not in answer.trends.weeks:
            self._week = None
        self._show_week()

    @on(HottestRead)
    def show_hottest(self, answer: HottestRead) -> None:
        """The stories of the week were read."""
        self._hottest.show(answer.headlines)

    @on(QueryFailed)
    def report_failure(self, event: QueryFailed) -> None:
        """The index did not answer."""
        self._about.update(Content(event.words))

    @on(IndexMissing)
    def report_missing(self) -> None:
        """There is nothing to count yet."""
        self._about.update(Content("The corpus is being read for the first time; try again in a moment."))

    @on(WeekChart.Clicked)
    def choose_week(self, event: WeekChart.Clicked) -> None:
        """A week was clicked."""
        self._choose(event.week)

    @on(VirtualList.Activated, "HottestList")
    def show_story(self, event: VirtualList.Activated) -> None:
        """To a story, in the list of its week."""
        headline = self._hottest.headline(event.index)
        self.dismiss(TrendsChoice(self._narrowed, headline.record_id if headline else None))

    @on(VirtualList.Activated, "#trend-topics")
    def show_topic(self, event: VirtualList.Activated) -> None:
        """To the records of a topic."""
        trend = self._topics.trend(event.index)
        self.dismiss(TrendsChoice(self._view_with(trend)._replace(topic=trend.name)))

    @on(VirtualList.Activated, "#trend-providers")
    def show_provider(self, event: VirtualList.Activated) -> None:
        """To the records of a provider."""
        trend = self._providers.trend(event.index)
        self.dismiss(TrendsChoice(self._view_with(trend)._replace(provider=trend.name)))

    def action_step(self, direction: int) -> None:
        """To the next week that has records; from all weeks to the newest or the oldest."""
        weeks = sorted(self._trends.weeks)
        if not weeks:
            return
        if self._week is None:
            self._choose(weeks[-1 if direction < 0 else 0])
        else:
            place = weeks.index(self._week) + direction
            self._choose(weeks[max(0, min(place, len(weeks) - 1))])

    def action_jump(self, place: int) -> None:
        """To the first week or the last."""
        if self._trends.weeks:
            self._choose(sorted(self._trends.weeks)[place])

    def action_all_weeks(self) -> None:
        """All weeks again."""
        self._choose(None)

    def action_leave(self) -> None:
        """Back to what the list showed before."""
        self.dismiss(None)

    @property
    def _narrowed(self) -> View:
        """The view, in the week that is chosen."""
        if self._week is None:
            return self._view
        return self._view._replace(filter=within_week(self._view.filter, self._week), unfolded=())

    def _view_with(self, trend: Trend) -> View:
        """The view in the chosen week, or in all weeks where a topic or provider has nothing in that."""
        return self._narrowed if self._week in trend.weeks else self._view

    def _choose(self, week: int | None) -> None:
        if week != self._week:
            self._week = week
            self._show_week()
            self._narrow(self._narrowed, week)

    def _show_week(self) -> None:
        self._chart.show(self._trends, self._week)
        self._about.update(Content(trends_in_words(self._trends, self._week)))
        view = self._narrowed
        self._reading.ask(lambda reader: [HottestRead(_found(reader.hottest(view, HOTTEST)))])


def _found(headlines: Sequence[Headline | None]) -> list[Headline]:
    return [headline for headline in headlines if headline is not None]
