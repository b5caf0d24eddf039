"""Parse the public listing of a site, in pages of JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import canonical_url, is_openable
from newsreader.web.sources.incoming_record import (
    IncomingRecord,
    InvalidRecordError,
    checked_path,
    document_of,
    read_json,
)
from newsreader.web.sources.plan import SyncSource

MAX_PAGES: Final = 1_000
"""Pages of one listing, each with 20 to 25 records."""

_NOT_OF_THE_RECORD: Final = ("path", "content")
_PAGE: Final = re.compile(r"/page/[0-9]+/(?=[^/]*$)")


class ListingPage(NamedTuple):
    """One page: its valid records, errors of the others, and the URL of the next page, empty at the end."""

    records: tuple[IncomingRecord, ...]
    errors: tuple[str, ...]
    next_url: str


def read_listing(text: str, url: str, source: SyncSource) -> ListingPage:
    """Parse a page fetched from a URL; records get the values of the source where they have none.

    Raises:
        InvalidRecordError: The page is invalid, or the next one is on another host.

    """
    page = read_json(text, "a listing")
    values = page.get("value")
    if not isinstance(values, list):
        raise InvalidRecordError("this is not a listing: it has no list “value”")
    records: list[IncomingRecord] = []
    errors: list[str] = []
    for number, value in enumerate(values, start=1):
        try:
            records.append(_record(value, source))
        except InvalidRecordError as error:
            errors.append(f"record {number} of {url}: {error}")
    return ListingPage(tuple(records), tuple(errors), _next_url(page.get("nextPage"), url))


def _record(value: object, source: SyncSource) -> IncomingRecord:
    if not isinstance(value, Mapping):
        raise InvalidRecordError("keys and values are needed")
    path = checked_path(value.get("path"))
    if not clean_line(str(value.get("title") or "")):
        raise InvalidRecordError("it has no title")
    content = value.get("content")
    body = content if isinstance(content, str) else ""
    given: dict[str, Any] = {key: inner for key, inner in value.items() if key not in _NOT_OF_THE_RECORD}
    document = document_of({**given, **_source_values(given, source)}, body, path)
    page = canonical_url(str(document.values.get("webUrl") or document.values.get("originalUrl") or ""))
    return IncomingRecord(path, document, path, page, is_path_given=True)


def _source_values(given: Mapping[str, Any], source: SyncSource) -> dict[str, Any]:
    """Return the values that a site's own files have, and its listing lacks."""
    values: dict[str, Any] = {}
    categories = given.get("categories")
    if given.get("category") is None and isinstance(categories, list) and categories:
        values["category"] = categories[0]
    if given.get("published") is None:
        values["published"] = source.published
    if given.get("quality") is None and source.quality is not None:
        values["quality"] = source.quality
    if source.topics:
        topics = given.get("topics")
        own = topics if isinstance(topics, list) else []
        values["topics"] = [*own, *(topic for topic in source.topics if topic not in own)]
    return values


def _next_url(given: object, url: str) -> str:
    """Return the URL of the next page, which sites give as a number or a URL."""
    if given in (None, "", False):
        return ""
    if isinstance(given, int):
        return _page_url(url, given)
    if not isinstance(given, str):
        raise InvalidRecordError("its next page is neither a number nor an address")
    if given.isascii() and given.isdigit() and len(given) < 7:
        return _page_url(url, int(given))
    try:
        following = urljoin(url, given.strip())
        is_same_host = urlsplit(following)[:2] == urlsplit(url)[:2]
    except ValueError:
        raise InvalidRecordError("its next page is no address") from None
    if not is_openable(following):
        raise InvalidRecordError("its next page is no address")
    if not is_same_host:
        raise InvalidRecordError("its next page is said to be on another host, which is not followed")
    return following


def _page_url(url: str, number: int) -> str:
    """Return the URL of a page: N of `…/news/index.json` is `…/news/page/N/index.json`."""
    parts = urlsplit(url)
    path = parts.path if _PAGE.search(parts.path) else re.sub("/([^/]*)$", r"/page/0/\1", parts.path or "/")
    return urlunsplit(parts._replace(path=_PAGE.sub(f"/page/{number}/", path), fragment=""))
