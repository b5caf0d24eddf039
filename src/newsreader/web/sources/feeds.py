"""Parse feeds of any kind from bytes; RSS and Atom with feedparser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from newsreader.domain.date_parsing import parse_moment
from newsreader.domain.dates import DAY, HOUR, MINUTE, WEEK, Moment
from newsreader.domain.record import Enclosure
from newsreader.web.http.decoding import decode_body
from newsreader.web.sources.entries import FeedImage, FeedItem, ParsedFeed, amount_of, seconds_of
from newsreader.web.sources.incoming_record import InvalidRecordError
from newsreader.web.sources.json_feed import read_json_feed

ACCEPT: Final = "application/feed+json, application/atom+xml, application/rss+xml, application/json;q=0.9, \
application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5"
"""The header `Accept`."""

_MAIL_AND_NAME: Final = re.compile(r"[^\s()@]+@[^\s()@]+ \(([^()]+)\)")
_ENCODING: Final = re.compile(r"""\A(\s*<\?xml\b[^<>?]{0,200}?)\s+encoding\s*=\s*(?:"[^"<>]*"|'[^'<>]*')""")
"""The encoding in the XML declaration."""

_PERIODS: Final = {"hourly": HOUR, "daily": DAY, "weekly": WEEK, "monthly": 30 * DAY, "yearly": 365 * DAY}
_START_TAG: Final = re.compile(rb"<([A-Za-z][\w:.-]*)")
_HTML: Final = ("text/html", "application/xhtml+xml")


def read_feed(body: bytes, url: str, *, content_type: str = "", charset: str = "") -> ParsedFeed:
    """Parse a feed; `content_type` and `charset` are those of the response. Raises InvalidRecordError."""
    start = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return read_json_feed(body.decode("utf-8-sig", "replace"))
    if not start:
        raise InvalidRecordError("this is not a feed: it is empty")
    utf8 = _as_utf8(body, charset)
    if (root := _START_TAG.search(utf8)) and root[1].lower() == b"channel":
        raise InvalidRecordError(
            "this is not a feed but CDF, a format of the 1990s; look for RSS or Atom there"
        )
    return _parsed(utf8, url, f"{content_type or 'application/xml'}; charset=utf-8")


def _as_utf8(body: bytes, charset: str) -> bytes:
    """Return a feed in UTF-8: feedparser knows fewer labels of charsets than feeds use."""
    text = decode_body(body, charset)
    return _ENCODING.sub(r"\1", text, count=1).encode("utf-8", "replace")


def _parsed(body: bytes, url: str, content_type: str) -> ParsedFeed:
    import feedparser  # takes longer than most feeds

    headers = {"content-type": content_type, "content-location": url}
    try:
        # As a stream: feedparser opens bytes as a file name, and fetches text as a URL.
        found: Any = feedparser.parse(BytesIO(body), response_headers=headers)
    except Exception as error:  # noqa: BLE001 - a parser error must not abort other feeds
        raise InvalidRecordError(f"this feed cannot be read ({type(error).__name__})") from None
    about, entries = found.get("feed", {}), found.get("entries", [])
    if not entries and not found.get("version"):
        raise InvalidRecordError("this is not a feed: neither RSS nor Atom nor JSON Feed")
    return ParsedFeed(
        _line(about, "title"),
        _line(about, "link"),
        tuple(_entry(entry) for entry in entries),
        _form(found),
        _lifetime(about),
    )


def _lifetime(about: Mapping[str, Any]) -> int:
    """Return the seconds that a feed stays as it is: `ttl` in minutes, or the RSS module Syndication."""
    if minutes := amount_of(_line(about, "ttl")):
        return minutes * MINUTE
    period = _PERIODS.get(_line(about, "sy_updateperiod").strip().lower(), 0)
    return period // (amount_of(_line(about, "sy_updatefrequency")) or 1)


def _form(found: Any) -> tuple[str, ...]:
    """Return messages about defects of the whole feed that may hide entries."""
    if not found.get("bozo"):
        return ()
    error = found.get("bozo_exception")
    harmless = ("CharacterEncodingOverride", "NonXMLContentType")
    return (
        ()
        if type(error).__name__ in harmless
        else ("the feed is not well-formed XML; read as far as possible",)
    )


