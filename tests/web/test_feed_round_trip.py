"""What a feed says about an entry is in the file that is written for it: nothing is lost or changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsreader.corpus.fields import build_record
from newsreader.corpus.frontmatter import read_document
from newsreader.corpus.writer import written
from newsreader.domain.dates import Moment
from newsreader.domain.record import Enclosure
from newsreader.domain.sanitize import clean_line
from newsreader.domain.topics import TopicTree
from newsreader.web.sources.entries import FeedItem, ParsedFeed, records_of
from newsreader.web.sources.plan import SourceKind, SyncSource

URL = "https://blog.example/feed"
names = st.text(min_size=1, max_size=60).filter(lambda text: bool(clean_line(text)))
segments = st.text("abcXYZ019-_~%20.", min_size=1, max_size=20)
addresses = segments.map(lambda segment: f"https://files.example/x{segment}x")
amounts = st.integers(0, 10**15)
files = st.builds(Enclosure, addresses, st.sampled_from(["audio/mpeg", "video/mp4", ""]), amounts, amounts)


@st.composite
def entries(draw: st.DrawFn) -> FeedItem:
    return FeedItem(
        id=draw(st.text(max_size=20)),
        url=draw(addresses),
        title=draw(names),
        summary=draw(st.text(max_size=200)),
        content_html=draw(st.text(max_size=200)),
        published=Moment(draw(st.integers(0, 1_700_000_000)), day_only=False),
        authors=tuple(draw(st.lists(names, max_size=4))),
        enclosures=tuple(draw(st.lists(files, max_size=4))),
    )


@given(entries())
def test_title_link_date_authors_and_enclosures_round_trip(entry: FeedItem) -> None:
    source = SyncSource("blog", SourceKind.FEED, URL)
    assert entry.published is not None
    (incoming,), complaints = records_of(ParsedFeed("Blog", URL, (entry,)), URL, source, TopicTree([]))
    document = read_document(written(incoming.document).encode("utf-8", "backslashreplace"))
    assert document is not None
    record, defects = build_record(document, incoming.path)
    assert (complaints, defects) == ([], ())
    assert record.title == clean_line(entry.title)
    assert record.web_url == entry.url
    assert record.moment is not None
    assert record.moment.seconds == entry.published.seconds
    assert record.provider.authors == tuple(dict.fromkeys(map(clean_line, entry.authors)))
    distinct = {file.url: file for file in reversed(entry.enclosures)}
    assert record.enclosures == tuple(distinct[url] for url in dict.fromkeys(f.url for f in entry.enclosures))
