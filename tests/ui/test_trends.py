"""Trends: the chart of weeks, and the list that follows the week that is chosen in it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from newsreader.domain.setting_values import GlyphSet
from newsreader.domain.trends import week_in_words
from newsreader.domain.view import View
from newsreader.library import IndexFailedError, IndexUnusableError, Library, Reader
from newsreader.settings.model import Settings
from newsreader.ui.dialogs.trends import TrendsScreen
from newsreader.ui.widgets.trend_widgets import HottestList, TrendList, WeekChart
from newsreader.ui.widgets.virtual_list import VirtualList
from tests.builders import a_corpus, week_of
from tests.ui.harness import (
    NOW,
    a_library,
    a_story,
    filter_bar,
    is_alone,
    main_screen,
    press,
    reading,
    reading_files,
    screen_text,
    selected_title,
    stories,
    story_path,
    story_title,
    titles,
    until,
)

LAST_WEEK = week_of(NOW) - 1
"""That of 21 to 27 June 2021: the stories 4 to 10."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("trends")
    files = stories(30) | {
        story_path(5): a_story(5, topics=["Law"], provider={"name": "Other", "domain": "other.example"})
    }
    return a_library(a_corpus(folder, files), folder / "cache")


@pytest.fixture
async def pilot(library: Library) -> AsyncIterator[Pilot[None]]:
    async with reading(library) as pilot:
        await _open(pilot)
        yield pilot


async def _open(pilot: Pilot[None]) -> None:
    await press(pilot, "T")
    assert isinstance(pilot.app.screen, TrendsScreen)
    await _at_rest(pilot)


async def _at_rest(pilot: Pilot[None]) -> None:
    """Wait for the counts and for the stories of the week."""
    await press(pilot)
    await until(pilot, lambda: _about(pilot) != "Counting …")
    await press(pilot)


async def _press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await press(pilot, key)
    if not is_alone(pilot):
        await _at_rest(pilot)


def _about(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one("#trend-week", Static).content)


def _lines(widget: VirtualList) -> list[str]:
    lines = (widget.row_lines(index, 60)[0] for index in range(widget.count))
    return [" ".join("".join(span.text for span in line).split()) for line in lines]


def _hottest(pilot: Pilot[None]) -> list[str]:
    return _lines(pilot.app.screen.query_one(HottestList))


def _named(pilot: Pilot[None], name: str) -> list[str]:
    return _lines(pilot.app.screen.query_one(f"#trend-{name}", TrendList))


async def test_it_tells_all_weeks_the_hottest_and_the_topics_and_providers(pilot: Pilot[None]) -> None:
    assert _about(pilot) == "All weeks · 30 records"
    assert _hottest(pilot)[:2] == ["▲30 Story 0030 news.example", "▲29 Story 0029 news.example"]
    assert [line.split()[:2] for line in _named(pilot, "topics")] == [["AI", "29"], ["Law", "1"]]
    assert [line.split()[:2] for line in _named(pilot, "providers")] == [
        ["news.example", "29"],
        ["other.example", "1"],
    ]
    assert "May 2021" in screen_text(pilot)
    assert "█" in screen_text(pilot)


async def test_moving_along_the_chart_narrows_the_list_to_each_week(pilot: Pilot[None]) -> None:
    await _press(pilot, "left", "h")
    assert _about(pilot) == f"{week_in_words(LAST_WEEK)} · 7 of 30 records"
    assert titles(pilot) == [f"Story {number:04d}" for number in range(4, 11)]
    assert main_screen(pilot).view.filter == "date:2021-06-21..2021-06-27"
    assert [line.split()[2] for line in _hottest(pilot)] == [f"{number:04d}" for number in range(10, 3, -1)]
    await _press(pilot, "l", "right", "right")
    assert len(titles(pilot)) == 3
    await _press(pilot, "home")
    assert _about(pilot).startswith("Week of Mon 31 May 2021")
    await _press(pilot, "G", "0")
    assert _about(pilot) == "All weeks · 30 records"
    assert len(titles(pilot)) == 30


async def test_esc_gives_the_list_back_as_it_was(library: Library) -> None:
    async with reading(library, View(filter="story | law")) as pilot:
        await _open(pilot)
        await _press(pilot, "left", "left")
        assert main_screen(pilot).view.filter == 'date:2021-06-21..2021-06-27 ("story" OR "law"*)'
        await _press(pilot, "escape")
        assert is_alone(pilot)
        assert main_screen(pilot).view == View(filter="story | law")
        assert filter_bar(pilot).text == "story | law"
        assert len(titles(pilot)) == 30


