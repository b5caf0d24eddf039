from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.domain.date_parsing import DateOrder, parse_duration, parse_moment
from newsreader.domain.dates import (
    DateForm,
    Moment,
    absolute,
    age,
    day_or_age,
    duration_words,
    in_full,
    month_and_year,
    relative,
)

MINUTE, HOUR, DAY = 60, 3_600, 86_400


def at(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp())  # type: ignore[arg-type,misc]


YEAR = datetime.now(UTC).year
NOW = at(2021, 7, 1, 12, 0)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("2021-06-27T06:09:00Z", at(2021, 6, 27, 6, 9)),
        ("2021-06-27t06:09:00z", at(2021, 6, 27, 6, 9)),
        ("2021-06-27T06:09Z", at(2021, 6, 27, 6, 9)),
        ("2021-06-27 06:09", at(2021, 6, 27, 6, 9)),
        ("2021-06-27 6:09:07 UTC", at(2021, 6, 27, 6, 9, 7)),
        ("  2021-06-27T06:09:07.987654321Z\n", at(2021, 6, 27, 6, 9, 7)),
        ("2021-05-25T08:00:00-07:00", at(2021, 5, 25, 15, 0)),
        ("2021-05-25T08:00:00+0530", at(2021, 5, 25, 2, 30)),
        ("2021-05-25T08:00:00 -7", at(2021, 5, 25, 15, 0)),
        ("2023-04-26 18:15:40 +0000", at(2023, 4, 26, 18, 15, 40)),
        ("2023-04-26 01:15:40 +0800", at(2023, 4, 25, 17, 15, 40)),
        ("2021/06/27 06:09:00", at(2021, 6, 27, 6, 9)),
        ("2021-06-27T24:00:00Z", at(2021, 6, 28)),
        ("2021-06-30T23:59:60Z", at(2021, 6, 30, 23, 59, 59)),
        ("2021-06-27T00:00:00+08:00", at(2021, 6, 26, 16, 0)),
        ("2021-06-27T08:00:00+08:00", at(2021, 6, 27)),
        ("Mon, 28 Jun 2021 07:12:00 GMT", at(2021, 6, 28, 7, 12)),
        ("28 JUN 2021 07:12 -0700", at(2021, 6, 28, 14, 12)),
        ("Mon, 28 Jun 2021 07:12:00 EDT", at(2021, 6, 28, 11, 12)),
        ("Mon, 28 Jun 2021 07:12:00", at(2021, 6, 28, 7, 12)),
        ("1969-12-31T23:59:59Z", -1),
        ("1900-01-01T00:00:01Z", at(1900, 1, 1, 0, 0, 1)),
        ("202108011130", at(2021, 8, 1, 11, 30)),
        ("20210801113059", at(2021, 8, 1, 11, 30, 59)),
        ("20210305T070809Z", at(2021, 3, 5, 7, 8, 9)),
        ("1624774140", 1_624_774_140),
        ("1624774140.75", 1_624_774_140),
        ("1624774140123", 1_624_774_140),
        ("Tue, 05 Mar 2024 07:08:09 CET", at(2024, 3, 5, 6, 8, 9)),
        ("Tue, 05 Mar 2024 07:08:09 +01:00", at(2024, 3, 5, 6, 8, 9)),
        ("Tue, 05 Mar 2024 07:08:09 +0000 (UTC)", at(2024, 3, 5, 7, 8, 9)),
        ("Tue Mar  5 07:08:09 2024", at(2024, 3, 5, 7, 8, 9)),
        ("Tue Mar  5 07:08:09 EST 2024", at(2024, 3, 5, 12, 8, 9)),
        ("2021-06-27T06:09:00 CEST", at(2021, 6, 27, 4, 9)),
        ("2024-03-05 07:08:09.5 +0000 UTC", at(2024, 3, 5, 7, 8, 9)),
        ("2024-03-05 07:08:09 +0100 CET", at(2024, 3, 5, 6, 8, 9)),
        ("2024-03-05T07:08:09+01:00[Europe/Paris]", at(2024, 3, 5, 6, 8, 9)),
        ("2024-03-05 07:08 GMT+2", at(2024, 3, 5, 5, 8)),
        ("2024-03-05 7:08 PM", at(2024, 3, 5, 19, 8)),
        ("March 5, 2024 at 12:08 p.m.", at(2024, 3, 5, 12, 8)),
        ("2024年3月5日 7時8分", at(2024, 3, 5, 7, 8)),
    ],
)
def test_a_time_is_read_in_each_form_that_records_carry(text: str, seconds: int) -> None:
    assert parse_moment(text) == Moment(seconds, day_only=False)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("2021-06-27", at(2021, 6, 27)),
        ("2021-6-7", at(2021, 6, 7)),
        ("2021/06/27", at(2021, 6, 27)),
        ("2021-06-27T00:00:00Z", at(2021, 6, 27)),
        ("2021-06-27 00:00", at(2021, 6, 27)),
        ("2021-13-05", at(2021, 5, 13)),
        ("2021-31-12T00:00:00Z", at(2021, 12, 31)),
        (date(2021, 6, 27), at(2021, 6, 27)),
        (datetime(2021, 6, 27), at(2021, 6, 27)),  # noqa: DTZ001
        (datetime(2021, 6, 27, tzinfo=UTC), at(2021, 6, 27)),
        (at(2021, 6, 27), at(2021, 6, 27)),
        (20210627, at(2021, 6, 27)),
        ("20210627", at(2021, 6, 27)),
        *[(text, at(2024, 3, 5)) for text in ("March 5, 2024", "Tuesday, Mar 5th 2024", "5 March 2024")],
        *[(text, at(2024, 3, 5)) for text in ("5th of March 2024", "05-Mar-2024", "05.03.2024")],
        *[
            (text, at(2024, 3, 5))
            for text in ("2024.03.05", "2024年3月5日", "2024년 3월 5일", "2024-W10-2", "2024W102")
        ],
        *[(text, at(2024, 5, 13)) for text in ("13/05/2024", "05/13/2024", "13-05-2024")],
        ("03/03/2024", at(2024, 3, 3)),
        *[(value, at(2024, 1, 1)) for value in ("2024", 2024)],
        *[(text, at(2024, 8, 1)) for text in ("2024-08", "2024/8", "August 2024")],
        ("2024-03-05 12:00 am", at(2024, 3, 5)),
        (f"{YEAR + 1}-01-01", at(YEAR + 1, 1, 1)),
    ],
)
def test_a_bare_day_and_midnight_leave_the_time_unknown(value: object, seconds: int) -> None:
    assert parse_moment(value) == Moment(seconds, day_only=True)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (datetime(2021, 6, 27, 6, 9, 5, 999_999, tzinfo=UTC), at(2021, 6, 27, 6, 9, 5)),
        (datetime(2021, 6, 27, 6, 9), at(2021, 6, 27, 6, 9)),  # noqa: DTZ001
        (datetime(2021, 6, 27, 6, 9, tzinfo=timezone(timedelta(hours=-7))), at(2021, 6, 27, 13, 9)),
        (datetime(2021, 6, 27, tzinfo=timezone(timedelta(hours=8))), at(2021, 6, 26, 16)),
        (1_624_774_140, 1_624_774_140),
        (1_624_774_140.75, 1_624_774_140),
        (1_624_774_140_123, 1_624_774_140),
        (1_624_774_140_123.0, 1_624_774_140),
        (202108011130, at(2021, 8, 1, 11, 30)),
        (946_684_801, at(2000, 1, 1, 0, 0, 1)),
    ],
)
def test_datetimes_and_epoch_seconds_are_moments(value: object, seconds: int) -> None:
    assert parse_moment(value) == Moment(seconds, day_only=False)


