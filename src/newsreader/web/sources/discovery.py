"""Find the feeds of a site from its address."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin

from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import is_openable
from newsreader.web.sources.feeds import ACCEPT, read_feed
from newsreader.web.sources.incoming_record import InvalidRecordError
from newsreader.web.sources.listing import read_listing
from newsreader.web.sources.opml import read_opml
from newsreader.web.sources.plan import SourceKind, SyncSource

if TYPE_CHECKING:
    from newsreader.web.http.client import Response, WebClient

MAX_CANDIDATES: Final = 20

_FEED_TYPES: Final = (
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/json",
    "application/rdf+xml",
)
_USUAL_PLACES: Final = ("feed", "rss", "atom.xml", "feed.xml", "index.xml", "rss.xml", "index.json")
"""Where sites keep a feed that their pages do not announce, below the given address and the root."""


class Candidate(NamedTuple):
    """A source that was found: its kind, URL and title."""

    kind: SourceKind
    url: str
    title: str = ""


def find_sources(address: str, *, private_addresses: bool) -> list[Candidate]:
    """Return the sources at an address as `discover`, also where an event loop runs already."""
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    from newsreader.web.http.client import WebClient

    async def find() -> list[Candidate]:
        async with WebClient(private_addresses=private_addresses) as client:
            return await discover(client, address)

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(find())).result()


async def discover(client: WebClient, url: str) -> list[Candidate]:
    """Return the sources at an address: itself, those that its page announces, or those in the usual places.

    Raises:
        WebError: The address cannot be fetched.

    """
    response = await _get(client, url)
    if (found := identify(response)) is not None:
        return [found]
    announced = announced_feeds(response.text(), response.url)
    if announced:
        return announced
    return await _in_usual_places(client, response.url)


def identify(response: Response) -> Candidate | None:
    """Return what a response is a source of, None if it is a page."""
    start = response.body[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or not start.startswith((b"<", b"{")):
        return None
    try:
        if b"<opml" in start:
            read_opml(response.body)
            return Candidate(SourceKind.OPML, response.url)
        feed = read_feed(
            response.body, response.url, content_type=response.content_type, charset=response.charset
        )
    except InvalidRecordError:
        return _listing(response)
    return Candidate(SourceKind.FEED, response.url, clean_line(feed.title, 200))


def announced_feeds(html: str, url: str) -> list[Candidate]:
    """Return the feeds that a page announces with `<link rel="alternate">`."""
    page = _LinkParser()
    page.feed(html[:1_000_000])
    base = urljoin(url, page.base) if page.base else url
    found: dict[str, Candidate] = {}
    for href, title in page.links:
        try:
            address = urljoin(base, "".join(href.split()))
        except ValueError:
            continue
        if is_openable(address) and len(found) < MAX_CANDIDATES:
            found.setdefault(address, Candidate(SourceKind.FEED, address, clean_line(title, 200)))
    return list(found.values())


async def _in_usual_places(client: WebClient, url: str) -> list[Candidate]:
    from newsreader.web.http.errors import WebError

    for address in _usual_addresses(url):
        try:
            found = identify(await _get(client, address))
        except WebError:
            continue
        if found is not None:
            return [found]
    return []


def _usual_addresses(url: str) -> list[str]:
    folders = (f"{url.partition('?')[0].rstrip('/')}/", urljoin(url, "/"))
    return list(dict.fromkeys(urljoin(folder, place) for folder in folders for place in _USUAL_PLACES))


async def _get(client: WebClient, url: str) -> Response:
    return await client.get(url, accept=f"text/html, {ACCEPT}", trusted=True)


def _listing(response: Response) -> Candidate | None:
    source = SyncSource("", SourceKind.LISTING, response.url)
    try:
        page = read_listing(response.text(), response.url, source)
    except InvalidRecordError:
        return None
    return Candidate(SourceKind.LISTING, response.url) if page.records else None


class _LinkParser(HTMLParser):
    """Collects the base address of a page, and the address and title of each feed."""

    def __init__(self) -> None:
        super().__init__()
        self.base = ""
        self.links: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "base" and not self.base:
            self.base = values.get("href", "").strip()
        is_feed = values.get("type", "").partition(";")[0].strip().lower() in _FEED_TYPES
        if tag == "link" and is_feed and "alternate" in values.get("rel", "").lower().split():
            self.links.append((values.get("href", ""), values.get("title", "")))
