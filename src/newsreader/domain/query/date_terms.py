"""Dates in a filter: `2021`, `2021-06`, `2021-06-15`, `2021-06-15T07:12`, `today`, `yesterday`, `7d`.

A date denotes a period in UTC. Some are relative to a reference time: now, or for an archive the time of its
newest record.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.dates import DAY, EPOCH_DAY, HOUR, LAST, MINUTE, WEEK

if TYPE_CHECKING:
    from newsreader.domain.query.ast import Dated

_CALENDAR = re.compile(
    r"([0-9]{4})(?:[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2})(?:t([0-9]{1,2}):([0-9]{2})z?)?)?)?", re.IGNORECASE
)
_AGO = re.compile(r"([0-9]{1,6})([hdwmy])", re.IGNORECASE)
_UNITS = {"h": HOUR, "d": DAY, "w": WEEK, "m": 30 * DAY, "y": 365 * DAY}
_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1}


class Period(NamedTuple):
    """From `start`, inclusive, to `end`, exclusive, in seconds since the Unix epoch; None means no limit."""

    start: int | None
    end: int | None


def is_age(text: str) -> bool:
    """Check whether a date is an age (`7d`)."""
    return _AGO.fullmatch(text) is not None


def period(text: str, reference: int) -> Period | None:
    """Return the period of a date, which is empty for an age; None if it is no date.

    Args:
        text: See the module docstring.
        reference: The current time, in seconds since the Unix epoch.

    """
    text = text.casefold()
    if text in _DAYS:
        start = reference // DAY * DAY + _DAYS[text] * DAY
        return Period(start, start + DAY)
    if ago := _AGO.fullmatch(text):
        moment = reference - int(ago[1]) * _UNITS[ago[2]]
        return Period(moment, moment)
    found = _CALENDAR.fullmatch(text)
    return _calendar_period(*found.groups()) if found else None


def span(dated: Dated, reference: int) -> Period:
    """Return the period of publication that a condition requires."""
    since = period(dated.since, reference) if dated.since else None
    until = period(dated.until, reference) if dated.until else None
    return Period(
        since and (since.end if dated.since_ends else since.start),
        until and (until.start if dated.until_starts else until.end),
    )


def _calendar_period(
    year: str, month: str | None, day: str | None, hour: str | None, minute: str | None
) -> Period | None:
    try:
        start = _midnight(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if hour is not None:
        if int(hour) > 23 or int(minute or 0) > 59:
            return None
        start += int(hour) * HOUR + int(minute or 0) * MINUTE
        return Period(start, start + MINUTE)
    if day is not None:
        return Period(start, start + DAY)
    if month is not None:
        years, months = divmod(int(month), 12)
        return Period(start, _month_start(int(year) + years, months + 1))
    return Period(start, _month_start(int(year) + 1, 1))


def _month_start(year: int, month: int) -> int:
    if year > date.max.year:
        return LAST + 1
    return _midnight(year, month, 1)


def _midnight(year: int, month: int, day: int) -> int:
    return (date(year, month, day).toordinal() - EPOCH_DAY) * DAY
