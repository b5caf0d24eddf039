"""Moments of publication: read from the many forms that records carry, and told in English words."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR
WEEK: Final = 7 * DAY

# Own names: those of the standard library follow the locale.
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - all sums here are in UTC, and naive ones are faster
_EPOCH_DAY: Final = _EPOCH.toordinal()
_FIRST: Final = (date.min.toordinal() - _EPOCH_DAY) * DAY
_LAST: Final = (date.max.toordinal() - _EPOCH_DAY + 1) * DAY - 1

# Mean lengths in the Gregorian calendar, for words that need no more precision.
_DAYS_IN_YEAR: Final = 365.2425
_DAYS_IN_MONTH: Final = _DAYS_IN_YEAR / 12
_DAYS_TOLD_IN_WEEKS: Final = 61

_LONGEST: Final = 64
_NUMERIC: Final = re.compile(
    r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})"
    r"(?:(?:[Tt]|\s+)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?(?:\s*([Zz]|UTC|GMT|[+-][0-9:]+))?)?"
)
# RFC 5322, with the zone names that its obsolete syntax (section 4.3) defines.
_MAIL: Final = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?([0-9]{1,2})\s+([A-Za-z]{3})\s+([0-9]{4})\s+([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"
    r"(?:\s+([A-Za-z]{1,3}|[+-][0-9]{4}))?"
)
_OFFSET: Final = re.compile(r"([+-])([0-9]{1,2})(?::?([0-5][0-9]))?")
_ZONES: Final = {"Z": 0, "UT": 0, "UTC": 0, "GMT": 0} | {
    zone + kind + "T": (hours + (kind == "D")) * HOUR
    for zone, hours in {"E": -5, "C": -6, "M": -7, "P": -8}.items()
    for kind in "SD"
}
_DURATION: Final = re.compile(
    r"P(?=[0-9T])(?:([0-9]{1,9})W)?(?:([0-9]{1,9})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(?:[.,][0-9]+)?S)?)?",
    re.IGNORECASE,
)


class Moment(NamedTuple):
    """A moment in UTC."""

    seconds: int
    """Seconds since the Unix epoch."""
    day_only: bool
    """True where the time of day is not known: a bare date, or midnight UTC, which stands for one."""


def parse_moment(value: object) -> Moment | None:
    """Return the moment that `value` names, or None: it never raises.

    Accepted are text in ISO 8601 and its relatives (slashes, a space for the T, one-digit months, any way to
    write the offset), mail dates, dates and datetimes as a YAML loader makes them, and seconds since the
    epoch. A time without an offset is UTC. A month above 12 has changed places with the day.
    """
    if isinstance(value, str):
        return _from_text(value.strip()) if len(value) <= _LONGEST else None
    if isinstance(value, datetime):
        return _from_datetime(value)
    if isinstance(value, date):
        return Moment((value.toordinal() - _EPOCH_DAY) * DAY, day_only=True)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value)
    return None


def absolute(moment: Moment) -> str:
    """Return the moment in full: "Mon 28 Jun 2021, 07:12 UTC", or the day alone where no time is known."""
    when = _calendar(moment.seconds)
    day = f"{_WEEKDAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]} {when.year}"
    return day if moment.day_only else f"{day}, {when.hour:02}:{when.minute:02} UTC"


def day_in_words(moment: Moment) -> str:
    """Return the day: "28 Jun 2021"."""
    when = _calendar(moment.seconds)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def month_and_year(moment: Moment) -> tuple[str, int]:
    """Return the short name of the month, and the year."""
    when = _calendar(moment.seconds)
    return _MONTHS[when.month - 1], when.year


def age(moment: Moment, now: int) -> str:
    """Return the age in at most 11 cells, for a row: "12 min", "5 h", "3 d", then "28 Jun" or "28 Jun 2021".

    `now` is in seconds since the epoch. The future reads "in 5 h".
    """
    past, seconds = _distance(moment, now)
    if moment.day_only and seconds < DAY:
        return "today"
    if seconds < MINUTE:
        return "now"
    if seconds >= WEEK:
        return _short_date(moment.seconds, now)
    if seconds < HOUR:
        words = f"{seconds // MINUTE} min"
    elif seconds < DAY:
        words = f"{seconds // HOUR} h"
    else:
        words = f"{seconds // DAY} d"
    return words if past else f"in {words}"


def relative(moment: Moment, now: int) -> str:
    """Return the age in words, rounded down: "12 minutes ago", "5 weeks ago", "in 3 days".

    `now` is in seconds since the epoch.
    """
    past, seconds = _distance(moment, now)
    days = seconds // DAY
    if moment.day_only and days < 2:
        return "today" if not days else "yesterday" if past else "tomorrow"
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        words = _counted(seconds // MINUTE, "minute")
    elif seconds < DAY:
        words = _counted(seconds // HOUR, "hour")
    elif seconds < WEEK:
        words = _counted(days, "day")
    elif days < _DAYS_TOLD_IN_WEEKS:
        words = _counted(seconds // WEEK, "week")
    elif days < _DAYS_IN_YEAR:
        words = _counted(int(days / _DAYS_IN_MONTH), "month")
    else:
        words = _counted(int(days / _DAYS_IN_YEAR), "year")
    return f"{words} ago" if past else f"in {words}"


def parse_duration(text: str) -> int | None:
    """Return the seconds in an ISO 8601 duration such as "PT1H5M", or None.

    Years and months are refused, for their length varies; fractions of a second are dropped.
    """
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        return None
    weeks, days, hours, minutes, seconds = [int(part or 0) for part in found.groups()]
    return weeks * WEEK + days * DAY + hours * HOUR + minutes * MINUTE + seconds


def duration_words(seconds: int) -> str:
    """Return a length of time in its one or two largest units: "1 h 5 min", "3 min 39 s", "45 s"."""
    units = ((DAY, "d"), (HOUR, "h"), (MINUTE, "min"), (1, "s"))
    left = max(0, seconds)
    for (size, name), (small, small_name) in pairwise(units):
        if left >= size:
            rest = left % size // small
            return f"{left // size} {name} {rest} {small_name}" if rest else f"{left // size} {name}"
    return f"{left} s"


def _from_text(text: str) -> Moment | None:
    found = _NUMERIC.fullmatch(text)
    if found is not None:
        year, _, month, day, hour, minute, second, zone = found.groups()
        if hour is None:
            return _moment(int(year), int(month), int(day))
        clock = (int(hour), int(minute), int(second or 0))
        return _moment(int(year), int(month), int(day), clock, zone)
    found = _MAIL.fullmatch(text)
    if found is None or found[2].title() not in _MONTHS:
        return None
    month_number = _MONTHS.index(found[2].title()) + 1
    clock = (int(found[4]), int(found[5]), int(found[6] or 0))
    return _moment(int(found[3]), month_number, int(found[1]), clock, found[7])


def _from_datetime(value: datetime) -> Moment | None:
    try:
        offset = value.utcoffset()
    except Exception:  # noqa: BLE001 - a time zone may be any code
        return None
    local = value.replace(tzinfo=None, microsecond=0)
    shift = int(offset.total_seconds()) if offset else 0
    seconds = (
        (local.toordinal() - _EPOCH_DAY) * DAY + local.hour * HOUR + local.minute * MINUTE + local.second
    )
    return _within_years(seconds - shift, day_only=not shift and seconds % DAY == 0)


def _from_number(value: float) -> Moment | None:
    # A small number is a year (2021) or a blank (0), and no moment of the first hours of 1970. The first
    # comparison is false for "not a number" too.
    if not 10_000 <= abs(value) < 4e11:
        return None
    return _within_years(int(value // 1), day_only=value % DAY == 0)


def _moment(
    year: int, month: int, day: int, clock: tuple[int, int, int] | None = None, zone: str | None = None
) -> Moment | None:
    if month > 12 >= day:
        month, day = day, month
    try:
        midnight = (date(year, month, day).toordinal() - _EPOCH_DAY) * DAY
    except ValueError:
        return None
    if clock is None:
        return Moment(midnight, day_only=True)
    offset = _offset(zone)
    hour, minute, second = clock
    if offset is None or minute > 59 or second > 60 or hour > 24 or (hour == 24 and (minute or second)):
        return None
    # A leap second has no number of its own in Unix time.
    seconds = midnight + hour * HOUR + minute * MINUTE + min(second, 59)
    return _within_years(seconds - offset, day_only=not offset and seconds == midnight)


def _offset(zone: str | None) -> int | None:
    """Return the seconds east of UTC, or None if `zone` is not known."""
    if not zone:
        return 0
    found = _OFFSET.fullmatch(zone)
    if found is None:
        return _ZONES.get(zone.upper())
    hours, minutes = int(found[2]), int(found[3] or 0)
    if hours > 23:
        return None
    return (hours * HOUR + minutes * MINUTE) * (-1 if found[1] == "-" else 1)


def _within_years(seconds: int, *, day_only: bool) -> Moment | None:
    return Moment(seconds, day_only) if _FIRST <= seconds <= _LAST else None


def _calendar(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=min(max(seconds, _FIRST), _LAST))


def _distance(moment: Moment, now: int) -> tuple[bool, int]:
    """Tell whether `moment` is past, and how many seconds away: whole days where only the day is known."""
    if moment.day_only:
        days = now // DAY - moment.seconds // DAY
        return days >= 0, abs(days) * DAY
    return now >= moment.seconds, abs(now - moment.seconds)


def _short_date(seconds: int, now: int) -> str:
    when = _calendar(seconds)
    day = f"{when.day} {_MONTHS[when.month - 1]}"
    return day if when.year == _calendar(now).year else f"{day} {when.year}"


def _counted(count: int, unit: str) -> str:
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
