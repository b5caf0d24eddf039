"""What feeds of all kinds become: records as the sites write them, with every text through the gate."""

from __future__ import annotations

import builtins
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from newsreader.corpus.document import Document
from newsreader.corpus.fields import build_record
from newsreader.corpus.frontmatter import read_document
from newsreader.corpus.writer import written
from newsreader.domain.topics import Topic, TopicTree
from newsreader.web.sources.entries import records_of, seconds_of
from newsreader.web.sources.feeds import read_feed
from newsreader.web.sources.incoming_record import IncomingRecord, InvalidRecordError
from newsreader.web.sources.plan import SourceKind, SyncSource

URL = "https://blog.example/feed.xml"
SOURCE = SyncSource("blog", SourceKind.FEED, URL, topics=("AI",), quality=40)
TOPICS = TopicTree([Topic("Computer Vision", key="vision"), Topic("AI")])


def rss(*items: str, head: str = "<title>The Blog</title><link>https://blog.example/</link>") -> bytes:
    text = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{head}'
    return (text + "".join(f"<item>{item}</item>" for item in items) + "</channel></rss>").encode()


def records(body: bytes, source: SyncSource = SOURCE, **how: str) -> list[IncomingRecord]:
    found, complaints = records_of(read_feed(body, URL, **how), URL, source, TOPICS)
    assert complaints == []
    for record in found:
        check_reads_back(record.document)
    return found


def check_reads_back(document: Document) -> None:
    """The file says exactly what the record says, with nothing to complain of."""
    read = read_document(written(document).encode())
    assert read is not None
    assert (read.values, read.body, read.defects) == (document.values, document.body, ())


def only(body: bytes, **how: Any) -> IncomingRecord:
    (record,) = records(body, **how)
    return record


def test_an_item_of_rss_has_the_keys_of_the_format() -> None:
    item = """
      <title>Who won?</title><link>https://blog.example/won?utm_source=rss</link><guid>tag:1</guid>
      <pubDate>Mon, 28 Jun 2021 23:30:00 -0700</pubDate><category>vision</category><category>Cats</category>
      <description>&lt;p&gt;We &lt;b&gt;did&lt;/b&gt; &amp;amp; how.&lt;/p&gt;</description>
      <author>jo@blog.example (Jo)</author>
      <enclosure url="https://blog.example/won.jpg" type="image/jpeg" length="1"/>
    """
    record = only(rss(item))
    assert record.path == "_news/2021-06-29-who-won.md"
    assert record.page == "https://blog.example/won"
    assert record.document.values == {
        "category": "news",
        "title": "Who won?",
        "excerpt": "We did & how.",
        "publishedDateTime": "2021-06-29T06:30:00Z",
        "originalUrl": "https://blog.example/won?utm_source=rss",
        "webUrl": "https://blog.example/won?utm_source=rss",
        "type": "article",
        "quality": 40,
        "published": True,
        "provider": {"name": "The Blog", "domain": "blog.example", "authors": [{"name": "Jo"}]},
        "topics": ["AI", "Computer Vision"],
        "images": [{"url": "https://blog.example/won.jpg"}],
    }
    assert record.document.body == ""


def test_an_entry_of_atom_keeps_its_whole_text_as_the_body() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">The &lt;i&gt;Lab&lt;/i&gt;</title>
      <entry><id>urn:1</id><title type="text">C&lt;T&gt; &amp; &lt;b&gt; in C++</title>
      <link rel="alternate" href="/posts/1"/><published>2021-06-28T12:00:00+02:00</published>
      <updated>2021-07-01T00:00:00Z</updated><author><name>Ann</name></author>
      <summary>Short.</summary>
      <content type="html">&lt;p&gt;Long.&lt;/p&gt;&lt;script&gt;bad()&lt;/script&gt;</content>
      </entry></feed>"""
    record = only(body)
    values = record.document.values
    assert values["webUrl"] == "https://blog.example/posts/1"
    assert values["publishedDateTime"] == "2021-06-28T10:00:00Z"
    assert values["updatedDateTime"] == "2021-07-01T00:00:00Z"
    assert values["excerpt"] == "Short."
    assert record.document.body == "<p>Long.</p>"
    assert values["provider"]["authors"] == [{"name": "Ann"}]
    assert record.path == "_news/2021-06-28-ct-b-in-c.md"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("1709622489", "2024-03-05T07:08:09Z"),
        ("2024-03-05 7:08 PM", "2024-03-05T19:08:00Z"),
        ("Thu, 01 Jan 04 19:48:21 GMT", "2004-01-01T19:48:21Z"),
        ("2024-13-45", None),
        ("tomorrow", None),
    ],
)
def test_dates_of_feeds_are_parsed_like_those_of_records(written: str, told: str | None) -> None:
    item = f"<title>A</title><link>https://blog.example/a</link><pubDate>{written}</pubDate>"
    assert only(rss(item)).document.values.get("publishedDateTime") == told


def test_a_title_that_only_looks_like_markup_is_read_as_it_was() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id>
      <title type="text">The &lt;b&gt; element &amp;amp; you</title></entry></feed>"""
    record = only(body)
    read, _ = build_record(record.document, record.path)
    assert read.title == "The <b> element &amp; you"


