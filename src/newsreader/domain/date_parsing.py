"""The many forms of a moment or a length of time that records carry -> values. Nothing here raises."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from newsreader.domain.dates import DAY, EPOCH_DAY, FIRST, HOUR, LAST, MINUTE, MONTHS, WEEK, Moment

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
        return Moment((value.toordinal() - EPOCH_DAY) * DAY, day_only=True)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(value)
    return None


def parse_duration(text: str) -> int | None:
    """Return the seconds in an ISO 8601 duration such as "PT1H5M", or None.

    Years and months are refused, for their length varies; fractions of a second are dropped.
    """
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        return None
    weeks, days, hours, minutes, seconds = [int(part or 0) for part in found.groups()]
    return weeks * WEEK + days * DAY + hours * HOUR + minutes * MINUTE + seconds


@lru_cache(maxsize=4_096)
def _from_text(text: str) -> Moment | None:
    """Kept for a while: each report of a story lists the same others."""
    found = _NUMERIC.fullmatch(text)
    if found is not None:
        year, _, month, day, hour, minute, second, zone = found.groups()
        if hour is None:
            return _moment(int(year), int(month), int(day))
        clock = (int(hour), int(minute), int(second or 0))
        return _moment(int(year), int(month), int(day), clock, zone)
    found = _MAIL.fullmatch(text)
    if found is None or found[2].title() not in MONTHS:
        return None
    month_number = MONTHS.index(found[2].title()) + 1
    clock = (int(found[4]), int(found[5]), int(found[6] or 0))
    return _moment(int(found[3]), month_number, int(found[1]), clock, found[7])


def _from_datetime(value: datetime) -> Moment | None:
    try:
        offset = value.utcoffset()
    except Exception:  # noqa: BLE001 - a time zone may be any code
        return None
    local = value.replace(tzinfo=None, microsecond=0)
    shift = int(offset.total_seconds()) if offset else 0
    seconds = (local.toordinal() - EPOCH_DAY) * DAY + local.hour * HOUR + local.minute * MINUTE + local.second
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
        midnight = (date(year, month, day).toordinal() - EPOCH_DAY) * DAY
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
    return Moment(seconds, day_only) if FIRST <= seconds <= LAST else None