class _BrokenZone(tzinfo):
    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        raise RuntimeError

    def dst(self, moment: datetime | None) -> timedelta | None:
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return None

    def __repr__(self) -> str:
        return "_BrokenZone()"


@pytest.mark.parametrize(
    "value",
    [
        *["", "soon", "1024", "21-06-27", "2021-06/27", "2021-02-30", "2021-13-13", "2021-00-10"],
        *["0000-01-01", "2021-06-27T25:00:00Z", "2021-06-27T24:00:01Z", "2021-06-27T06:60:00Z"],
        *["2021-06-27T06:09:61Z", "2021-06-27T06:09:00+24:00", "2021-06-27T06:09:00+07:60"],
        *["2021-06-27T06:09:00 IST", "Mon, 28 Foo 2021 07:12:00 GMT", "Mon, 28 Jun 2021 07:12:00 XYZ"],
        *["0001-01-01T00:00:00+01:00", "9999-12-31T23:00:00-01:00", "9999-12-31T24:00:00Z"],
        *["٢٠٢١-٠٦-٢٧", "2021-06-27T06:09:00Z and more", "2021-06-27" + " " * 100],
        *["1899-12-31", f"{YEAR + 3}-01-01", "9999-12-31T23:59:59Z", "20241301", "12345678", "202413010000"],
        *["03/05/2024", "3/5/24", "2024-13-45", "2024-W54-1", "2024-03-05 13:08 PM", "Maybe 5, 2024"],
        *["5 mars 2024", "5 March", "March 5, 2024 or so", "123456", "10000101"],
        *[2021.0, 0, True, False, 20241301, -1_624_774_140, 123_456, 10**30, 3e11, -1e11, 3e15],
        *[float("nan"), float("inf"), -float("inf"), None, b"2021-06-27", ["2021-06-27"], {}],
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1))),
        datetime(2021, 1, 1, tzinfo=_BrokenZone()),
    ],
    ids=repr,
)
def test_anything_else_is_no_moment(value: object) -> None:
    assert parse_moment(value) is None


