from __future__ import annotations

from newsreader.domain.record import LinkKind, Provider
from newsreader.domain.story_page import Coverage, Match, StoryPage, entry_page
from tests.builders import A_MOMENT, a_record, a_related


def test_coverage_that_the_corpus_lacks_has_a_page_of_its_own() -> None:
    entry = a_related(
        excerpt="How to.",
        amp_url="https://news.example/amp/guidance",
        cached_amp_url="https://news-example.cdn.ampproject.org/c/s/news.example/amp/guidance",
        type="video",
    )
    page = entry_page(entry)
    record = page.record
    assert (page.record_id, page.coverage, page.items) == (None, (), ())
    assert (record.title, record.excerpt, record.moment) == (entry.title, "How to.", A_MOMENT)
    assert (record.type, record.quality, record.heat) == ("video", 48, None)
    assert record.provider == Provider("News", "news.example")
    assert [link.kind for link in record.links()] == [LinkKind.ORIGINAL, LinkKind.AMP, LinkKind.CACHED_AMP]


def test_each_way_to_find_coverage_has_words() -> None:
    page = StoryPage(a_record(), 7, (Coverage(a_related(), 8, Match.ADDRESS),))
    assert page.coverage[0].match.value == "address"
    assert all(match.value for match in Match)
