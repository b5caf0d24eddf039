"""Convert feed entries to records as the sites write them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any, Final, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from newsreader.domain.dates import Moment, iso
from newsreader.domain.record import Enclosure
from newsreader.domain.sanitize import clean_block, clean_line, clean_source, plain, shorten
from newsreader.domain.topics import TopicTree
from newsreader.domain.urls import canonical_url, host_of, is_openable
from newsreader.markup.blocks import BlockKind
from newsreader.markup.html import html_blocks
from newsreader.web.sources.file_names import file_name
from newsreader.web.sources.incoming_record import IncomingRecord, InvalidRecordError, document_of
from newsreader.web.sources.plan import SyncSource

EXCERPT: Final = 500
"""Maximum characters of an excerpt; a longer summary becomes the body."""

_TITLE: Final = 300
_MAX_IMAGES: Final = 5
_MAX_AUTHORS: Final = 20
_MAX_ENCLOSURES: Final = 20
_VIDEO_HOSTS: Final = ("youtube.com", "youtu.be", "vimeo.com", "dailymotion.com")


class FeedImage(NamedTuple):
    """A picture of an entry; sizes in pixels, 0 if unknown."""

    url: str
    width: int = 0
    height: int = 0
    title: str = ""


class FeedItem(NamedTuple):
    """An unsanitized entry of a feed.

    `title_html`, `summary_html` and `content_html` are HTML, `title`, `summary` and `content` plain text; of
    each pair one is empty. `provider` is the original publisher, if given.
    """

    id: str = ""
    url: str = ""
    web_url: str = ""
    title: str = ""
    title_html: str = ""
    summary: str = ""
    summary_html: str = ""
    content: str = ""
    content_html: str = ""
    published: Moment | None = None
    updated: Moment | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    images: tuple[FeedImage, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    is_video: bool = False
    provider: str = ""


class ParsedFeed(NamedTuple):
    """A feed: its title, its site, its entries, and messages about its defects.

    `lifetime` is how long it says that it stays as it is, in seconds; 0 if it does not say.
    """

    title: str
    site: str
    entries: tuple[FeedItem, ...]
    complaints: tuple[str, ...] = ()
    lifetime: int = 0


def records_of(
    feed: ParsedFeed,
    url: str,
    source: SyncSource,
    topics: TopicTree,
    *,
    folders: Sequence[str] = (),
    asked: str = "",
) -> tuple[list[IncomingRecord], list[str]]:
    """Return the records of a feed, and messages about invalid entries.

    Args:
        feed: The feed.
        url: Its URL, the base of relative links.
        source: Its values for all records.
        topics: The topics of the corpus; matching categories become topics of a record.
        folders: Of the feed in a list of feeds; they are topics of its records.
        asked: The URL before redirects, the prefix of record keys.

    """
    named = (topics.get(name) for name in folders)
    filed = (topic.name if topic else name for topic, name in zip(named, folders, strict=True))
    source = source._replace(topics=tuple(dict.fromkeys([*source.topics, *filed])))
    records: list[IncomingRecord] = []
    complaints = list(feed.complaints)
    for number, entry in enumerate(feed.entries, start=1):
        try:
            records.append(_record(entry, feed, url, source, topics=topics, asked=asked or url))
        except InvalidRecordError as error:
            complaints.append(f"entry {number} of {url}: {error}")
    return records, complaints


def text_of(html: str) -> str:
    """Return the visible text of HTML in one line."""
    blocks = html_blocks(clean_source(html))
    return clean_line(" ".join(block.text for block in blocks if block.kind is not BlockKind.RULE), 100_000)


def amount_of(text: str) -> int:
    """Parse a number of bytes or seconds; 0 if it is none."""
    whole = text.strip().partition(".")[0]
    return int(whole) if whole.isascii() and whole.isdigit() and len(whole) <= 15 else 0


def seconds_of(text: str) -> int:
    """Parse a duration such as `1:02:03`, `62:03` or `3723`; 0 if it is none."""
    parts = text.strip().split(":")
    if len(parts) > 3 or (len(parts) > 1 and not all(map(str.isdigit, parts))):
        return 0
    return sum(amount_of(part) * 60**place for place, part in enumerate(reversed(parts)))


def _record(
    entry: FeedItem, feed: ParsedFeed, url: str, source: SyncSource, *, topics: TopicTree, asked: str
) -> IncomingRecord:
    link, web = _address(entry.url, url), _address(entry.web_url, url)
    link, web = link or web, web or link
    title, excerpt = _title_and_excerpt(entry)
    enclosures, images = _enclosures(entry, url), _images(entry, url)
    if not title:
        files = (str(file["url"]) for file in (*enclosures, *images))
        title = shorten(excerpt, 100) or next(filter(None, map(_file_name_of, (*files, web))), "")
    if not title:
        raise InvalidRecordError("it has no title, text, link or file")
    page = canonical_url(web)
    name = clean_line(entry.id, 1_000)
    media = str(enclosures[0]["url"]) if enclosures else ""
    key = f"{asked} {name}" if name else page or f"{asked} {media or title}"
    moment = entry.published or entry.updated
    values: dict[str, Any] = {
        "category": source.folder.rpartition("/")[2].removeprefix("_"),
        "title": _escape_markup(title),
        "excerpt": _escape_markup(excerpt),
        "publishedDateTime": iso(moment) if moment else None,
        "originalUrl": link or None,
        "webUrl": web or None,
        "type": "video" if entry.is_video or host_of(web).endswith(_VIDEO_HOSTS) else "article",
        "quality": source.quality,
        "published": source.published,
        "provider": _provider(entry, feed, web, url),
        "topics": _topics(entry, source, topics) or None,
        "images": images or None,
        "enclosures": enclosures or None,
    }
    if entry.updated and entry.updated != moment:
        values["updatedDateTime"] = iso(entry.updated)
    path = f"{source.folder}/{file_name(title, moment, key)}"
    return IncomingRecord(path, document_of(values, _body(entry, excerpt), path), key, page)


def _address(given: str, base: str) -> str:
    """Return the absolute URL of a link, empty if it cannot be opened."""
    try:
        # As browsers do: line breaks are dropped, blanks are encoded.
        written = re.sub(r"[\t\r\n]+", "", given.strip()).replace(" ", "%20")
        whole = urljoin(base, written) if written else ""
    except ValueError:
        return ""
    whole = clean_line(whole, 8_000)
    return whole if is_openable(whole) else ""


def _title_and_excerpt(entry: FeedItem) -> tuple[str, str]:
    title = clean_line(entry.title, _TITLE) or shorten(text_of(entry.title_html), _TITLE)
    summary = clean_line(entry.summary, 100_000) or text_of(entry.summary_html)
    if not summary:
        summary = clean_line(entry.content, 100_000) or text_of(entry.content_html)
    return title, shorten(summary, EXCERPT)


def _escape_markup(text: str) -> str:
    """Escape text that would be changed where stray HTML is stripped from titles and excerpts."""
    return text if plain(text) == text else escape(text, quote=False)


def _body(entry: FeedItem, excerpt: str) -> str:
    """Return the whole text as HTML if it is longer than the excerpt."""
    html = entry.content_html or entry.summary_html
    if html and not entry.content:
        return html if text_of(html) != excerpt else ""
    text = clean_block(entry.content or entry.summary)
    if clean_line(text, 100_000) == excerpt:
        return ""
    return "".join(f"<p>{escape(part, quote=False)}</p>\n" for part in text.split("\n\n") if part.strip())


def _provider(entry: FeedItem, feed: ParsedFeed, web: str, url: str) -> dict[str, Any]:
    site = feed.site if is_openable(feed.site) else url
    domain = host_of(web) or host_of(site)
    authors = [{"name": name} for name in dict.fromkeys(map(clean_line, entry.authors)) if name]
    # Often escaped twice; unlike a title, a name is never read as markup again.
    name = next(filter(None, (clean_line(plain(text), 200) for text in (entry.provider, feed.title))), domain)
    provider: dict[str, Any] = {"name": name, "domain": domain}
    return {**provider, "authors": authors[:_MAX_AUTHORS]} if authors else provider


def _topics(entry: FeedItem, source: SyncSource, topics: TopicTree) -> list[str]:
    found = (topics.get(clean_line(name, 200)) for name in entry.categories)
    named = [topic.name for topic in found if topic is not None]
    return list(dict.fromkeys([*source.topics, *named]))


def _file_name_of(url: str) -> str:
    """Return the name of the file that a URL leads to, or its host."""
    name = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    return clean_line(name, _TITLE) or host_of(url)


def _enclosures(entry: FeedItem, url: str) -> list[dict[str, Any]]:
    files: dict[str, dict[str, Any]] = {}
    for file in entry.enclosures:
        address = _address(file.url, url)
        if address and address not in files:
            kind = clean_line(file.type.lower(), 100)
            values = {"type": kind, "size": file.size, "duration": file.duration}
            files[address] = {"url": address, **{key: value for key, value in values.items() if value}}
    return list(files.values())[:_MAX_ENCLOSURES]


def _images(entry: FeedItem, url: str) -> list[dict[str, Any]]:
    images: dict[str, dict[str, Any]] = {}
    for image in entry.images:
        address = _address(image.url, url)
        if address and address not in images and urlsplit(address).path:
            values = {"width": image.width, "height": image.height, "title": clean_line(image.title, 300)}
            images[address] = {"url": address, **{key: value for key, value in values.items() if value}}
    return list(images.values())[:_MAX_IMAGES]