def test_json_feed_needs_no_feedparser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "feedparser", None)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Blog",
        "home_page_url": "https://blog.example/",
        "authors": [{"name": "Jo"}],
        "items": [
            {
                "id": 7,
                "url": "https://blog.example/7",
                "external_url": "https://news.example/seen",
                "title": "Seen",
                "content_html": "<p>One <em>and</em> two.</p>",
                "date_published": "2021-06-28T23:59:00-01:00",
                "tags": ["computer vision"],
                "image": "https://blog.example/7.png",
                "attachments": [{"url": "https://blog.example/7.mp4", "mime_type": "video/mp4"}],
            },
            {"id": "8", "content_text": "Only text\n\nin two parts, with a < b."},
            "no item",
        ],
    }
    seen, text = records(json.dumps(feed).encode())
    assert seen.path == "_news/2021-06-29-seen.md"
    assert seen.document.values["originalUrl"] == "https://blog.example/7"
    assert seen.document.values["webUrl"] == "https://news.example/seen"
    assert seen.document.values["type"] == "video"
    assert seen.document.values["topics"] == ["AI", "Computer Vision"]
    assert seen.document.values["excerpt"] == "One and two."
    assert seen.document.values["provider"]["domain"] == "news.example"
    assert text.document.values["title"] == "Only text in two parts, with a < b."
    assert text.path == "_news/only-text-in-two-parts-with-a-b.md"
    assert "publishedDateTime" not in text.document.values
    assert "webUrl" not in text.document.values


@pytest.mark.parametrize(
    "title",
    [
        "\x1b[31mred\x1b[0m \x1b]52;c;AAAA\x07 and \x9b1m on",
        "---",
        "--- # not: [a] {mapping} & *alias !tag %directive @at `tick`",
        "yes",
        "2021-06-28",
        "0x1F",
        "null",
        "line\nbreak\r\nand\u2028more\x85",
        "a \u202e reversed",
        "'single' \"double\" \\back\\",
        "- item",
        "key: value #comment",
        "😀 e\u0301",
        "x" * 5_000,
        "[/] [bold]markup[/bold]",
        "{% raw %}{{ liquid }}",
    ],
)
def test_hostile_titles_read_back_as_stored(title: str) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1",
        "items": [{"id": "../../../etc/passwd", "title": title, "summary": title, "content_html": title}],
    }
    record = only(json.dumps(feed).encode())
    assert record.path.startswith("_news/")
    assert record.path.count("/") == 1
    shown = str(record.document.values["title"])
    assert shown
    assert shown.isprintable()
    assert "\u202e" not in shown


def test_ids_and_links_never_name_the_file() -> None:
    item = "<title>../../up</title><guid>../../../etc/passwd</guid><link>javascript:alert(1)</link>"
    record = only(rss(item))
    assert record.path == "_news/up.md"
    assert "webUrl" not in record.document.values


def test_a_title_without_any_letter_still_has_a_name() -> None:
    first, second = records(rss("<title>!!!</title><guid>1</guid>", "<title>???</title><guid>2</guid>"))
    assert first.path.startswith("_news/record-")
    assert first.path != second.path


def test_broken_xml_is_read_as_far_as_possible_with_a_message() -> None:
    whole = rss("<title>One</title><guid>1</guid>", "<title>Two</title><guid>2</guid>")
    feed = read_feed(whole[:-40].replace(b"<channel>", b"<channel>&nope;"), URL)
    found, complaints = records_of(feed, URL, SOURCE, TOPICS)
    assert "One" in [record.document.values["title"] for record in found]
    assert complaints[0] == "the feed is not well-formed XML; read as far as possible"


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "no-such-thing"])
def test_the_charset_of_the_feed_overrides_a_wrong_header(charset: str) -> None:
    text = '<?xml version="1.0" encoding="windows-1252"?><rss version="2.0"><channel><item>'
    body = f"{text}<title>Café “now”</title></item></channel></rss>".encode("windows-1252")
    assert only(body, content_type="text/xml", charset=charset).document.values["title"] == "Café “now”"