zones = st.builds(timezone, st.timedeltas(timedelta(days=-1, seconds=1), timedelta(days=1, seconds=-1)))
date_like_text = st.text(alphabet="0123456789-/:+ TZz.,JunMoG", max_size=30)


@given(
    st.one_of(
        st.text(),
        date_like_text,
        st.datetimes(timezones=st.none() | zones),
        st.dates(),
        st.integers(),
        st.floats(),
        st.booleans(),
    )
)
def test_reading_never_raises_and_stays_within_the_calendar(value: object) -> None:
    moment = parse_moment(value)
    if moment is not None:
        assert at(1900, 1, 1) <= moment.seconds <= at(YEAR + 3, 1, 2)
        assert absolute(moment)


@pytest.mark.parametrize(
    ("order", "day"),
    [(DateOrder.DAY_FIRST, at(2024, 5, 3)), (DateOrder.MONTH_FIRST, at(2024, 3, 5))],
)
def test_a_date_with_two_readings_follows_the_order_that_is_set(order: DateOrder, day: int) -> None:
    assert parse_moment("03/05/2024", order) == Moment(day, day_only=True)


@given(st.text(alphabet="0123456789-/.:, TZWaprilMchue年月日", max_size=40))
def test_a_moment_never_depends_on_what_stands_around_a_date(text: str) -> None:
    if parse_moment(text) is not None:
        assert parse_moment(f"{text} and more") is None


@given(st.datetimes(timezones=zones, min_value=datetime(1901, 1, 1), max_value=datetime(2020, 1, 1)))  # noqa: DTZ001
def test_a_datetime_and_its_iso_text_are_the_same_moment(when: datetime) -> None:
    offset = when.utcoffset()
    assert offset is not None
    if offset.total_seconds() % MINUTE == 0:  # text has no place for the odd seconds of old local times
        assert parse_moment(when.isoformat()) == parse_moment(when)


@given(st.integers(at(1, 1, 1), at(9999, 12, 31, 23, 59, 59)))
def test_what_is_told_in_full_is_the_day_and_time_in_utc(seconds: int) -> None:
    when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    told = absolute(Moment(seconds, day_only=False))
    assert f" {when.day} " in told
    assert f" {when.year}, {when.hour:02}:{when.minute:02} UTC" in told


@pytest.mark.parametrize(
    ("seconds", "day_only", "told"),
    [
        (at(2021, 6, 28, 7, 12, 59), False, "Mon 28 Jun 2021, 07:12 UTC"),
        (at(2021, 6, 28), True, "Mon 28 Jun 2021"),
        (-1, False, "Wed 31 Dec 1969, 23:59 UTC"),
        (at(1, 1, 1), True, "Mon 1 Jan 1"),
        (10**18, False, "Fri 31 Dec 9999, 23:59 UTC"),
        (-(10**18), False, "Mon 1 Jan 1, 00:00 UTC"),
    ],
)
def test_a_moment_in_full(seconds: int, day_only: bool, told: str) -> None:
    assert absolute(Moment(seconds, day_only)) == told


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (0, "now"),
        (59, "now"),
        (60, "1 min"),
        (12 * MINUTE, "12 min"),
        (HOUR - 1, "59 min"),
        (5 * HOUR, "5 h"),
        (DAY - 1, "23 h"),
        (3 * DAY, "3 d"),
        (7 * DAY - 1, "6 d"),
        (7 * DAY, "24 Jun"),
        (181 * DAY, "1 Jan"),
        (182 * DAY, "31 Dec 2020"),
        (-59, "now"),
        (-12 * MINUTE, "in 12 min"),
        (-5 * HOUR, "in 5 h"),
        (-3 * DAY, "in 3 d"),
        (-7 * DAY, "8 Jul"),
        (-200 * DAY, "17 Jan 2022"),
    ],
)
def test_the_age_of_a_row(ago: int, told: str) -> None:
    assert age(Moment(NOW - ago, day_only=False), NOW) == told


