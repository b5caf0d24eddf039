"""Divide time into editions, and arrange the stories of one as a front page.

An edition covers a day, a week or a month, in UTC. Months are divided on their own, so that a record changes
the span of the editions of its month only: the shortest span with enough stories on average is used. Weeks
begin on Monday and end with their month. Records without a date form an edition of their own, the first.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from newsreader.domain.dates import DAY, EPOCH_DAY, Moment
from newsreader.domain.digest import Section
from newsreader.domain.plural import counted

ENOUGH = 5
"""Least number of stories that an edition should have on average."""

MOST_SECONDARY = 4
"""Maximum number of stories beside the lead."""

WEEKS = 53
"""Weeks of a year, the last one of a day or two."""

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_BOXED = frozenset({"video", "course", "collection", "download", "podcast", "book"})
"""Types of records that are listed in a box of their own."""


class EditionSpan(StrEnum):
    """The span of an edition."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    UNDATED = "undated"


class Edition(NamedTuple):
    """An edition: its span, its first and last day, and its number of stories.

    Days are counted from the Unix epoch; both are 0 if the span is `UNDATED`.
    """

    span: EditionSpan
    first: int
    last: int
    stories: int

    @property
    def start(self) -> int:
        """Its first second, since the Unix epoch."""
        return self.first * DAY

    @property
    def end(self) -> int:
        """The first second after it, since the Unix epoch."""
        return (self.last + 1) * DAY

    @property
    def title(self) -> str:
        """The date in words: "Monday, 28 June 2021", "28–30 June 2021", "June 2021"."""
        if self.span is EditionSpan.UNDATED:
            return "Without a date"
        first, last = _date(self.first), _date(self.last)
        month = f"{_MONTHS[first.month - 1]} {first.year}"
        if self.span is EditionSpan.MONTH:
            return month
        if first == last:
            return f"{_WEEKDAYS[first.weekday()]}, {first.day} {month}"
        return f"{first.day}–{last.day} {month}"

    @property
    def year(self) -> int | None:
        """The year, None for records without a date."""
        return None if self.span is EditionSpan.UNDATED else _date(self.first).year

    @property
    def month(self) -> tuple[int, int]:
        """Year and month; (0, 0) for records without a date."""
        if self.span is EditionSpan.UNDATED:
            return 0, 0
        first = _date(self.first)
        return first.year, first.month


class EditionStory(NamedTuple):
    """A story of an edition.

    `outlets` is the number of other outlets that had reported it by the end of the edition. `signal` is heat,
    or quality if heat is unknown; None if both are.
    """

    record_id: int
    title: str
    excerpt: str
    provider: str
    moment: Moment | None
    signal: int | None
    outlets: int
    type: str
    topic: str


class EditionPage(NamedTuple):
    """The stories of an edition by their place on the page, in reading order; each is in one place.

    `sections` are topics with at least two stories, `briefs` the remaining stories, `boxed` videos, courses
    and the like.
    """

    edition: Edition
    lead: EditionStory
    secondary: Sequence[EditionStory]
    sections: Sequence[Section[EditionStory]]
    briefs: Sequence[EditionStory]
    boxed: Sequence[EditionStory]

    @property
    def stories(self) -> tuple[EditionStory, ...]:
        """All stories, in reading order."""
        in_sections = (story for section in self.sections for story in section.stories)
        return (self.lead, *self.secondary, *in_sections, *self.briefs, *self.boxed)

    @property
    def dateline(self) -> str:
        """Date, number of stories and number of outlets."""
        outlets = {story.provider.casefold() for story in self.stories if story.provider}
        counts = [counted(len(self.stories), "story", "stories")]
        counts += [counted(len(outlets), "outlet")] if outlets else []
        return " · ".join((self.edition.title, *counts))


