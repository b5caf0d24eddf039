"""What may be wrong with a record that could be read: the rules that ask for nothing but the record."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from newsreader.domain.checks.problem import Defect, KeyLines, KeyPath
from newsreader.domain.dates import DAY, EPOCH_DAY, HOUR
from newsreader.domain.record import Record, Related
from newsreader.domain.sanitize import shorten
from newsreader.domain.urls import cached_amp_url, is_openable, url_key

_SHOWN: Final = 200
"""Most characters of a value in a reason."""

_NAMED_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})-")
_WEST, _EAST = 12 * HOUR, 14 * HOUR
"""How far local time is from UTC at the most."""


class _Need(NamedTuple):
    """A key that records of some types need, and what it is to hold. Empty `types` are all but `not_of`."""

    key: str
    is_there: Callable[[Record], object]
    advice: str
    types: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()

    def is_needed(self, type_: str) -> bool:
        return type_ in self.types if self.types else type_ not in self.not_of


_NEEDS = (
    _Need("excerpt", lambda record: record.excerpt, "one or two sentences", not_of=("profile",)),
    _Need(
        "publishedDateTime",
        lambda record: record.moment,
        "a date such as 2021-06-28T07:12:00Z, or the record comes last",
        types=("article", "video", "download"),
    ),
    _Need(
        "webUrl",
        lambda record: record.web_url or record.original_url,
        "where the story is, there or as originalUrl",
        not_of=("collection", "profile"),
    ),
    _Need(
        "provider",
        lambda record: record.provider.label,
        "a map with name and domain",
        not_of=("profile",),
    ),
    _Need("topics", lambda record: record.topics, "a list of names"),
    _Need(
        "quality",
        lambda record: (record.quality, record.heat) != (None, None),
        "a number, there or as heat, or nothing tells how the record ranks",
        types=("article",),
    ),
)


def inspect(record: Record, lines: KeyLines) -> Iterator[Defect]:
    """Everything that looks wrong about a record by itself."""
    for check in (_missing_keys, _named_day, _addresses, _coverage):
        yield from check(record, lines)


def _missing_keys(record: Record, lines: KeyLines) -> Iterator[Defect]:
    for need in _NEEDS:
        if need.is_needed(record.type) and not need.is_there(record):
            yield Defect(lines.of(need.key), f"{need.key} is missing: {need.advice}", "missing-key")


def _named_day(record: Record, lines: KeyLines) -> Iterator[Defect]:
    """The file name carries the local day of whoever published, in a zone that nobody knows."""
    found = _NAMED_DAY.match(record.path.rpartition("/")[2])
    if found is None or record.moment is None:
        return
    line = lines.of("publishedDateTime")
    try:
        named = date(*map(int, found.groups()))
    except ValueError:
        yield Defect(line, f"the day in the file name, {found[0][:-1]}, does not exist", "date-mismatch")
        return
    seconds, day_only = record.moment
    latest = (seconds + (DAY if day_only else _EAST)) // DAY
    if (seconds - _WEST) // DAY <= named.toordinal() - EPOCH_DAY <= latest:
        return
    published = date.fromordinal(seconds // DAY + EPOCH_DAY)
    reason = f"published on {published} but the file name says {named}: correct one of them"
    if _is_swapped(named, published):
        reason += "; day and month seem to have changed places"
    yield Defect(line, reason, "date-mismatch")


def _is_swapped(named: date, published: date) -> bool:
    """Whether two days are one, give or take a day of time zones, once day and month change places."""
    try:
        swapped = published.replace(month=published.day, day=published.month)
    except ValueError:
        return False
    return abs(swapped - named) <= timedelta(days=1)


def _addresses(record: Record, lines: KeyLines) -> Iterator[Defect]:
    own = {
        "originalUrl": record.original_url,
        "webUrl": record.web_url,
        "ampWebUrl": record.amp_url,
        "cdnAmpWebUrl": record.cached_amp_url,
        "website": record.website,
    }
    yield from _checked(own, lines, ())
    for place, entry in enumerate(record.related):
        yield from _checked(_urls(entry), lines, ("related", place))


def _urls(entry: Related) -> dict[str, str]:
    return {
        "webUrl": entry.web_url,
        "ampWebUrl": entry.amp_url,
        "cdnAmpWebUrl": entry.cached_amp_url,
    }


def _checked(urls: dict[str, str], lines: KeyLines, around: KeyPath) -> Iterator[Defect]:
    """What is wrong with the addresses of a record or entry, by their keys."""
    for key, url in urls.items():
        line = lines.of(*around, key)
        if url and not is_openable(url):
            reason = f"{key} cannot be opened: an http or https URL is needed, found “{shorten(url, _SHOWN)}”"
            yield Defect(line, reason, "unusable-url")
        elif "&amp;" in url:
            yield Defect(line, f"{key} has &amp; in it: write & alone", "url-debris")
    cached, amp = urls["cdnAmpWebUrl"], urls["ampWebUrl"]
    if cached and is_openable(cached) and (reason := _broken_cache_rule(cached, amp)):
        yield Defect(lines.of(*around, "cdnAmpWebUrl"), reason, "amp-cache-rule")


def _broken_cache_rule(cached: str, amp: str) -> str:
    """What is wrong with the address of a cached AMP page; empty where nothing is."""
    if not amp:
        return "cdnAmpWebUrl stands without ampWebUrl: add the page that it is a copy of"
    expected = cached_amp_url(amp)
    # The cache marks pages that came over TLS by an s; what came without has none.
    plain = expected.replace("/c/s/", "/c/", 1) if amp.lower().startswith("http:") else expected
    if not expected or cached in (expected, plain):
        return ""
    return f"cdnAmpWebUrl is not the cached copy of ampWebUrl: write {shorten(expected, _SHOWN)}"


def _coverage(record: Record, lines: KeyLines) -> Iterator[Defect]:
    own = {key for url in record.urls() if (key := url_key(url)) is not None}
    seen: dict[int, int] = {}
    for place, entry in enumerate(record.related):
        key = url_key(entry.web_url) or url_key(entry.amp_url)
        if key is None:
            continue
        line = lines.of("related", place)
        if key in own:
            yield Defect(line, "the record itself is listed as related: remove the entry", "related-self")
        elif key in seen:
            reason = f"the same page as the entry on line {seen[key]}: remove one of them"
            yield Defect(line, reason, "related-repeated")
        seen.setdefault(key, line)
