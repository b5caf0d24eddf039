"""Weeks: which one a moment belongs to, how they are told, and how a filter is narrowed to one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.domain.dates import DAY, WEEK
from newsreader.domain.query import parse
from newsreader.domain.query.ast import AllOf, Dated
from newsreader.domain.query.date_terms import span
from newsreader.domain.trends import (
    LONGEST_GAP,
    Trends,
    monday,
    trends_in_words,
    week_in_words,
    within_week,
)
from tests.builders import week_of
from tests.ui.harness import NOW

FIRST = (date.min.toordinal() - date(1970, 1, 1).toordinal()) * DAY
LAST = (date.max.toordinal() - date(1970, 1, 1).toordinal() + 1) * DAY - 1

moments = st.integers(FIRST, LAST)


def test_a_week_goes_from_monday_to_sunday() -> None:
    week = week_of(NOW)  # a Thursday
    assert week_in_words(week) == "Week of Mon 28 Jun 2021"
    assert [week_of(NOW - 4 * DAY), week_of(NOW + 3 * DAY), week_of(NOW + 4 * DAY)] == [
        week - 1,
        week,
        week + 1,
    ]


@given(moments)
def test_every_moment_lies_in_its_week_before_1970_too(seconds: int) -> None:
    start = monday(week_of(seconds)).seconds
    assert start <= seconds < start + WEEK
    day = date.fromordinal(date(1970, 1, 1).toordinal() + start // DAY)
    assert day.weekday() == 0


@given(moments)
def test_the_filter_of_a_week_stands_for_all_of_it(seconds: int) -> None:
    week = week_of(seconds)
    condition = parse(within_week("", week)).condition
    assert isinstance(condition, Dated)
    start, end = span(condition, 0)
    assert start == monday(week).seconds
    assert end == min(start + WEEK, LAST + 1)


@pytest.mark.parametrize(
    "text",
    [
        "chip",
        "chip quality>=90 -cloud",
        "chip OR gpu",
        "(chip | gpu) ai",
        "chip | gpu sort:new limit:3",
        "-chip",
        "-(a OR b)",
        'a "b',
        "C++",
        "AT&T",
        "sort:new",
        "date:2021",
        '"title:x"',
        "a:b",
    ],
)
def test_a_filter_is_narrowed_and_means_else_what_it_meant(text: str) -> None:
    before, after = parse(text), parse(within_week(text, week_of(NOW)))
    period = Dated("2021-06-28", "2021-07-04")
    parts = before.condition.parts if isinstance(before.condition, AllOf) else (before.condition,)
    assert after.condition == (period if before.condition is None else AllOf((period, *parts)))
    assert (after.order, after.limit) == (before.order, before.limit)


def test_short_gaps_are_told_week_by_week_and_long_ones_as_one() -> None:
    near, far = 10 + LONGEST_GAP + 1, 1_000_000
    columns = Trends({10: 2, near: 1, far: 5}).columns
    assert columns == (*range(10, near + 1), None, far)
    assert Trends().columns == ()
    assert Trends({3: 2, 4: 5}, undated=1).dated == 7


@pytest.mark.parametrize(
    ("trends", "words"),
    [
        (Trends(), "There are no records here."),
        (Trends(undated=2), "No record here has a date."),
        (Trends({7: 1}), "All weeks · 1 record"),
        (Trends({7: 1, 9: 2}, undated=4), "All weeks · 3 records, 4 more without a date"),
    ],
)
def test_how_many_records_there_are_is_told(trends: Trends, words: str) -> None:
    assert trends_in_words(trends) == words


def test_a_week_is_told_with_its_share() -> None:
    week = week_of(NOW)
    assert trends_in_words(Trends({week: 2, week + 1: 5}), week) == "Week of Mon 28 Jun 2021 · 2 of 7 records"
