"""What servers answer: pages, feeds, lists of feeds, listings, robots.txt."""

from __future__ import annotations

from typing import Final

from newsreader.domain.topics import TopicTree
from newsreader.domain.urls import is_openable
from newsreader.web.extract.extract import Engine, extract_article
from newsreader.web.http.decoding import decode_body
from newsreader.web.http.robots import parse_robots
from newsreader.web.sources.discovery import announced_feeds
from newsreader.web.sources.entries import records_of
from newsreader.web.sources.feeds import read_feed
from newsreader.web.sources.incoming_record import IncomingRecord, InvalidRecordError, checked_path
from newsreader.web.sources.listing import read_listing
from newsreader.web.sources.opml import read_opml
from newsreader.web.sources.plan import SourceKind, SyncSource
from tests.fuzz.mutator import as_bytes
from tests.fuzz.target import Target, require, require_block, require_line, require_safe
from tests.fuzz.targets.bodies import HTML
from tests.fuzz.targets.text import URLS

_URL: Final = "https://news.example/feed"
_FEED: Final = SyncSource("news", SourceKind.FEED, _URL, topics=("AI",), quality=5)
_LISTING: Final = SyncSource("news", SourceKind.LISTING, "https://news.example/news/index.json")

_PARAGRAPH = (
    "<p>" + "A sentence with enough words, so that it counts as the text of an article. " * 5 + "</p>"
)
_PAGES = (
    f"<html><head><title>T</title><meta property='og:title' content='O'></head><body><nav><a href=/>x</a></nav><article><h1>T</h1>"
    f"{_PARAGRAPH * 3}<figure><img src=i.png><figcaption>c</figcaption></figure></article><footer>f</footer></body></html>",
    f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"H","articleBody":"B"}}</script><div class="content">{_PARAGRAPH * 2}</div>',
    *HTML,
)
_PAGE_PIECES = (
    *(
        "<div>",
        "</div>",
        "<article>",
        "<p>",
        _PARAGRAPH,
        "<nav>",
        "<table>",
        "<td>",
        "<script>",
        "</script>",
        "<noscript>",
        "<!--",
        "<form>",
    ),
    *(
        "<meta charset=utf-8>",
        "<base href='//x'>",
        "<title>",
        " class='comment'",
        " hidden",
        "&#27;",
        "&#0;",
        "<pre>",
        "<li>",
        "<aside>",
    ),
)
_FEEDS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>T</title><link>https://n.example</link><item><title>A &amp; b</title>'
    "<link>https://n.example/a</link><guid>g</guid><pubDate>Mon, 28 Jun 2021 07:12:00 GMT</pubDate><description>&lt;p&gt;x&lt;/p&gt;</description>"
    '<enclosure url="https://n.example/a.mp3" type="audio/mpeg" length="12"/></item></channel></rss>',
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>i</id><title type="html">&lt;b&gt;A</title><link href="/a"/>'
    "<updated>2021-06-28T07:12:00Z</updated><author><name>N</name></author><content type='xhtml'><div>c</div></content></entry></feed>",
    '{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","url":"https://n.example/a","title":"A","content_html":"<p>x",'
    '"date_published":"2021-06-28T07:12:00Z","authors":[{"name":"N"}],"attachments":[{"url":"https://n.example/a.mp3","mime_type":"audio/mpeg","size_in_bytes":1}]}]}',
)
_FEED_PIECES = (
    *(
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<link>",
        "<guid>",
        "<pubDate>",
        "<entry>",
        "<id>",
        "<![CDATA[",
        "]]>",
        "<!DOCTYPE a [",
        "<!ENTITY x 'y'>",
    ),
    *(
        "&x;",
        "&#27;",
        "&#155;",
        " xml:base='//x'",
        "<media:content url='x' width='9999999999'/>",
        "<itunes:duration>1:2:3</itunes:duration>",
        '"items":[',
    ),
    *(
        '"id":',
        "{",
        "}",
        "[",
        "]",
        "null",
        "1e999",
        ",",
        '"url":"javascript:x"',
        "<channel>",
        "</channel>",
        "<source>",
        "<category>",
    ),
)
_OPML = (
    '<opml version="2.0"><body><outline text="F"><outline type="rss" text="A" xmlUrl="https://a.example/feed"/></outline></body></opml>',
    "<opml><outline xmlUrl=https://b.example text='x > y'><outline title='&amp;' xmlurl=\"https://c.example/\"></outline>",
)
_OPML_PIECES = (
    "<outline ",
    "</outline>",
    "xmlUrl='https://x.example/'",
    "text=",
    "/>",
    ">",
    "<!DOCTYPE x [<!ENTITY a 'b'>]>",
    "<body>",
    "</opml>",
    "<?xml version='1.0' encoding='x'?>",
)
_LISTINGS = (
    '{"value":[{"path":"_news/a.md","title":"A","webUrl":"https://n.example/a","content":"x","categories":["news"],"publishedDateTime":"2021-06-28"}],"nextPage":2}',
    '{"value":[{"path":"_news/../a.md","title":"A"},{"path":"a","title":null},7],"nextPage":"https://other.example/"}',
)
_LISTING_PIECES = (
    *(
        '"path":',
        '"_news/',
        "../",
        ".md",
        '"title":',
        '"nextPage":',
        "null",
        "true",
        "-1",
        "{",
        "}",
        "[",
        "]",
        ",",
        '"',
        "NaN",
    ),
    "/" * 9,
)
_ROBOTS = (
    "User-agent: *\nDisallow: /private\nAllow: /\nCrawl-delay: 5\n",
    "user-agent: newsreader/1.0\nuser-agent: x\ndisallow: /*.php$\n",
)
_ROBOTS_PIECES = (
    "User-agent: ",
    "Disallow: ",
    "Allow: ",
    "Crawl-delay: ",
    "*",
    "$",
    "/",
    "%2f",
    "%",
    "#",
    ":",
    "\n",
    "newsreader",
    "9" * 30,
)
_CHARSETS = (
    "",
    "utf-8",
    "utf-16",
    "iso-8859-1",
    "shift_jis",
    "rot13",
    "zlib",
    "x" * 99,
    "\x00",
    "gb2312",
    "utf-7",
)


