"""JSON Feed 1.1, RSS 2.0 and Atom.

See https://www.jsonfeed.org/version/1.1/, https://www.rssboard.org/rss-specification and RFC 4287.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from newsreader.commands.publish.entries import FeedEntry, OutgoingFeed
from newsreader.domain.dates import Moment, iso
from newsreader.domain.record import LinkKind
from newsreader.domain.urls import is_openable
from newsreader.render.body_html import body_html

_JSON_FEED = "https://jsonfeed.org/version/1.1"

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_UNKNOWN = Moment(0, day_only=True)
"""The date of entries without one, since Atom requires a date."""


def json_feed(feed: OutgoingFeed, entries: Iterable[FeedEntry]) -> Iterator[str]:
    """Format a JSON Feed, one entry a line."""
    head = {"version": _JSON_FEED, "title": feed.title, "home_page_url": feed.home, "feed_url": feed.own}
    shown = json.dumps({key: value for key, value in head.items() if value}, ensure_ascii=False, indent=2)
    yield shown.removesuffix("\n}") + ',\n  "items": ['
    parting = "\n"
    for entry in entries:
        yield f"{parting}    {json.dumps(_json_item(entry), ensure_ascii=False)}"
        parting = ",\n"
    yield "]\n}\n" if parting == "\n" else "\n  ]\n}\n"


def _json_item(entry: FeedEntry) -> dict[str, Any]:
    record = entry.record
    content = body_html(record.body)
    image = next((image.url for image in record.images if is_openable(image.url)), "")
    item: dict[str, Any] = {
        "id": entry.urn,
        "url": entry.url,
        "title": record.title,
        "content_html": content,
        "content_text": "" if content else record.excerpt or record.title,
        "summary": record.excerpt,
        "image": image,
        "date_published": iso(record.moment) if record.moment else "",
        "authors": [{"name": author} for author in entry.authors],
        "tags": list(record.topics),
        "_newsreader": _extension(entry),
    }
    return {key: value for key, value in item.items() if value}


def _extension(entry: FeedEntry) -> dict[str, Any]:
    """Return the keys of our extension."""
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


def rss(feed: OutgoingFeed, entries: Iterable[FeedEntry]) -> Iterator[str]:
    """Format an RSS feed, entry by entry."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>\n'
    )
    yield from _indented(_rss_head(feed), 1)
    for entry in entries:
        yield "  <item>\n"
        yield from _indented(_rss_item(entry), 2)
        yield "  </item>\n"
    yield "</channel>\n</rss>\n"


def _rss_head(feed: OutgoingFeed) -> Iterator[str]:
    yield _element("title", feed.title)
    yield _element("link", feed.home or feed.own or feed.urn)  # RSS requires one
    yield _element("description", html.escape(f"Stories of {feed.title}", quote=False))
    if feed.newest:
        yield _element("lastBuildDate", _mail_date(feed.newest))
    yield _element("generator", "newsreader")
    if feed.own:
        yield f'<atom:link href={_xml_value(feed.own)} rel="self" type="application/rss+xml"/>'


def _rss_item(entry: FeedEntry) -> Iterator[str]:
    """Format an item. Elements that may hold HTML are escaped twice: as HTML and as XML."""
    record = entry.record
    yield _element("title", record.title)
    if entry.url:
        yield _element("link", entry.url)
    yield f'<guid isPermaLink="false">{entry.urn}</guid>'
    if record.moment:
        yield _element("pubDate", _mail_date(record.moment))
    for author in entry.authors:
        yield _element("dc:creator", author)
    for topic in record.topics:
        yield _element("category", topic)
    yield _element("description", html.escape(record.excerpt, quote=False))
    if content := body_html(record.body):
        yield _element("content:encoded", content)


def _mail_date(moment: Moment) -> str:
    """Format a date as in RFC 5322, regardless of locale: "Mon, 28 Jun 2021 07:12:00 GMT"."""
    from datetime import datetime
    from email.utils import format_datetime

    return format_datetime(datetime.fromisoformat(iso(moment)), usegmt=True)


def atom(feed: OutgoingFeed, entries: Iterable[FeedEntry]) -> Iterator[str]:
    """Format an Atom feed, entry by entry."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield from _indented(_atom_head(feed), 1)
    for entry in entries:
        yield "  <entry>\n"
        yield from _indented(_atom_entry(entry), 2)
        yield "  </entry>\n"
    yield "</feed>\n"


def _atom_head(feed: OutgoingFeed) -> Iterator[str]:
    yield _element("id", feed.urn)
    yield _element("title", feed.title)
    yield _element("updated", iso(feed.newest or _UNKNOWN))
    yield f"<author>{_element('name', feed.title)}</author>"
    yield _element("generator", "newsreader")
    if feed.home:
        yield f"<link href={_xml_value(feed.home)}/>"
    if feed.own:
        yield f'<link rel="self" type="application/atom+xml" href={_xml_value(feed.own)}/>'


def _atom_entry(entry: FeedEntry) -> Iterator[str]:
    record = entry.record
    yield _element("id", entry.urn)
    yield _element("title", record.title)
    yield _element("updated", iso(record.moment or _UNKNOWN))
    if record.moment:
        yield _element("published", iso(record.moment))
    for author in entry.authors:
        yield f"<author>{_element('name', author)}</author>"
    if entry.url:
        yield f"<link href={_xml_value(entry.url)}/>"
    for topic in record.topics:
        yield f"<category term={_xml_value(topic)}/>"
    if record.excerpt:
        yield _element("summary", record.excerpt)
    if content := body_html(record.body):
        yield f'<content type="html">{_xml_text(content)}</content>'
    elif not entry.url:  # Atom requires a link or content
        yield _element("content", record.excerpt or record.title)


def _indented(lines: Iterable[str], depth: int) -> Iterator[str]:
    for line in lines:
        yield f"{'  ' * depth}{line}\n"


def _xml_text(text: str) -> str:
    """Escape the text of an element."""
    return escape(_NOT_IN_XML.sub("", text))


def _xml_value(text: str) -> str:
    """Quote the value of an attribute."""
    return quoteattr(_NOT_IN_XML.sub("", text))


def _element(name: str, text: str) -> str:
    """Format an element that holds text."""
    return f"<{name}>{_xml_text(text)}</{name}>"
