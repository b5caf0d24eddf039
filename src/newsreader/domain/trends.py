"""How the records of a view spread over weeks. Weeks begin on Monday, 00:00 UTC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from newsreader.domain.dates import DAY, EPOCH_DAY, WEEK, Moment, absolute
from newsreader.domain.plural import counted
from newsreader.domain.query import parse

TO_MONDAY = 3 * DAY
"""From the Monday before 1970, a Thursday, to its first day."""

LONGEST_GAP = 6
"""Weeks without records that are shown one by one; more in a row are shown as a gap."""

MOST_NAMED = 10
"""Topics and providers that are told of."""

HOTTEST = 10
"""Stories of a week that are listed."""


class Trend(NamedTuple):
    """The records of one topic or provider: how many in all, and in each week that has any."""

    name: str
    records: int
    weeks: Mapping[int, int]


class Trends(NamedTuple):
    """The records of a view in each week that has any, and those of its topics and providers, most first.

    Weeks are numbers as `week_of` gives them. `undated` records belong to no week.
    """

    weeks: Mapping[int, int] = {}
    undated: int = 0
    topics: Sequence[Trend] = ()
    providers: Sequence[Trend] = ()

    @property
    def dated(self) -> int:
        """How many records belong to some week."""
        return sum(self.weeks.values())

    @property
    def columns(self) -> tuple[int | None, ...]:
        """The weeks from the first to the last with records; None for each long gap between them."""
        filled = sorted(self.weeks)
        columns: list[int | None] = [*filled[:1]]
        for before, after in pairwise(filled):
            columns += [None] if after - before - 1 > LONGEST_GAP else range(before + 1, after)
            columns.append(after)
        return tuple(columns)


def monday(week: int) -> Moment:
    """The day on which a week begins."""
    return Moment(week * WEEK - TO_MONDAY, day_only=True)


def week_in_words(week: int) -> str:
    """A week as "Week of Mon 7 Jun 2021"."""
    return f"Week of {absolute(monday(week))}"


def trends_in_words(trends: Trends, week: int | None = None) -> str:
    """What is chosen, in words and numbers."""
    if not trends.dated:
        return "No record here has a date." if trends.undated else "There are no records here."
    all_records = counted(trends.dated, "record")
    if week is not None:
        return f"{week_in_words(week)} · {trends.weeks.get(week, 0):,} of {all_records}"
    undated = f", {trends.undated:,} more without a date" if trends.undated else ""
    return f"All weeks · {all_records}{undated}"


def within_week(text: str, week: int) -> str:
    """The filter that finds what `text` finds, of one week alone.

    Raises:
        QueryError: `text` makes no sense.

    """
    start = monday(week).seconds // DAY + EPOCH_DAY
    first = date.fromordinal(start)
    last = date.fromordinal(min(start + 6, date.max.toordinal()))
    from newsreader.domain.query.ast import AnyOf  # a start need not wait for it

    # In front, because the last word of a filter is one that is still being typed.
    period = f"date:{first.isoformat()}..{last.isoformat()}"
    query = parse(text)
    if not isinstance(query.condition, AnyOf):
        return f"{period} {text}".strip()
    rest = query._replace(condition=None)
    return f"{period} ({query.condition}) {rest}".strip()