@pytest.mark.parametrize(
    ("day", "short", "words"),
    [
        (at(2021, 7, 1), "today", "today"),
        (at(2021, 6, 30), "1 d", "yesterday"),
        (at(2021, 6, 25), "6 d", "6 days ago"),
        (at(2021, 6, 24), "24 Jun", "1 week ago"),
        (at(2021, 7, 2), "in 1 d", "tomorrow"),
        (at(2021, 7, 4), "in 3 d", "in 3 days"),
    ],
)
def test_a_bare_day_is_told_in_days(day: int, short: str, words: str) -> None:
    assert age(Moment(day, day_only=True), NOW) == short
    assert relative(Moment(day, day_only=True), NOW) == words


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (0, "just now"),
        (-59, "just now"),
        (60, "1 minute ago"),
        (12 * MINUTE, "12 minutes ago"),
        (HOUR, "1 hour ago"),
        (23 * HOUR, "23 hours ago"),
        (DAY, "1 day ago"),
        (3 * DAY, "3 days ago"),
        (7 * DAY, "1 week ago"),
        (35 * DAY, "5 weeks ago"),
        (60 * DAY, "8 weeks ago"),
        (61 * DAY, "2 months ago"),
        (125 * DAY, "4 months ago"),
        (365 * DAY, "11 months ago"),
        (366 * DAY, "1 year ago"),
        (1_830 * DAY, "5 years ago"),
        (-3 * DAY, "in 3 days"),
        (-HOUR, "in 1 hour"),
    ],
)
def test_the_age_in_words(ago: int, told: str) -> None:
    assert relative(Moment(NOW - ago, day_only=False), NOW) == told


@given(st.integers(-(10**13), 10**13), st.booleans(), st.integers(-(10**13), 10**13))
def test_an_age_fits_its_column_whatever_the_clock_says(seconds: int, day_only: bool, now: int) -> None:
    moment = Moment(seconds, day_only)
    assert 0 < len(age(moment, now)) <= 11
    assert relative(moment, now)


@pytest.mark.parametrize(
    ("text", "seconds", "words"),
    [
        ("PT15M", 900, "15 min"),
        ("PT1H5M", 3_900, "1 h 5 min"),
        ("PT3M39S", 219, "3 min 39 s"),
        ("pt45s", 45, "45 s"),
        (" P1DT2H ", 93_600, "1 d 2 h"),
        ("P1DT5M", 86_700, "1 d"),
        ("PT1H0M30S", 3_630, "1 h"),
        ("P2W", 1_209_600, "14 d"),
        ("PT90M", 5_400, "1 h 30 min"),
        ("PT1.9S", 1, "1 s"),
        ("PT0S", 0, "0 s"),
    ],
)
def test_a_duration_is_read_and_told(text: str, seconds: int, words: str) -> None:
    assert parse_duration(text) == seconds
    assert duration_words(seconds) == words


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1DT", "15", "15M", "P1Y", "P1M", "PT-5M", "PT5", "T5M", "PT5M and more", "PT٥M"]
)
def test_what_is_no_duration_is_none(text: str) -> None:
    assert parse_duration(text) is None


def test_a_length_below_nothing_is_told_as_nothing() -> None:
    assert duration_words(-5) == "0 s"


@given(st.text(alphabet="PTWDHMS.,0123456789"))
def test_reading_a_duration_never_raises(text: str) -> None:
    seconds = parse_duration(text)
    assert seconds is None or duration_words(seconds)


@pytest.mark.parametrize(
    ("form", "in_a_row", "in_a_story"),
    [
        (DateForm.RELATIVE, "3 d", "Mon 28 Jun 2021, 12:00 UTC · 3 days ago"),
        (DateForm.ABSOLUTE, "28 Jun 2021", "Mon 28 Jun 2021, 12:00 UTC"),
        (DateForm.ISO, "2021-06-28", "2021-06-28 12:00 UTC"),
    ],
)
def test_a_date_is_written_in_each_form(form: DateForm, in_a_row: str, in_a_story: str) -> None:
    moment = Moment(at(2021, 6, 28, 12, 0), day_only=False)
    assert day_or_age(moment, NOW, form) == in_a_row
    assert in_full(moment, NOW, form) == in_a_story
    assert in_full(Moment(at(2021, 6, 28), day_only=True), NOW, DateForm.ISO) == "2021-06-28"
    assert month_and_year(moment) == ("Jun", 2021)
