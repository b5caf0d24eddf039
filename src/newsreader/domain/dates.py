"""Format times of publication in English. `date_parsing.py` parses them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

from newsreader.domain.plural import counted

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
WEEK: Final = 7 * DAY

# The names of the standard library depend on the locale.
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - all sums here are in UTC, and naive ones are faster
EPOCH_DAY: Final = _EPOCH.toordinal()
FIRST: Final = (date.min.toordinal() - EPOCH_DAY) * DAY
LAST: Final = (date.max.toordinal() - EPOCH_DAY + 1) * DAY - 1
"""The range of dates, in seconds since the Unix epoch."""

# Mean lengths in the Gregorian calendar.
_DAYS_IN_YEAR: Final = 365.2425
_DAYS_IN_MONTH: Final = _DAYS_IN_YEAR / 12
_DAYS_SHOWN_IN_WEEKS: Final = 61


class DateForm(StrEnum):
    """The format of dates: age, date in text, or ISO 8601."""

    RELATIVE = "relative"
    ABSOLUTE = "absolute"
    ISO = "iso"


class Moment(NamedTuple):
    """A point in time in UTC."""

    seconds: int
    """Seconds since the Unix epoch."""
    day_only: bool
    """Whether the time of day is unknown: a bare date, or midnight UTC, which stands for one."""


def absolute(moment: Moment) -> str:
    """Format a date and time: "Mon 28 Jun 2021, 07:12 UTC"; the time is omitted if unknown."""
    when = _calendar(moment.seconds)
    day = f"{_WEEKDAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]} {when.year}"
    return day if moment.day_only else f"{day}, {when.hour:02}:{when.minute:02} UTC"


def iso(moment: Moment) -> str:
    """Format as ISO 8601 for programs: "2021-06-28T07:12:00Z"."""
    return f"{_calendar(moment.seconds).isoformat()}Z"


def day_in_words(moment: Moment) -> str:
    """Format the day: "28 Jun 2021"."""
    when = _calendar(moment.seconds)
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def month_and_year(moment: Moment) -> tuple[str, int]:
    """Return the abbreviated month and the year."""
    when = _calendar(moment.seconds)
    return MONTHS[when.month - 1], when.year


def age(moment: Moment, now: int) -> str:
    """Format the age in at most 11 cells: "12 min", "5 h", "in 3 d"; from a week on as "28 Jun 2021".

    `now` is in seconds since the Unix epoch.
    """
    past, seconds = _distance(moment, now)
    if moment.day_only and seconds < DAY:
        return "today"
    if seconds < MINUTE:
        return "now"
    if seconds >= WEEK:
        return _short_date(moment.seconds, now)
    if seconds < HOUR:
        text = f"{seconds // MINUTE} min"
    elif seconds < DAY:
        text = f"{seconds // HOUR} h"
    else:
        text = f"{seconds // DAY} d"
    return text if past else f"in {text}"


def day_or_age(moment: Moment, now: int, form: DateForm) -> str:
    """Format a date in at most 11 cells, for a list row. `now` is in seconds since the Unix epoch."""
    if form is DateForm.RELATIVE:
        return age(moment, now)
    if form is DateForm.ABSOLUTE:
        return day_in_words(moment)
    return f"{_calendar(moment.seconds):%Y-%m-%d}"


def in_full(moment: Moment, now: int, form: DateForm) -> str:
    """Format date and time, for a story. `now` is in seconds since the Unix epoch."""
    if form is DateForm.ISO:
        when = _calendar(moment.seconds)
        return f"{when:%Y-%m-%d}" if moment.day_only else f"{when:%Y-%m-%d %H:%M} UTC"
    date_and_time = absolute(moment)
    return f"{date_and_time} · {relative(moment, now)}" if form is DateForm.RELATIVE else date_and_time


def relative(moment: Moment, now: int) -> str:
    """Format the age in text, rounded down: "12 minutes ago", "5 weeks ago", "in 3 days".

    `now` is in seconds since the Unix epoch.
    """
    past, seconds = _distance(moment, now)
    days = seconds // DAY
    if moment.day_only and days < 2:
        return "today" if not days else "yesterday" if past else "tomorrow"
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        text = counted(seconds // MINUTE, "minute")
    elif seconds < DAY:
        text = counted(seconds // HOUR, "hour")
    elif seconds < WEEK:
        text = counted(days, "day")
    elif days < _DAYS_SHOWN_IN_WEEKS:
        text = counted(seconds // WEEK, "week")
    elif days < _DAYS_IN_YEAR:
        text = counted(int(days / _DAYS_IN_MONTH), "month")
    else:
        text = counted(int(days / _DAYS_IN_YEAR), "year")
    return f"{text} ago" if past else f"in {text}"


def duration_words(seconds: int) -> str:
    """Format a duration in its one or two largest units: "1 h 5 min", "3 min 39 s", "45 s"."""
    units = ((DAY, "d"), (HOUR, "h"), (MINUTE, "min"), (1, "s"))
    left = max(0, seconds)
    for (size, name), (small, small_name) in pairwise(units):
        if left >= size:
            rest = left % size // small
            return f"{left // size} {name} {rest} {small_name}" if rest else f"{left // size} {name}"
    return f"{left} s"


def _calendar(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=min(max(seconds, FIRST), LAST))


def _distance(moment: Moment, now: int) -> tuple[bool, int]:
    """Return whether `moment` is past, and its distance in seconds: whole days if only the day is known."""
    if moment.day_only:
        days = now // DAY - moment.seconds // DAY
        return days >= 0, abs(days) * DAY
    return now >= moment.seconds, abs(now - moment.seconds)


def _short_date(seconds: int, now: int) -> str:
    when = _calendar(seconds)
    day = f"{when.day} {MONTHS[when.month - 1]}"
    return day if when.year == _calendar(now).year else f"{day} {when.year}"
