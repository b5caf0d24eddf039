"""Parse JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from newsreader.domain.date_parsing import parse_moment
from newsreader.domain.record import Enclosure
from newsreader.web.sources.entries import FeedImage, FeedItem, ParsedFeed, amount_of, seconds_of
from newsreader.web.sources.incoming_record import InvalidRecordError, read_json


def read_json_feed(text: str) -> ParsedFeed:
    """Parse a feed; raises InvalidRecordError."""
    values = read_json(text, "a JSON Feed")
    items = values.get("items")
    if not isinstance(items, list) or "jsonfeed.org" not in _text(values.get("version")):
        raise InvalidRecordError("this is not a JSON Feed: it names no version of one, or no items")
    authors = tuple(_authors(values))
    entries = tuple(_entry(item, authors) for item in items if isinstance(item, Mapping))
    return ParsedFeed(_text(values.get("title")), _text(values.get("home_page_url")), entries)


def _entry(item: Mapping[str, Any], authors: tuple[str, ...]) -> FeedItem:
    url, external = _text(item.get("url")), _text(item.get("external_url"))
    files = [file for file in _list(item.get("attachments")) if isinstance(file, Mapping)]
    kinds = [_text(file.get("mime_type")).lower() for file in files]
    pictures = [_text(item.get(key)) for key in ("image", "banner_image")]
    attached = zip(files, kinds, strict=True)
    pictures += [_text(file.get("url")) for file, kind in attached if kind.startswith("image/")]
    html = _text(item.get("content_html"))
    return FeedItem(
        id=_text(item.get("id")),
        url=url,
        web_url=external or url,
        title=_text(item.get("title")),
        summary=_text(item.get("summary")),
        content="" if html else _text(item.get("content_text")),
        content_html=html,
        published=parse_moment(_text(item.get("date_published"))),
        updated=parse_moment(_text(item.get("date_modified"))),
        authors=tuple(_authors(item)) or authors,
        categories=tuple(filter(None, map(_text, _list(item.get("tags"))))),
        images=tuple(FeedImage(picture) for picture in pictures if picture),
        enclosures=tuple(
            Enclosure(
                _text(file.get("url")),
                kind,
                amount_of(_text(file.get("size_in_bytes"))),
                seconds_of(_text(file.get("duration_in_seconds"))),
            )
            for file, kind in zip(files, kinds, strict=True)
            if not kind.startswith("image/")
        ),
        is_video=any(kind.startswith("video/") for kind in kinds),
    )


def _authors(values: Mapping[str, Any]) -> Iterator[str]:
    for author in [*_list(values.get("authors")), values.get("author")]:
        if isinstance(author, Mapping) and (name := _text(author.get("name"))):
            yield name


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value)


def _list(value: object) -> list[Any]:
    return list(islice(value, 500)) if isinstance(value, list) else []