async def test_enter_shows_a_story_in_the_list_of_its_week(pilot: Pilot[None]) -> None:
    await _press(pilot, "left", "left", "j", "enter")
    assert is_alone(pilot)
    assert selected_title(pilot) == story_title(pilot) == "Story 0009"
    assert len(titles(pilot)) == 7


async def test_trends_of_a_narrowed_list_go_on_where_they_were_left(pilot: Pilot[None]) -> None:
    await _press(pilot, "left", "left", "enter", "T")
    assert _about(pilot).startswith(week_in_words(LAST_WEEK))
    await _press(pilot, "left", "escape", "T")
    assert _about(pilot).startswith(week_in_words(LAST_WEEK))
    await _press(pilot, "0", "enter")
    assert main_screen(pilot).view == View()
    await press(pilot, "slash", *"0007", "enter")
    await _open(pilot)
    assert _about(pilot) == "All weeks · 1 record"


async def test_topics_and_providers_lead_to_their_records(pilot: Pilot[None]) -> None:
    await _press(pilot, "left", "left", "tab", "j", "enter")
    assert main_screen(pilot).view == View(topic="Law", filter="date:2021-06-21..2021-06-27")
    assert titles(pilot) == ["Story 0005"]
    await press(pilot, "escape", "1", "g", "j")
    await _open(pilot)
    await _press(pilot, "end", "tab", "tab", "j", "enter")
    assert main_screen(pilot).view == View(provider="other.example")


async def test_a_click_chooses_a_week(pilot: Pilot[None]) -> None:
    chart = pilot.app.screen.query_one(WeekChart)
    width = chart._chart.cell
    await pilot.click(WeekChart, offset=(chart._chart.gutter + 3 * width, 1))
    await _press(pilot)
    assert _about(pilot).startswith(week_in_words(LAST_WEEK))
    await pilot.click(WeekChart, offset=(0, 1))
    await pilot.click(WeekChart, offset=(chart._chart.gutter + 8 * width, 1))
    await _press(pilot)
    assert _about(pilot).startswith(week_in_words(LAST_WEEK))


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_plain_signs_tell_the_same_where_blocks_cannot_be_drawn(
    library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, settings=Settings(glyphs=GlyphSet.ASCII), size=size) as pilot:
        await _open(pilot)
        await _press(pilot, "left")
        chart = pilot.app.screen.query_one(WeekChart)
        drawn = [chart.render_line(y).text for y in range(chart.size.height)]
        assert any("#" in line for line in drawn)
        assert any("^" in line for line in drawn)
        assert all(line.isascii() for line in drawn)
        assert _about(pilot) == "Week of Mon 28 Jun 2021 · 3 of 30 records"


async def test_lists_without_dates_or_rows_say_so(library: Library) -> None:
    async with reading(library, View(filter="nothing")) as pilot:
        await _open(pilot)
        await _press(pilot, "left", "home", "enter")
        assert _about(pilot) == "There are no records here."
        assert main_screen(pilot).view == View(filter="nothing")


async def test_undated_records_are_counted_beside_the_weeks(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("undated")
    undated = {"a.md": a_story(40, publishedDateTime=None), "b.md": a_story(41, publishedDateTime=None)}
    async with reading_files(folder, undated | stories(3)) as pilot:
        await _open(pilot)
        assert _about(pilot) == "All weeks · 3 records, 2 more without a date"
    async with reading_files(tmp_path_factory.mktemp("none"), undated) as pilot:
        await _open(pilot)
        assert _about(pilot) == "No record here has a date."
        assert len(_hottest(pilot)) == 2


@pytest.mark.parametrize(
    ("failure", "words"),
    [
        (IndexUnusableError("gone"), "The corpus is being read for the first time; try again in a moment."),
        (IndexFailedError(sqlite3.OperationalError("disk I/O error")), "did not answer"),
    ],
)
async def test_an_index_that_does_not_answer_is_told(
    library: Library, monkeypatch: pytest.MonkeyPatch, failure: Exception, words: str
) -> None:
    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(Reader, "trends", fail)
    async with reading(library) as pilot:
        await _open(pilot)
        assert words in _about(pilot)
        await _press(pilot, "left", "escape")
        assert is_alone(pilot)
