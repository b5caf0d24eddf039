"""Sections of the story pane: links in the text, and the category among the facts."""

from __future__ import annotations

from newsreader.domain.story_page import StoryItem, StoryPage
from newsreader.render.story import layout_story
from newsreader.render.story_lines import Show
from tests.builders import a_record


def lines_of(page: StoryPage) -> list[str]:
    return ["".join(span.text for span in line.spans) for line in layout_story(page, 60, 0).lines]


def test_records_that_the_body_links_to_can_be_followed() -> None:
    items = (StoryItem("Owl", 7, "Owls"), StoryItem("gone", None, ""))
    page = StoryPage(a_record(), 1, references=items)
    layout = layout_story(page, 60, 0)
    assert Show(7) in layout.targets
    assert "▸ Owls" in lines_of(page)


def test_a_category_that_says_more_than_the_topics_is_shown() -> None:
    assert "Category  Birds" in lines_of(StoryPage(a_record(category="Birds", topics=("owls",)), 1))
    for category in ("news", "", "Owls", "Posts"):
        shown = lines_of(StoryPage(a_record(path="_posts/a.md", category=category, topics=("owls",)), 1))
        assert not any(line.startswith("Category") for line in shown)
