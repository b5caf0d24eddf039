from __future__ import annotations

from newsreader.app.snippets import snippet_of
from newsreader.domain.story_page import StoryPage
from tests.builders import a_record


def test_a_story_quotes_its_body_where_the_filter_matches() -> None:
    page = StoryPage(a_record(title="Headline", body="Of taproot."), 1)
    assert snippet_of(page, "taproot") == "Of taproot."
    assert snippet_of(page, "quality>x") == ""
    assert snippet_of(page, "") == ""
    assert snippet_of(StoryPage(a_record(), 1), "taproot") == ""