def _entry(entry: Mapping[str, Any]) -> FeedItem:
    title, summary = _detail(entry, "title"), _detail(entry, "summary")
    content = _content(entry)
    link = _line(entry, "link")
    kinds = [_line(file, "type") for file in _enclosures(entry)]
    medium = [f"{_line(file, 'type')} {_line(file, 'medium')}" for file in _maps(entry, "media_content")]
    origin = _raw(entry, "source")
    return FeedItem(
        id=_line(entry, "id"),
        url=link,
        web_url=_line(entry, "feedburner_origlink") or link,
        title=title[0],
        title_html=title[1],
        summary=summary[0],
        summary_html=summary[1],
        content=content[0],
        content_html=content[1],
        published=_moment(entry, "published") or _moment(entry, "created") or _moment(entry, "dc_created"),
        updated=_moment(entry, "updated"),
        authors=tuple(_authors(entry)),
        categories=tuple(filter(None, (_line(tag, "term") for tag in _maps(entry, "tags")))),
        images=tuple(_images(entry)),
        enclosures=tuple(_files(entry)),
        is_video=any("video" in kind for kind in [*kinds, *medium]),
        provider=_line(origin, "title") if isinstance(origin, Mapping) else "",
    )


def _detail(entry: Mapping[str, Any], key: str) -> tuple[str, str]:
    """Return a value as text and as HTML; one of them is empty."""
    value = _line(entry, key)
    detail = _raw(entry, f"{key}_detail")
    is_html = isinstance(detail, Mapping) and _line(detail, "type") in _HTML
    return ("", value) if is_html else (value, "")


def _content(entry: Mapping[str, Any]) -> tuple[str, str]:
    parts = _maps(entry, "content")
    for part in parts:
        if _line(part, "type") in _HTML:
            return "", _line(part, "value")
    return (_line(parts[0], "value"), "") if parts else ("", "")


def _moment(entry: Mapping[str, Any], key: str) -> Moment | None:
    """Parse a date.

    What begins with a digit is left to the program's own parser, as feedparser guesses what it does not know:
    it takes 2024-13-45 for the first day of 2025. It does read mail dates with years of two digits.
    """
    text = _line(entry, key).strip()
    moment = parse_moment(text)
    parsed = _raw(entry, f"{key}_parsed")
    if moment is not None or parsed is None or text[:1].isdigit():
        return moment
    try:
        return parse_moment(datetime(*parsed[:6]))  # noqa: DTZ001 - feedparser gives UTC
    except (ValueError, OverflowError, TypeError):  # no date of the calendar
        return None


def _authors(entry: Mapping[str, Any]) -> Iterator[str]:
    if found := _MAIL_AND_NAME.fullmatch(_line(entry, "author").strip()):
        yield found[1]  # feedparser cuts the name where the domain ends in more than four letters
        return
    for author in _maps(entry, "authors"):
        if name := _line(author, "name"):
            yield name


def _enclosures(entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [link for link in _maps(entry, "links") if _line(link, "rel") == "enclosure"]


def _files(entry: Mapping[str, Any]) -> Iterator[Enclosure]:
    """Yield the files of an entry that are no pictures; those of `media:content` as well."""
    length = seconds_of(_line(entry, "itunes_duration"))
    for file in _enclosures(entry):
        kind, size = _line(file, "type"), amount_of(_line(file, "length"))
        if not kind.startswith("image/"):
            yield Enclosure(_line(file, "href"), kind, size, length)
    for file in _maps(entry, "media_content"):
        kind = _line(file, "type")
        if not kind.startswith(("image/", "text/")) and kind + _line(file, "medium") not in ("", "image"):
            size, duration = amount_of(_line(file, "filesize")), seconds_of(_line(file, "duration"))
            yield Enclosure(_line(file, "url"), kind, size, duration or length)


def _images(entry: Mapping[str, Any]) -> Iterator[FeedImage]:
    for file in _maps(entry, "media_content"):
        if _line(file, "medium") == "image" or _line(file, "type").startswith("image/"):
            yield _image(file, "url")
    for file in _maps(entry, "media_thumbnail"):
        yield _image(file, "url")
    for file in _enclosures(entry):
        if _line(file, "type").startswith("image/"):
            yield _image(file, "href")


def _image(file: Mapping[str, Any], key: str) -> FeedImage:
    return FeedImage(_line(file, key), _pixels(file, "width"), _pixels(file, "height"))


def _pixels(file: Mapping[str, Any], key: str) -> int:
    text = _line(file, key)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _raw(values: Mapping[str, Any], key: str) -> Any:
    """Return the raw value; feedparser's own lookup falls back from one date to another."""
    return dict.get(values, key) if isinstance(values, dict) else values.get(key)


def _line(values: Mapping[str, Any], key: str) -> str:
    value = _raw(values, key)
    return value if isinstance(value, str) else ""


def _maps(values: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = _raw(values, key)
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []
