"""Checks that required only the record itself."""

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
"""Maximum length of a value in a message."""

_DATE_IN_NAME: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})-")
_WEST, _EAST = 12 * HOUR, 14 * HOUR
"""The largest offsets of local time from UTC."""


class _RequiredKey(NamedTuple):
    """A required key and its expected content. Empty `types` mean all except `not_of`."""

    key: str
    is_present: Callable[[Record], object]
    advice: str
    types: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()

    def is_required(self, type_: str) -> bool:
        return type_ in self.types if self.types else type_ not in self.not_of


_REQUIRED_KEYS = (
    _RequiredKey("excerpt", lambda record: record.excerpt, "one or two sentences", not_of=("profile",)),
    _RequiredKey(
        "publishedDateTime",
        lambda record: record.moment,
        "a date such as 2021-06-28T07:12:00Z, or the record comes last",
        types=("article", "video", "download"),
    ),
    _RequiredKey(
        "webUrl",
        lambda record: record.web_url or record.original_url,
        "where the story is, there or as originalUrl",
        not_of=("collection", "profile"),
    ),
    _RequiredKey(
        "provider",
        lambda record: record.provider.label,
        "a map with name and domain",
        not_of=("profile",),
    ),
    _RequiredKey("topics", lambda record: record.topics, "a list of names"),
    _RequiredKey(
        "quality",
        lambda record: (record.quality, record.heat) != (None, None),
        "a number, there or as heat, or nothing tells how the record ranks",
        types=("article",),
    ),
)


def inspect(record: Record, lines: KeyLines) -> Iterator[Defect]:
    """Check one record."""
    for check in (_missing_keys, _date_in_name, _all_urls, _coverage):
        yield from check(record, lines)


def _missing_keys(record: Record, lines: KeyLines) -> Iterator[Defect]:
    for rule in _REQUIRED_KEYS:
        if rule.is_required(record.type) and not rule.is_present(record):
            yield Defect(lines.of(rule.key), f"{rule.key} is missing: {rule.advice}", "missing-key")


def _date_in_name(record: Record, lines: KeyLines) -> Iterator[Defect]:
    """Check the date in the file name, which is local to the publisher, in an unknown time zone."""
    found = _DATE_IN_NAME.match(record.path.rpartition("/")[2])
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
    """Check whether two dates agree, within a day, once day and month are swapped."""
    try:
        swapped = published.replace(month=published.day, day=published.month)
    except ValueError:
        return False
    return abs(swapped - named) <= timedelta(days=1)


def _all_urls(record: Record, lines: KeyLines) -> Iterator[Defect]:
    own = {
        "originalUrl": record.original_url,
        "webUrl": record.web_url,
        "ampWebUrl": record.amp_url,
        "cdnAmpWebUrl": record.cached_amp_url,
        "website": record.website,
    }
    yield from _check_urls(own, lines, ())
    for place, entry in enumerate(record.related):
        yield from _check_urls(_urls(entry), lines, ("related", place))


def _urls(entry: Related) -> dict[str, str]:
    return {
        "webUrl": entry.web_url,
        "ampWebUrl": entry.amp_url,
        "cdnAmpWebUrl": entry.cached_amp_url,
    }


def _check_urls(urls: dict[str, str], lines: KeyLines, prefix: KeyPath) -> Iterator[Defect]:
    """Check the URLs of a record or entry, by key."""
    for key, url in urls.items():
        line = lines.of(*prefix, key)
        if url and not is_openable(url):
            reason = f"{key} cannot be opened: an http or https URL is needed, found “{shorten(url, _SHOWN)}”"
            yield Defect(line, reason, "unusable-url")
        elif "&amp;" in url:
            yield Defect(line, f"{key} has &amp; in it: write & alone", "url-debris")
    cached, amp = urls["cdnAmpWebUrl"], urls["ampWebUrl"]
    if cached and is_openable(cached) and (reason := _cached_url_error(cached, amp)):
        yield Defect(lines.of(*prefix, "cdnAmpWebUrl"), reason, "amp-cache-rule")


def _cached_url_error(cached: str, amp: str) -> str:
    """Describe the error in the URL of a cached AMP page; empty if there is none."""
    if not amp:
        return "cdnAmpWebUrl stands without ampWebUrl: add the page that it is a copy of"
    expected = cached_amp_url(amp)
    # The cache marks pages fetched over TLS with an "s".
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
