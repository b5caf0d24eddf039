"""RSS 2.0. See https://www.rssboard.org/rss-specification."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import format_datetime
from html import escape

from newsreader.commands.publish.body_html import body_html
from newsreader.commands.publish.entries import FeedEntry, OutgoingFeed, element, xml_value
from newsreader.domain.dates import Moment, iso


def rss(feed: OutgoingFeed, entries: Iterable[FeedEntry]) -> Iterator[str]:
    """The feed, entry by entry."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield (
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n<channel>\n'
    )
    yield from _indented(_head(feed), 1)
    for entry in entries:
        yield "  <item>\n"
        yield from _indented(_item(entry), 2)
        yield "  </item>\n"
    yield "</channel>\n</rss>\n"


def _head(feed: OutgoingFeed) -> Iterator[str]:
    yield element("title", feed.title)
    yield element("link", feed.home or feed.own or feed.urn)  # the format asks for one
    yield element("description", escape(f"Stories of {feed.title}", quote=False))
    if feed.newest:
        yield element("lastBuildDate", _mail_date(feed.newest))
    yield element("generator", "newsreader")
    if feed.own:
        yield f'<atom:link href={xml_value(feed.own)} rel="self" type="application/rss+xml"/>'


def _item(entry: FeedEntry) -> Iterator[str]:
    """An item. What may hold HTML is escaped twice: once as HTML, once as XML."""
    record = entry.record
    yield element("title", record.title)
    if entry.url:
        yield element("link", entry.url)
    yield f'<guid isPermaLink="false">{entry.urn}</guid>'
    if record.moment:
        yield element("pubDate", _mail_date(record.moment))
    for author in entry.authors:
        yield element("dc:creator", author)
    for topic in record.topics:
        yield element("category", topic)
    yield element("description", escape(record.excerpt, quote=False))
    if html := body_html(record.body):
        yield element("content:encoded", html)


def _mail_date(moment: Moment) -> str:
    """As in the heads of mails, in English wherever it is made: "Mon, 28 Jun 2021 07:12:00 GMT"."""
    return format_datetime(datetime.fromisoformat(iso(moment)), usegmt=True)


def _indented(lines: Iterable[str], depth: int) -> Iterator[str]:
    for line in lines:
        yield f"{'  ' * depth}{line}\n"
