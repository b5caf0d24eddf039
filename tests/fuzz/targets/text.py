"""Single texts: sanitizing, URLs, dates, durations, tags."""

from __future__ import annotations

from typing import Final
from unicodedata import is_normalized

from newsreader.domain.date_parsing import parse_duration, parse_moment
from newsreader.domain.dates import iso
from newsreader.domain.sanitize import clean_block, clean_line, clean_source, plain
from newsreader.domain.tags import joined_tags, parse_edit, parse_tags
from newsreader.domain.urls import (
    cached_amp_url,
    canonical_url,
    host_of,
    is_domain,
    is_openable,
    page_of,
    url_key,
)
from newsreader.web.http.redirects import next_url
from tests.fuzz.mutator import as_bytes
from tests.fuzz.target import Target, require, require_block, require_line

URLS: Final = (
    "https://www.news.example/a/b?utm_source=x&id=1#top",
    "http://user:pass@news.example:8080/%7Ea/%C3%A9?x=1&amp;y=2",
    "HTTPS://Ünïcode.example./a//",
    "https://www-news-example.cdn.ampproject.org/c/s/www.news.example/amp/a",
    "http://[::1]:80/",
    "http://127.1/",
    "//host/a",
    "mailto:a@b.example",
)
_URL_PIECES = (
    *(
        "http://",
        "https://",
        "//",
        "/",
        "www.",
        "m.",
        "news.example",
        "xn--a",
        "[::1]",
        "127.0.0.1",
        "0x7f.1",
        "@",
        ":80",
    ),
    *(
        ":0",
        ":99999",
        "?",
        "&",
        "&amp;",
        "=",
        "#",
        "utm_source=",
        "fbclid=",
        "amp",
        "%2f",
        "%",
        "..",
        ".",
        "。",
        "ⓔ",
        "\\",
    ),
)
_DATES = (
    *("2021-06-28T07:12:00Z", "28 June 2021", "Mon, 28 Jun 2021 07:12:00 +0200", "June 28, 2021 7:12 PM EST"),
    *(
        "1624864320",
        "1624864320000",
        "20210628071200",
        "2021/06/28 07:12",
        "28.06.2021",
        "PT1H2M3S",
        "P1W2DT3.5S",
    ),
)
_DATE_PIECES = (
    *(
        "2021",
        "-06",
        "-28",
        "T",
        "07:12",
        ":00",
        "Z",
        "+02:00",
        "-9999",
        "June ",
        "28 ",
        ", ",
        "Mon",
        "PM",
        " EST",
        "/",
    ),
    *("P", "T", "H", "M", "S", "W", "D", "999999999", "0", ".", "٣", "²", "0000", "9999-12-31T23:59:60Z"),
)


def check_sanitize(text: str) -> None:
    """The text gate lets nothing through, is idempotent and keeps its limits."""
    line, block, source = clean_line(text), clean_block(text), clean_source(text)
    require_line(line)
    require_block(block)
    require_block(source.replace("\t", ""))
    require(clean_line(line) == line, line)
    require(clean_block(block) == block, block)
    require(clean_source(source) == source, source)
    require_block(plain(line))
    short = clean_line(text, 7)
    require(len(short) <= 7 and clean_line(short, 7) == short, short)
    require(is_normalized("NFC", line) and is_normalized("NFC", block), line, block)


def check_url(url: str) -> None:
    """What may be opened has a host and nothing hidden; folding is idempotent; what is shown is ASCII."""
    host, canonical, cached = host_of(url), canonical_url(url), cached_amp_url(url)
    require(host.isascii() and host.isprintable() and " " not in host, host)
    require((page := page_of(url)).isascii() and page.isprintable(), page)
    if is_openable(url):
        require(url[:7].lower() == "http://" or url[:8].lower() == "https://", url)
        require(host and canonical and not set(url) & set("\\ \t\r\n\x1b\x00"), host, canonical)
    if canonical:
        require(canonical_url(canonical) == canonical and is_openable(canonical), canonical)
    require(canonical.isascii() and canonical.isprintable(), canonical)
    require(cached == "" or is_openable(cached), cached)
    require((url_key(url) is None) == (canonical == ""), canonical)
    domain = clean_line(url)
    if is_domain(domain):
        require(is_openable(f"https://{domain}/"), domain)


def check_redirect(header: str) -> None:
    """A redirect leads to an address that may be opened, or is refused."""
    from newsreader.web.http.errors import WebError

    try:
        target = next_url("https://news.example/a/b", as_bytes(header))
    except WebError as error:
        require_line(str(error))
    else:
        require(is_openable(target), target)


def check_date(text: str) -> None:
    """A date is one of the calendar, and its ISO form is the same date."""
    moment = parse_moment(text)
    if moment is not None:
        again = parse_moment(iso(moment))  # midnight is a day alone
        require(again is not None and again.seconds == moment.seconds, moment, again)
    duration = parse_duration(text)
    require(duration is None or duration >= 0, duration)


def check_tags(text: str) -> None:
    """Tags are safe words, and reading them again changes nothing."""
    tags = parse_tags(text)
    for tag in tags:
        require_line(tag)
    require(parse_tags(joined_tags(tags)) == tags, tags)
    require_line(str(parse_edit(text)))


TARGETS: Final = (
    Target(
        "sanitize",
        check_sanitize,
        ("plain text", "\x1b[31mred\x1b[0m", "a <b>b</b> &amp; c", "e\u0301\n\n\n\nx\t"),
        (),
        40,
    ),
    Target("urls", check_url, URLS, _URL_PIECES, 40),
    Target("redirects", check_redirect, (*URLS, "../c", "?d", "file:///etc/passwd"), _URL_PIECES, 20),
    Target("dates", check_date, _DATES, _DATE_PIECES, 60),
    Target("tags", check_tags, ("ai law", "+ai -law", "a/b, c"), ("+", "-", "#", ",", " ", "ai", "é"), 20),
)
