"""The public listing of a site, in pages of JSON -> records, each with the path of its file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin, urlsplit, urlunsplit

from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import canonical_url, is_openable
from newsreader.web.sources.bounded_json import read_json
from newsreader.web.sources.incoming_record import (
    IncomingRecord,
    InvalidRecordError,
    checked_path,
    document_of,
)
from newsreader.web.sources.plan import SyncSource

MOST_PAGES: Final = 1_000
"""Pages of one listing that are followed; the sites put 20 to 25 records on each."""

_NOT_OF_THE_RECORD: Final = ("path", "content")
_PAGE: Final = re.compile(r"/page/[0-9]+/(?=[^/]*$)")


class ListingPage(NamedTuple):
    """One page: its records, what is wrong with the others, and where the next page is, empty at the end."""

    records: tuple[IncomingRecord, ...]
    complaints: tuple[str, ...]
    next_url: str


def read_listing(text: str, url: str, source: SyncSource) -> ListingPage:
    """Read one page.

    Args:
        text: The JSON.
        url: That it came from.
        source: Gives what the records get besides what they say.

    Raises:
        InvalidRecordError: this is no page of a listing, or the next one stands on another host.

    """
    page = read_json(text, "a listing")
    values = page.get("value")
    if not isinstance(values, list):
        raise InvalidRecordError("this is not a listing: it has no list “value”")
    records: list[IncomingRecord] = []
    complaints: list[str] = []
    for number, value in enumerate(values, start=1):
        try:
            records.append(_record(value, source))
        except InvalidRecordError as error:
            complaints.append(f"record {number} of {url}: {error}")
    return ListingPage(tuple(records), tuple(complaints), _next_url(page.get("nextPage"), url))


def _record(value: object, source: SyncSource) -> IncomingRecord:
    if not isinstance(value, Mapping):
        raise InvalidRecordError("keys and values are needed")
    path = checked_path(value.get("path"))
    if not clean_line(str(value.get("title") or "")):
        raise InvalidRecordError("it has no title")
    content = value.get("content")
    body = content if isinstance(content, str) else ""
    given: dict[str, Any] = {key: inner for key, inner in value.items() if key not in _NOT_OF_THE_RECORD}
    document = document_of({**given, **_besides(given, source)}, body, path)
    page = canonical_url(str(document.values.get("webUrl") or document.values.get("originalUrl") or ""))
    return IncomingRecord(path, document, path, page, is_path_given=True)


def _besides(given: Mapping[str, Any], source: SyncSource) -> dict[str, Any]:
    """What the site's own files have, and its listing has not."""
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
    """The address of the next page: the sites give its number, or its URL; none is the end."""
    if given in (None, "", False):
        return ""
    if isinstance(given, int):
        return _numbered(url, given)
    if not isinstance(given, str):
        raise InvalidRecordError("its next page is neither a number nor an address")
    if given.isascii() and given.isdigit() and len(given) < 7:
        return _numbered(url, int(given))
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


def _numbered(url: str, number: int) -> str:
    """Page N of `…/news/index.json` is `…/news/page/N/index.json`."""
    parts = urlsplit(url)
    path = parts.path if _PAGE.search(parts.path) else re.sub("/([^/]*)$", r"/page/0/\1", parts.path or "/")
    return urlunsplit(parts._replace(path=_PAGE.sub(f"/page/{number}/", path), fragment=""))