def _decoded(text: str) -> str:
    return decode_body(as_bytes(text), _CHARSETS[len(text) % len(_CHARSETS)])


def _article(text: str, engine: Engine) -> None:
    article = extract_article(_decoded(text), "https://news.example/a", engine=engine)
    if article is not None:
        require_line(article.title)
        require_block(article.html)
        require(article.words >= 0, article.words)


def check_article(text: str) -> None:
    """The built-in extractor returns a safe article, or none."""
    _article(text, Engine.OWN)


def check_article_best(text: str) -> None:
    """The better of both extractors likewise."""
    _article(text, Engine.BEST)


def _require_records(records: list[IncomingRecord], complaints: list[str]) -> None:
    for record in records:
        require(checked_path(record.path) == record.path, record.path)
        require_safe(record.document.values)
        require_block(record.document.body)
    for complaint in complaints:
        require_line(complaint)


def check_feed(text: str) -> None:
    """A feed is refused, or its records are safe files of the corpus."""
    try:
        feed = read_feed(as_bytes(text), _URL, charset=_CHARSETS[len(text) % len(_CHARSETS)])
    except InvalidRecordError as error:
        require_line(str(error))
        return
    _require_records(*records_of(feed, _URL, _FEED, TopicTree(())))


def check_opml(text: str) -> None:
    """A list of feeds is refused, or has addresses that may be opened."""
    try:
        found = read_opml(as_bytes(text))
    except InvalidRecordError as error:
        require_line(str(error))
        return
    require_safe(found)
    require(all(is_openable(outline.url) for outline in found.outlines), found)


def check_listing(text: str) -> None:
    """A listing is refused, or its records are safe files and its next page is on the same host."""
    try:
        page = read_listing(_decoded(text), _LISTING.address, _LISTING)
    except InvalidRecordError as error:
        require_line(str(error))
        return
    _require_records(list(page.records), list(page.errors))
    require(not page.next_url or page.next_url.startswith("https://news.example/"), page.next_url)


def check_robots(text: str) -> None:
    """Rules have an answer for each address, and a bounded delay."""
    rules = parse_robots(_decoded(text))
    for url in URLS:
        if is_openable(url):
            rules.allow(url)
    require(rules.crawl_delay is None or 0 <= rules.crawl_delay <= 3_600, rules.crawl_delay)


def check_decoding(text: str) -> None:
    """Any bytes are text in any charset."""
    require(isinstance(_decoded(text), str))


def check_discovery(text: str) -> None:
    """Announced feeds have addresses that may be opened, and safe titles."""
    for candidate in announced_feeds(_decoded(text), _URL):
        require(is_openable(candidate.url), candidate)
        require_line(candidate.title)


TARGETS: Final = (
    Target("article", check_article, _PAGES, _PAGE_PIECES, 1),
    Target("article-best", check_article_best, _PAGES, _PAGE_PIECES, 1),
    Target("feeds", check_feed, _FEEDS, _FEED_PIECES, 1),
    Target("opml", check_opml, _OPML, _OPML_PIECES, 10),
    Target("listings", check_listing, _LISTINGS, _LISTING_PIECES, 10),
    Target("robots", check_robots, _ROBOTS, _ROBOTS_PIECES, 30),
    Target(
        "decoding",
        check_decoding,
        (*_PAGES, "\udcff\udcfea\x00", "<meta charset=koi8-r>\udcc0"),
        _PAGE_PIECES,
        10,
    ),
    Target(
        "discovery",
        check_discovery,
        ("<link rel=alternate type=application/rss+xml title=T href=/feed>",),
        ("<link ", "href=", "rel=alternate ", ">", "<base href="),
        10,
    ),
)