class EditionPlan(NamedTuple):
    """All editions of a corpus, oldest first."""

    editions: tuple[Edition, ...]

    def at(self, day: int) -> int:
        """Return the number of the edition of a day (since the Unix epoch), or else of the last before it.

        The first dated edition if all are later; 0 if no edition has a date.
        """
        undated = sum(edition.span is EditionSpan.UNDATED for edition in self.editions[:1])
        found = bisect_right(self.editions, day, lo=undated, key=lambda edition: edition.first) - 1
        return min(max(found, undated), max(0, len(self.editions) - 1))

    def step(self, number: int, count: int) -> int:
        """Return the number of the edition so many editions later; the first or last at the ends."""
        return max(0, min(number + count, len(self.editions) - 1))

    def weeks_of(self, year: int) -> list[int]:
        """Return the stories of each week of seven days from 1 January; those of an edition are spread."""
        weeks = [0] * WEEKS
        start = first_day(year)
        for edition in self.editions:
            if edition.year == year:
                covered = range((edition.first - start) // 7, (edition.last - start) // 7 + 1)
                for week in covered:
                    weeks[week] += -(-edition.stories // len(covered))
        return weeks

    def step_month(self, number: int, direction: int) -> int:
        """Return the number of the first edition of the next (1) or previous (-1) month that has one.

        The number itself if there is none.
        """
        months = [edition.month for edition in self.editions]
        others = [month for month in months if (month > months[number]) == (direction > 0)]
        others = [month for month in others if month != months[number]]
        if not others:
            return number
        return months.index(min(others) if direction > 0 else max(others))


def plan_editions(stories: Mapping[int, int], undated: int = 0) -> EditionPlan:
    """Divide days into editions, so that every day with stories is in exactly one.

    Args:
        stories: The number of stories of each day, counted from the Unix epoch.
        undated: The number of stories without a date.

    """
    days = sorted(day for day, count in stories.items() if count > 0)
    dated = (
        edition
        for _, month in groupby(days, key=lambda day: (_date(day).year, _date(day).month))
        for edition in _editions_of_month(list(month), stories)
    )
    first = (Edition(EditionSpan.UNDATED, 0, 0, undated),) if undated else ()
    return EditionPlan((*first, *dated))


def first_day(year: int, month: int = 1) -> int:
    """Return the first day of a month, counted from the Unix epoch."""
    return date(year, month, 1).toordinal() - EPOCH_DAY


def arrange(edition: Edition, stories: Iterable[EditionStory]) -> EditionPage | None:
    """Arrange the stories of an edition, best first, as a page; None if there are none."""
    ranked = list(stories)
    news = [story for story in ranked if story.type not in _BOXED] or ranked
    if not news:
        return None
    boxed = [story for story in ranked if story.type in _BOXED] if news is not ranked else []
    lead, *rest = news
    beside = min(MOST_SECONDARY, len(rest) if len(rest) <= MOST_SECONDARY else max(2, len(rest) // 3))
    by_topic: dict[str, list[EditionStory]] = {}
    for story in rest[beside:]:
        by_topic.setdefault(story.topic, []).append(story)
    sections = [Section(topic, found) for topic, found in by_topic.items() if topic and len(found) > 1]
    in_sections = {section.topic for section in sections}
    briefs = [story for story in rest[beside:] if story.topic not in in_sections]
    return EditionPage(edition, lead, rest[:beside], sections, briefs, boxed)


def _editions_of_month(days: Sequence[int], stories: Mapping[int, int]) -> Iterator[Edition]:
    """Divide the days with stories of one month by the shortest span that has enough of them."""
    total = sum(stories[day] for day in days)
    weeks = [list(week) for _, week in groupby(days, key=lambda day: (day + 3) // 7)]
    first = _date(days[0]).replace(day=1).toordinal() - EPOCH_DAY
    last = _last_of_month(first)
    if total >= ENOUGH * len(days):
        for day in days:
            yield Edition(EditionSpan.DAY, day, day, stories[day])
    elif total >= ENOUGH * len(weeks):
        for week in weeks:
            monday = (week[0] + 3) // 7 * 7 - 3
            count = sum(stories[day] for day in week)
            yield Edition(EditionSpan.WEEK, max(monday, first), min(monday + 6, last), count)
    else:
        yield Edition(EditionSpan.MONTH, first, last, total)


def _last_of_month(first: int) -> int:
    start = _date(first)
    if (start.year, start.month) == (date.max.year, 12):
        return date.max.toordinal() - EPOCH_DAY
    following = date(start.year + start.month // 12, start.month % 12 + 1, 1)
    return following.toordinal() - 1 - EPOCH_DAY


def _date(day: int) -> date:
    return date.fromordinal(day + EPOCH_DAY)