def test_ten_thousand_entries_are_ten_thousand_records() -> None:
    items = [{"id": str(number), "title": f"Story {number}"} for number in range(10_000)]
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": items}
    found, _ = records_of(read_feed(json.dumps(feed).encode(), URL), URL, SOURCE, TOPICS)
    assert len({record.key for record in found}) == 10_000


def test_ten_thousand_items_of_rss_are_read() -> None:
    body = rss(*(f"<title>Story {number}</title><guid>{number}</guid>" for number in range(10_000)))
    found, _ = records_of(read_feed(body, URL), URL, SOURCE, TOPICS)
    assert len(found) == 10_000


def test_an_empty_item_is_skipped_with_a_message() -> None:
    feed = read_feed(rss('<guid isPermaLink="false">1</guid>', "<title>Two</title>"), URL)
    found, complaints = records_of(feed, URL, SOURCE, TOPICS)
    assert [record.document.values["title"] for record in found] == ["Two"]
    assert complaints == [f"entry 1 of {URL}: it has no title, text, link or file"]


def test_pictures_and_videos_of_media_rss() -> None:
    media = 'xmlns:media="http://search.yahoo.com/mrss/"'
    item = (
        f'<title>One</title><media:content {media} url="/a.jpg" medium="image" width="800" height="600"/>'
        f'<media:thumbnail {media} url="https://cdn.example/t.jpg" width="x"/>'
        f'<media:content {media} url="https://cdn.example/v.mp4" type="video/mp4"/>'
    )
    values = only(rss(item)).document.values
    assert values["type"] == "video"
    assert values["images"] == [
        {"url": "https://blog.example/a.jpg", "width": 800, "height": 600},
        {"url": "https://cdn.example/t.jpg"},
    ]


def test_a_link_to_a_video_site_is_a_video() -> None:
    assert (
        only(rss("<title>V</title><link>https://www.youtube.com/watch?v=1</link>")).document.values["type"]
        == "video"
    )


@pytest.mark.parametrize(
    "body",
    [b"", b"  ", b"<html><body>Not found</body></html>", b"{}", b'{"items": []}', b"{" * 5000, b"\x00\x01"],
)
def test_what_is_not_a_feed_has_a_message(body: bytes) -> None:
    with pytest.raises(InvalidRecordError, match="not a"):
        read_feed(body, URL)


def test_a_feed_is_never_interpreted_as_a_file_name_or_url(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss("<title>Secret</title>"))
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("it asked the network"))
    opened = builtins.open
    monkeypatch.setattr(
        builtins,
        "open",
        lambda file, *more, **how: (
            pytest.fail(str(file)) if str(secret) in str(file) else opened(file, *more, **how)
        ),
    )
    for body in (str(secret).encode(), b"http://127.0.0.1:9/feed.xml"):
        with pytest.raises(InvalidRecordError):
            read_feed(body, URL)


def test_exponential_entities_are_not_expanded() -> None:
    grow = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    item = "<rss version='2.0'><channel><item><title>x&e9;</title></item></channel></rss>"
    body = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{grow}]>{item}'
    found, _ = records_of(read_feed(body.encode(), URL), URL, SOURCE, TOPICS)
    assert all(len(str(record.document.values["title"])) <= 500 for record in found)


def test_a_channel_definition_of_the_nineties_is_refused_in_words() -> None:
    body = b'<?xml version="1.0"?><CHANNEL><ITEM HREF="/1"><TITLE>One</TITLE></ITEM></CHANNEL>'
    with pytest.raises(InvalidRecordError, match="CDF, a format of the 1990s"):
        read_feed(body, URL)


@pytest.mark.parametrize(
    ("label", "codec", "title"),
    [
        ("windows-31j", "cp932", "今日のニュース"),
        ("x-sjis", "cp932", "今日のニュース"),
        ("ks_c_5601-1989", "cp949", "한국 뉴스"),
        ("koi8-ru", "koi8-u", "Новости дня"),
        ("x-cp1251", "cp1251", "Новости дня"),
        ("iso88592", "iso8859-2", "Łódź"),
        ("utf-16", "utf-16", "Łódź"),
    ],
)
@pytest.mark.parametrize("in_header", [True, False])
def test_a_charset_is_read_by_any_label_of_the_web(
    label: str, codec: str, title: str, in_header: bool
) -> None:
    text = f"<?xml version='1.0' encoding='{label}'?><rss version='2.0'><channel><title>{title}</title>"
    body = f"{text}<item><title>{title}</title></item></channel></rss>".encode(codec)
    charset = label if in_header else ""
    assert only(body, charset=charset).document.values["title"] == title


