"""Lists of feeds, also such as were made to do harm."""

from __future__ import annotations

import pytest

from newsreader.web.sources.incoming_record import InvalidRecordError
from newsreader.web.sources.opml import MAX_FEEDS, FeedList, Outline, read_opml


def opml(*outlines: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><body>{"".join(outlines)}</body></opml>'.encode()


def feed(url: str, title: str = "T") -> str:
    return f'<outline type="rss" text="{title}" xmlUrl="{url}"/>'


def test_feeds_are_found_at_any_depth_with_their_folders() -> None:
    inner = f'<outline text="Computer Vision">{feed("https://b.example/feed", "B &amp; Co")}</outline>'
    found = read_opml(opml(feed("https://a.example/feed"), f'<outline text="AI">{inner}</outline>'))
    assert found.outlines == (
        Outline("https://a.example/feed", "T"),
        Outline("https://b.example/feed", "B & Co", ("AI", "Computer Vision")),
    )


def test_each_feed_is_listed_once_and_only_with_a_web_address() -> None:
    addresses = [
        "https://a.example/feed",
        "https://a.example/feed/",
        "file:///etc/passwd",
        "javascript:x",
        "",
    ]
    found = read_opml(opml(*map(feed, addresses)))
    assert [outline.url for outline in found.outlines] == ["https://a.example/feed"]
    assert found.skipped == (
        "T: no web address (file:///etc/passwd)",
        "T: no web address (javascript:x)",
        "T: no web address (no address)",
    )


def test_an_empty_list_has_no_feeds() -> None:
    assert read_opml(opml()) == FeedList(())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_a_document_type_are_never_expanded(encoding: str) -> None:
    doctype = '<!DOCTYPE opml [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'
    listed = f"{doctype}<opml><body>{feed('https://a.example/feed', '&b;')}</body></opml>"
    found = read_opml(listed.encode(encoding))
    assert found.outlines == (Outline("https://a.example/feed", "&b;"),)
    assert "a document type" in found.skipped[0]
    with pytest.raises(InvalidRecordError, match="no feed was found"):
        read_opml(f"{doctype}<opml><body/></opml>".encode(encoding))


A, B = "https://a.example/feed?x=1&y=2", "https://b.example/feed"


@pytest.mark.parametrize(
    "text",
    [
        f'<opml><body><outline text="News"><outline text="A" xmlUrl="{A}"/><outline text="B" xmlUrl="{B}"/>'
        "</outline></body></opml>",
        f'<opml><body><outline text="News"><outline text="A" xmlUrl="{A}"/><outline text="B" xmlUrl="{B}"/>',
        f"<opml><body><OUTLINE TEXT=News><outline text=A xmlurl='{A}' />"
        f"<outline title='B' xmlUrl={B}></outline>",
        f'x<opml>\x00<outline text="News"><outline text="A" xmlUrl="{A}"/>'
        f'<outline text="B" xmlUrl="\n{B} "/>',
        f'<opml><!-- <outline xmlUrl="https://c.example/"/> --><outline text="News">'
        f'<outline text="A" htmlUrl="x<y" xmlUrl="{A}"/><outline text="B" xmlUrl="{B}"/><!-- & ',
        f'<opml><outline text="News"/><outline text="News"><outline text="A" xmlUrl="{A}"></outline>'
        f'<outline text="B" xmlUrl="{B}"></outline></opml></outline></outline>',
    ],
)
def test_a_sloppy_list_is_recovered_and_said_to_be_sloppy(text: str) -> None:
    found = read_opml(text.encode())
    assert found.outlines == (Outline(A, "A", ("News",)), Outline(B, "B", ("News",)))
    assert found.skipped[0].startswith("the list has mistakes (not well-formed XML, line 1")


def test_a_sloppy_list_in_another_encoding_keeps_its_titles() -> None:
    text = '<?xml version="1.0" encoding="iso-8859-1"?>'
    text += f'<opml><outline text="Café & Co" xmlUrl="{B}"/></opml>'
    assert read_opml(text.encode("latin-1")).outlines == (Outline(B, "Caf\u00e9 & Co"),)
    unknown = text.replace("iso-8859-1", "no-such").replace("&", "&amp;")
    assert read_opml(unknown.encode()).outlines == (Outline(B, "Caf\u00e9 & Co"),)


def test_feeds_beyond_the_limit_are_counted() -> None:
    feeds = [feed(f"https://a.example/{number}") for number in range(MAX_FEEDS + 2)]
    found = read_opml(opml(*feeds, feeds[0]))
    assert (len(found.outlines), found.skipped) == (MAX_FEEDS, (f"2 feeds beyond the first {MAX_FEEDS:,}",))


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"<opml><body>" + b"<outline>" * 100_000, "nested too deeply"),
        (b"<opml><body>", "not well-formed XML"),
        (b"", "not well-formed XML"),
        (b"<rss/>", "not OPML"),
        (b'<?xml version="1.0" encoding="no-such"?><opml/>', "OPML"),
        (b" " * 4_000_001, "larger than 4 MB"),
    ],
)
def test_what_is_not_opml_has_a_message(body: bytes, words: str) -> None:
    with pytest.raises(InvalidRecordError, match=words):
        read_opml(body)
