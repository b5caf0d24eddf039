"""The number of records per week. Weeks begin on Monday, 00:00 UTC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from newsreader.domain.dates import DAY, EPOCH_DAY, WEEK, Moment, absolute
from newsreader.domain.plural import counted
from newsreader.domain.query import parse

TO_MONDAY = 3 * DAY
"""Seconds from the start of week 0 to the Unix epoch, a Thursday."""

LONGEST_GAP = 6
"""Maximum number of consecutive empty weeks that are shown; more are shown as a gap."""

MOST_NAMED = 10
"""Maximum number of topics and of providers."""

HOTTEST = 10
"""Maximum number of stories listed for a week."""


class Trend(NamedTuple):
    """The number of records of a topic or provider, in total and in each week that has any."""

    name: str
    records: int
    weeks: Mapping[int, int]


class Trends(NamedTuple):
    """The number of records in each week that has any, and of topics and providers, in descending order.

    Weeks are numbered from the week of the Unix epoch.
    """

    weeks: Mapping[int, int] = {}
    undated: int = 0
    topics: Sequence[Trend] = ()
    providers: Sequence[Trend] = ()

    @property
    def dated(self) -> int:
        """The number of dated records."""
        return sum(self.weeks.values())

    @property
    def columns(self) -> tuple[int | None, ...]:
        """The weeks from the first to the last with records; None stands for a gap."""
        filled = sorted(self.weeks)
        columns: list[int | None] = [*filled[:1]]
        for before, after in pairwise(filled):
            columns += [None] if after - before - 1 > LONGEST_GAP else range(before + 1, after)
            columns.append(after)
        return tuple(columns)


def monday(week: int) -> Moment:
    """Return the first day of a week."""
    return Moment(week * WEEK - TO_MONDAY, day_only=True)


def week_in_words(week: int) -> str:
    """Format a week: "Week of Mon 7 Jun 2021"."""
    return f"Week of {absolute(monday(week))}"


def trends_in_words(trends: Trends, week: int | None = None) -> str:
    """Describe the selected week, or all weeks."""
    if not trends.dated:
        return "No record here has a date." if trends.undated else "There are no records here."
    all_records = counted(trends.dated, "record")
    if week is not None:
        return f"{week_in_words(week)} · {trends.weeks.get(week, 0):,} of {all_records}"
    undated = f", {trends.undated:,} more without a date" if trends.undated else ""
    return f"All weeks · {all_records}{undated}"


def within_week(text: str, week: int) -> str:
    """Restrict a filter to one week.

    Raises:
        QueryError: `text` is invalid.

    """
    start = monday(week).seconds // DAY + EPOCH_DAY
    first = date.fromordinal(start)
    last = date.fromordinal(min(start + 6, date.max.toordinal()))
    from newsreader.domain.query.ast import AnyOf  # keeps start-up fast

    # The date goes first, because the last word of a filter matches as a prefix.
    period = f"date:{first.isoformat()}..{last.isoformat()}"
    query = parse(text)
    if not isinstance(query.condition, AnyOf):
        return f"{period} {text}".strip()
    rest = query._replace(condition=None)
    return f"{period} ({query.condition}) {rest}".strip()