def test_the_episode_of_a_podcast_is_kept_as_a_file_with_type_size_and_duration() -> None:
    item = """<guid isPermaLink="false">ep-12</guid><title>Twelve</title>
      <itunes:duration>1:02:03</itunes:duration>
      <enclosure url="/ep 12.mp3" type="audio/MPEG" length="12345678"/>
      <media:content url="https://cdn.example/12.mp4" type="video/mp4" fileSize="5" duration="61.5"/>
      <media:content url="https://cdn.example/12.jpg" medium="image"/>"""
    body = rss(item).replace(
        b'<rss version="2.0">',
        b'<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
        b' xmlns:media="http://search.yahoo.com/mrss/">',
    )
    record = only(body)
    files = [
        {"url": "https://blog.example/ep%2012.mp3", "type": "audio/mpeg", "size": 12345678, "duration": 3723},
        {"url": "https://cdn.example/12.mp4", "type": "video/mp4", "size": 5, "duration": 61},
    ]
    assert record.document.values["enclosures"] == files
    assert record.page == ""
    read, _ = build_record(record.document, record.path)
    assert [link.label for link in read.links()] == [
        "audio/mpeg, 12.3 MB, 1:02:03",
        "video/mp4, 5 bytes, 1:01",
    ]


def test_attachments_of_json_feed_are_files() -> None:
    sound = {"url": "https://a.example/1.mp3", "mime_type": "audio/mpeg"}
    attachments = [
        {**sound, "size_in_bytes": 7, "duration_in_seconds": 8},
        {"url": "https://a.example/1.png", "mime_type": "image/png"},
    ]
    items = [{"id": "1", "title": "One", "attachments": attachments}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": items}
    assert only(json.dumps(feed).encode()).document.values["enclosures"] == [
        {"url": "https://a.example/1.mp3", "type": "audio/mpeg", "size": 7, "duration": 8}
    ]


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ('<enclosure url="https://a.example/x/Episode%2012.mp3" type="audio/mpeg"/>', "Episode 12.mp3"),
        ('<enclosure url="https://a.example/cat.jpg" type="image/jpeg"/>', "cat.jpg"),
        ("<link>https://a.example/who-won</link>", "who-won"),
        ("<link>https://a.example/</link>", "a.example"),
        ("<guid>https://a.example/who-won</guid>", "who-won"),
    ],
)
def test_an_entry_with_only_a_file_or_a_link_is_named_by_it(item: str, title: str) -> None:
    assert only(rss(item)).document.values["title"] == title


def test_a_link_with_blanks_and_a_line_break_is_read_as_browsers_do() -> None:
    record = only(rss("<title>A</title><link>\nhttps://a.example/a b\n/c\n</link>"))
    assert record.document.values["webUrl"] == "https://a.example/a%20b/c"


def test_the_date_of_dublin_core_is_read() -> None:
    item = "<title>A</title><dc:created>2024-03-05T07:08:09Z</dc:created>"
    body = rss(item).replace(b"<rss ", b'<rss xmlns:dc="http://purl.org/dc/elements/1.1/" ')
    assert only(body).document.values["publishedDateTime"] == "2024-03-05T07:08:09Z"


@pytest.mark.parametrize(
    ("head", "seconds"),
    [
        ("<ttl> 90 </ttl>", 90 * 60),
        ("<ttl>0</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 3_600),
        ("<sy:updatePeriod> Daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 6 * 3_600),
        ("<sy:updatePeriod>weekly</sy:updatePeriod><sy:updateFrequency>-1</sy:updateFrequency>", 7 * 86_400),
        ("<sy:updatePeriod>now and then</sy:updatePeriod>", 0),
        ("<ttl>an hour</ttl>", 0),
        ("", 0),
    ],
)
def test_a_feed_may_say_how_long_it_stays_as_it_is(head: str, seconds: int) -> None:
    body = rss("<title>A</title>", head=f"<title>B</title>{head}").replace(
        b"<rss ", b'<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    )
    assert read_feed(body, URL).lifetime == seconds


@pytest.mark.parametrize("name", ["Tom & Co", "Tom &amp; Co"])
def test_the_name_of_a_provider_is_unescaped_also_when_escaped_twice(name: str) -> None:
    head = f"<title>{name.replace('&', '&amp;')}</title>"
    assert only(rss("<title>A</title>", head=head)).document.values["provider"]["name"] == "Tom & Co"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1:02:03", 3723),
        ("62:03", 3723),
        ("3723", 3723),
        ("3723.9", 3723),
        ("", 0),
        ("x:1", 0),
        ("1:2:3:4", 0),
    ],
)
def test_durations_are_read_in_each_form(text: str, seconds: int) -> None:
    assert seconds_of(text) == seconds
