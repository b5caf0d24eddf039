from __future__ import annotations

from datetime import UTC, datetime

import pytest

from newsreader.domain.query import parse
from newsreader.domain.query.ast import Dated
from newsreader.domain.query.date_terms import period, span

NOON = 1_624_881_600
"""28 June 2021, 12:00 UTC."""


def shown(seconds: int | None) -> str:
    return "" if seconds is None else f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2021", "2021-01-01 00:00", "2022-01-01 00:00"),
        ("2021-06", "2021-06-01 00:00", "2021-07-01 00:00"),
        ("2021-12", "2021-12-01 00:00", "2022-01-01 00:00"),
        ("2024-02", "2024-02-01 00:00", "2024-03-01 00:00"),
        ("2021-6-5", "2021-06-05 00:00", "2021-06-06 00:00"),
        ("2021/06/05", "2021-06-05 00:00", "2021-06-06 00:00"),
        ("2021-06-15T07:12", "2021-06-15 07:12", "2021-06-15 07:13"),
        ("2021-06-15t07:12Z", "2021-06-15 07:12", "2021-06-15 07:13"),
        ("today", "2021-06-28 00:00", "2021-06-29 00:00"),
        ("Yesterday", "2021-06-27 00:00", "2021-06-28 00:00"),
        ("tomorrow", "2021-06-29 00:00", "2021-06-30 00:00"),
        ("12h", "2021-06-28 00:00", "2021-06-28 00:00"),
        ("2d", "2021-06-26 12:00", "2021-06-26 12:00"),
        ("1w", "2021-06-21 12:00", "2021-06-21 12:00"),
        ("1m", "2021-05-29 12:00", "2021-05-29 12:00"),
        ("1y", "2020-06-28 12:00", "2020-06-28 12:00"),
    ],
)
def test_a_date_stands_for_a_period(text: str, start: str, end: str) -> None:
    found = period(text, NOON)
    assert found is not None
    assert (shown(found.start), shown(found.end)) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "21",
        "2021-13",
        "2021-02-30",
        "0000",
        "2021-06-15T24:00",
        "2021-06-15T07:60",
        "7x",
        "d",
        "now",
        "٢٠٢١",
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    assert period(text, NOON) is None


def test_the_last_year_of_the_calendar_has_an_end() -> None:
    year, month = period("9999", NOON), period("9999-12", NOON)
    assert year is not None
    assert month is not None
    assert year.end == month.end == year.start + 365 * 86_400  # type: ignore[operator]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("date:2021-06", "2021-06-01 00:00", "2021-07-01 00:00"),
        ("date:2021-06..2021-08", "2021-06-01 00:00", "2021-09-01 00:00"),
        ("date>=2021-06", "2021-06-01 00:00", ""),
        ("date>2021-06", "2021-07-01 00:00", ""),
        ("date<2021-06", "", "2021-06-01 00:00"),
        ("date<=2021-06", "", "2021-07-01 00:00"),
        ("after:yesterday", "2021-06-27 00:00", ""),
        ("before:yesterday", "", "2021-06-27 00:00"),
        ("newer:2d", "2021-06-26 12:00", ""),
        ("older:2d", "", "2021-06-26 12:00"),
        ("date:2d", "2021-06-26 12:00", ""),
        ("date:2d..1d", "2021-06-26 12:00", "2021-06-27 12:00"),
        ("after:1970-01-01", "1970-01-01 00:00", ""),
        ("before:1970-01-01", "", "1970-01-01 00:00"),
    ],
)
def test_a_condition_reaches_from_a_moment_to_a_moment(text: str, start: str, end: str) -> None:
    dated = parse(text).condition
    assert isinstance(dated, Dated)
    found = span(dated, NOON)
    assert (shown(found.start), shown(found.end)) == (start, end)
