"""Lists of feeds, also such as were made to do harm."""

from __future__ import annotations

import pytest

from newsreader.web.sources.incoming_record import InvalidRecordError
from newsreader.web.sources.opml import Outline, read_opml


def opml(*outlines: str) -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0"><body>{"".join(outlines)}</body></opml>'.encode()


def feed(url: str, title: str = "T") -> str:
    return f'<outline type="rss" text="{title}" xmlUrl="{url}"/>'


def test_feeds_are_found_at_any_depth_with_their_folders() -> None:
    inner = f'<outline text="Computer Vision">{feed("https://b.example/feed", "B &amp; Co")}</outline>'
    found = read_opml(opml(feed("https://a.example/feed"), f'<outline text="AI">{inner}</outline>'))
    assert found == [
        Outline("https://a.example/feed", "T"),
        Outline("https://b.example/feed", "B & Co", ("AI", "Computer Vision")),
    ]


def test_each_feed_is_listed_once_and_only_with_a_web_address() -> None:
    addresses = [
        "https://a.example/feed",
        "https://a.example/feed/",
        "file:///etc/passwd",
        "javascript:x",
        "",
    ]
    assert [outline.url for outline in read_opml(opml(*map(feed, addresses)))] == ["https://a.example/feed"]


def test_an_empty_list_has_no_feeds() -> None:
    assert read_opml(opml()) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(encoding: str) -> None:
    bomb = '<!DOCTYPE opml [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><opml><body/></opml>'
    with pytest.raises(InvalidRecordError, match="DOCTYPE"):
        read_opml(bomb.encode(encoding))


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
