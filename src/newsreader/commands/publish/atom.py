"""Atom, RFC 4287."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsreader.commands.publish.body_html import body_html
from newsreader.commands.publish.entries import FeedEntry, OutgoingFeed, element, xml_text, xml_value
from newsreader.domain.dates import Moment, iso

_UNKNOWN = Moment(0, day_only=True)
"""The format asks for a time of every entry; one without a date has this, which passes for no news."""


def atom(feed: OutgoingFeed, entries: Iterable[FeedEntry]) -> Iterator[str]:
    """The feed, entry by entry."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield from _indented(_head(feed), 1)
    for entry in entries:
        yield "  <entry>\n"
        yield from _indented(_entry(entry), 2)
        yield "  </entry>\n"
    yield "</feed>\n"


def _head(feed: OutgoingFeed) -> Iterator[str]:
    yield element("id", feed.urn)
    yield element("title", feed.title)
    yield element("updated", iso(feed.newest or _UNKNOWN))
    yield f"<author>{element('name', feed.title)}</author>"
    yield element("generator", "newsreader")
    if feed.home:
        yield f"<link href={xml_value(feed.home)}/>"
    if feed.own:
        yield f'<link rel="self" type="application/atom+xml" href={xml_value(feed.own)}/>'


def _entry(entry: FeedEntry) -> Iterator[str]:
    record = entry.record
    yield element("id", entry.urn)
    yield element("title", record.title)
    yield element("updated", iso(record.moment or _UNKNOWN))
    if record.moment:
        yield element("published", iso(record.moment))
    for author in entry.authors:
        yield f"<author>{element('name', author)}</author>"
    if entry.url:
        yield f"<link href={xml_value(entry.url)}/>"
    for topic in record.topics:
        yield f"<category term={xml_value(topic)}/>"
    if record.excerpt:
        yield element("summary", record.excerpt)
    if html := body_html(record.body):
        yield f'<content type="html">{xml_text(html)}</content>'
    elif not entry.url:  # the format asks for one of both
        yield element("content", record.excerpt or record.title)


def _indented(lines: Iterable[str], depth: int) -> Iterator[str]:
    for line in lines:
        yield f"{'  ' * depth}{line}\n"
