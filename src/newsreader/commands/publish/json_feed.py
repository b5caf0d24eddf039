"""JSON Feed 1.1. See https://www.jsonfeed.org/version/1.1/."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from newsreader.commands.publish.body_html import body_html
from newsreader.commands.publish.entries import FeedEntry, OutgoingFeed
from newsreader.domain.dates import iso
from newsreader.domain.record import LinkKind
from newsreader.domain.urls import is_openable

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: OutgoingFeed, entries: Iterable[FeedEntry]) -> Iterator[str]:
    """The feed, an entry a line."""
    head = {"version": VERSION, "title": feed.title, "home_page_url": feed.home, "feed_url": feed.own}
    shown = json.dumps({key: value for key, value in head.items() if value}, ensure_ascii=False, indent=2)
    yield shown.removesuffix("\n}") + ',\n  "items": ['
    parting = "\n"
    for entry in entries:
        yield f"{parting}    {json.dumps(_item(entry), ensure_ascii=False)}"
        parting = ",\n"
    yield "]\n}\n" if parting == "\n" else "\n  ]\n}\n"


def _item(entry: FeedEntry) -> dict[str, Any]:
    record = entry.record
    html = body_html(record.body)
    image = next((image.url for image in record.images if is_openable(image.url)), "")
    item: dict[str, Any] = {
        "id": entry.urn,
        "url": entry.url,
        "title": record.title,
        "content_html": html,
        "content_text": "" if html else record.excerpt or record.title,
        "summary": record.excerpt,
        "image": image,
        "date_published": iso(record.moment) if record.moment else "",
        "authors": [{"name": author} for author in entry.authors],
        "tags": list(record.topics),
        "_newsreader": _own(entry),
    }
    return {key: value for key, value in item.items() if value}


def _own(entry: FeedEntry) -> dict[str, Any]:
    """What the format has no key for."""
    record = entry.record
    amp, cached = record.link(LinkKind.AMP), record.link(LinkKind.CACHED_AMP)
    own = {
        "id": entry.name,
        "type": record.type,
        "heat": record.heat,
        "quality": record.quality,
        "provider": record.provider.domain or record.provider.name,
        "ampWebUrl": amp and amp.url,
        "cdnAmpWebUrl": cached and cached.url,
        "related": len(record.coverage()),
    }
    return {key: value for key, value in own.items() if value not in (None, "")}
