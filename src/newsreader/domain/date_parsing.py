"""Parse the dates, times and durations of records and feeds. Nothing here raises."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Final

from newsreader.domain.dates import DAY, EPOCH_DAY, HOUR, MINUTE, MONTHS, WEEK, Moment

_LONGEST: Final = 64
_EARLIEST: Final = (date(1900, 1, 1).toordinal() - EPOCH_DAY) * DAY
_AHEAD: Final = 2 * 366 * DAY
"""How far in the future a date may be, in seconds."""


class DateOrder(StrEnum):
    """How to read an ambiguous date such as 03/05/2024."""

    REFUSED = "refused"
    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


_NUMERIC: Final = re.compile(
    r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})"
    r"(?:(?:[Tt]|\s+)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]+)?)?(?:\s*([Zz]|UTC|GMT|[+-][0-9:]+))?)?"
)
"""The form of nearly every record; `_forms` are tried only if it does not match."""

_UTC_SECOND: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?!24)[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
"""The most common case of `_NUMERIC`, which the standard library parses if the date exists."""

_DIGITS: Final = re.compile(r"([0-9]{4})(?:([0-9]{2})([0-9]{2})(?:([0-9]{2})([0-9]{2})([0-9]{2})?)?)?")
_EPOCH_SECONDS: Final = re.compile(r"[0-9]{9,10}(?:\.[0-9]{1,9})?")
_EPOCH_MILLISECONDS: Final = re.compile(r"[0-9]{13}")
_OFFSET: Final = re.compile(r"(?:UTC|GMT)?([+-])([0-9]{1,2})(?::?([0-5][0-9]))?", re.IGNORECASE)
_MONTH_NAMES: Final = dict(zip((name.lower() for name in MONTHS), range(1, 13), strict=True))
_FULL_MONTH: Final = re.compile(
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
# RFC 5322 (section 4.3), and unambiguous abbreviations: IST, for example, is refused.
# fmt: off
_HOURS: Final = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9,
    "AKDT": -8, "HST": -10, "MSK": 3, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}
# fmt: on
_DURATION: Final = re.compile(
    r"P(?=[0-9T])(?:([0-9]{1,9})W)?(?:([0-9]{1,9})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(?:[.,][0-9]+)?S)?)?",
    re.IGNORECASE,
)


def parse_moment(value: object, order: DateOrder = DateOrder.REFUSED) -> Moment | None:
    """Parse a date or time; return None if it is invalid or ambiguous.

    Accepted are ISO 8601 and variants of it, dates in English words, mail dates, compact digits (20240305,
    202403050708), seconds and milliseconds since the epoch, years and months alone, and the dates and
    datetimes of YAML and TOML loaders. A time without an offset is UTC. In an ISO date with a month above 12,
    month and day are swapped. Dates before 1900 and more than two years in the future are refused.

    Args:
        value: The value in the record or feed.
        order: How to read 03/05/2024; by default an ambiguous date is refused.

    """
    moment = _parse(value, order)
    if moment is None or not _EARLIEST <= moment.seconds <= time.time() + _AHEAD:
        return None
    return moment


def parse_duration(text: str) -> int | None:
    """Parse an ISO 8601 duration such as "PT1H5M" to seconds; return None if it is invalid.

    Years and months are refused because their length varies; fractions of a second are dropped.
    """
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        return None
    weeks, days, hours, minutes, seconds = [int(part or 0) for part in found.groups()]
    return weeks * WEEK + days * DAY + hours * HOUR + minutes * MINUTE + seconds


def _parse(value: object, order: DateOrder) -> Moment | None:
    if isinstance(value, str):
        return _from_text(value.strip(), order) if len(value) <= _LONGEST else None
    if isinstance(value, datetime):
        return _from_datetime(value)
    if isinstance(value, date):
        return Moment((value.toordinal() - EPOCH_DAY) * DAY, day_only=True)
    if isinstance(value, int) and not isinstance(value, bool):
        return _from_digits(str(value)) if 1_000 <= value < 10**14 else None
    if isinstance(value, float):
        return _from_digits(str(int(value))) if 1e8 <= value < 1e14 else None
    return None


@lru_cache(maxsize=4_096)  # the reports of a story list the same related entries
def _from_text(text: str, order: DateOrder) -> Moment | None:
    if _UTC_SECOND.fullmatch(text):
        with suppress(ValueError):  # of a leap second, for example
            return _at(int(datetime.fromisoformat(text).timestamp()))
    found = _NUMERIC.fullmatch(text)
    if found is not None:
        year, _, month, day, hour, minute, second, zone = found.groups()
        if hour is None:
            return _moment(int(year), int(month), int(day))
        clock = (int(hour), int(minute), int(second or 0))
        return _moment(int(year), int(month), int(day), clock, zone)
    return _from_digits(text) if text.isascii() and text[:8].isdigit() else _from_form(text, order)


def _from_digits(text: str) -> Moment | None:
    if found := _DIGITS.fullmatch(text):
        year, month, day, hour, minute, second = [int(part or 0) for part in found.groups()]
        if found[2] is None:
            return _moment(year, 1, 1)
        return _moment(year, month, day, (hour, minute, second) if found[4] else None, swap=False)
    if _EPOCH_SECONDS.fullmatch(text):
        return _at(int(text.partition(".")[0]))
    if _EPOCH_MILLISECONDS.fullmatch(text):
        return _at(int(text) // 1_000)
    return _from_form(text, DateOrder.REFUSED)


def _from_form(text: str, order: DateOrder) -> Moment | None:
    """Parse one of the less common forms."""
    for form in _forms():
        if found := form.fullmatch(text):
            return _from_parts({name: part for name, part in found.groupdict().items() if part}, order)
    return None


def _from_parts(parts: dict[str, str], order: DateOrder) -> Moment | None:
    year = int(parts["year"])
    if "week" in parts:
        try:
            day_of_week = date.fromisocalendar(year, int(parts["week"]), int(parts["weekday"]))
        except ValueError:
            return None
        return Moment((day_of_week.toordinal() - EPOCH_DAY) * DAY, day_only=True)
    month, day = int(parts.get("month", 1)), int(parts.get("day", 1))
    if "name" in parts:
        if not _FULL_MONTH.fullmatch(parts["name"].lower()):
            return None
        month = _MONTH_NAMES[parts["name"][:3].lower()]
    if "first" in parts:
        month, day = int(parts["first"]), int(parts["other"])
        if order is DateOrder.DAY_FIRST or (month > 12 and order is DateOrder.REFUSED):
            month, day = day, month
        elif order is DateOrder.REFUSED and day <= 12 and day != month:
            return None
    return _moment(year, month, day, _clock(parts), parts.get("zone"), swap=False)


def _clock(parts: dict[str, str]) -> tuple[int, int, int] | None:
    """Return the time of day; an invalid one for 12-hour times such as "13:00 pm"."""
    if "hour" not in parts:
        return None
    hour = int(parts["hour"])
    if "half" in parts:
        hour = hour % 12 + 12 * (parts["half"].lower() == "p") if 1 <= hour <= 12 else 99
    return hour, int(parts.get("minute", 0)), int(parts.get("second", 0))


def _from_datetime(value: datetime) -> Moment | None:
    try:
        offset = value.utcoffset()
    except Exception:  # noqa: BLE001 - a time zone may run any code
        return None
    local = value.replace(tzinfo=None, microsecond=0)
    shift = int(offset.total_seconds()) if offset else 0
    seconds = (local.toordinal() - EPOCH_DAY) * DAY + local.hour * HOUR + local.minute * MINUTE + local.second
    return Moment(seconds - shift, day_only=not shift and seconds % DAY == 0)


def _at(seconds: int) -> Moment:
    return Moment(seconds, day_only=seconds % DAY == 0)


def _moment(
    year: int,
    month: int,
    day: int,
    clock: tuple[int, int, int] | None = None,
    zone: str | None = None,
    *,
    swap: bool = True,
) -> Moment | None:
    if swap and month > 12 >= day:
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
    # Unix time has no leap seconds.
    seconds = midnight + hour * HOUR + minute * MINUTE + min(second, 59)
    return Moment(seconds - offset, day_only=not offset and seconds == midnight)


def _offset(zone: str | None) -> int | None:
    """Return the seconds east of UTC, or None for an unknown zone."""
    if not zone:
        return 0
    found = _OFFSET.fullmatch(zone)
    if found is None:
        known = _HOURS.get(zone.upper())
        return None if known is None else known * HOUR
    hours, minutes = int(found[2]), int(found[3] or 0)
    if hours > 23:
        return None
    return (hours * HOUR + minutes * MINUTE) * (-1 if found[1] == "-" else 1)


@lru_cache(maxsize=1)
def _forms() -> tuple[re.Pattern[str], ...]:
    """Compile the less common forms on first use: most corpora do not need them."""
    # A zone name after an offset ("+0100 CET", "+01:00[Europe/Paris]", "+0000 (UTC)") is ignored.
    zone = (
        r"(?:\s*(?P<zone>(?:UTC|GMT)?[+-][0-9]{1,2}(?::?[0-9]{2})?|[a-z]{1,5})"
        r"(?:(?<=[0-9])\s*(?:[a-z]{1,5}|\([a-z /]{1,40}\)|\[[a-z_/+-]{1,40}\]))?)?"
    )
    clock = (
        r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,][0-9]{1,12})?)?"
        r"(?:\s*(?P<half>[ap])\.?m\.?)?"
    )
    time_of_day = rf"(?:(?:t|,?\s+(?:at\s+)?){clock}{zone})?"
    weekday = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
    year = r"(?P<year>[0-9]{4})"
    name = r"(?P<name>[a-z]{3,9})\.?"
    day = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
    month_number = r"(?P<month>[0-9]{1,2})"
    forms = (
        # 2024-03-05 07:08:09.5 +0000 UTC, 2024.03.05, 2024-03-05 7:08 PM
        rf"{year}(?P<sign>[-/.]){month_number}(?P=sign)(?P<day>[0-9]{{1,2}}){time_of_day}",
        # 20240305T070809Z
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
        rf"T(?P<hour>[0-9]{{2}})(?P<minute>[0-9]{{2}})(?P<second>[0-9]{{2}})?{zone}",
        # March 5, 2024 at 7:08 am
        rf"{weekday}{name}\s+{day},?\s+{year}{time_of_day}",
        # Tue, 05 Mar 2024 07:08:09 CET, 5th of March 2024, 05-Mar-2024
        rf"{weekday}{day}\.?(?:\s+(?:of\s+)?|-){name}(?:,?\s+|-){year}{time_of_day}",
        # Tue Mar  5 07:08:09 CET 2024
        rf"{weekday}{name}\s+{day}\s+{clock}(?:\s+(?P<zone>[a-z]{{1,5}}|[+-][0-9]{{4}}))?\s+{year}",
        # 05.03.2024
        rf"(?P<day>[0-9]{{1,2}})\.\s?{month_number}\.\s?{year}{time_of_day}",
        # 03/05/2024
        rf"(?P<first>[0-9]{{1,2}})(?P<sign>[-/])(?P<other>[0-9]{{1,2}})(?P=sign){year}{time_of_day}",
        # 2024-08, 2024/08
        rf"{year}[-/]{month_number}",
        # March 2024
        rf"{name},?\s+{year}",
        # 2024-W10-2
        rf"{year}-?W(?P<week>[0-9]{{2}})-?(?P<weekday>[1-7])",
        # 2024年3月5日 7時8分
        rf"{year}\s?[年년]\s?{month_number}\s?[月월]\s?(?P<day>[0-9]{{1,2}})\s?[日号號일]"
        r"(?:\s*(?P<hour>[0-9]{1,2})[时時시:]\s?(?P<minute>[0-9]{2}|[0-9](?=[分분]))(?:[分분]|:(?P<second>[0-9]{2}))?)?",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)
