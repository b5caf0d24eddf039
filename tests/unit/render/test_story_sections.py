"""Sections of the story pane: links in the text, and the category among the facts."""

from __future__ import annotations

import pytest

from newsreader.domain.record import Provider, Related
from newsreader.domain.story_page import Coverage, Match, StoryItem, StoryPage
from newsreader.render.story import layout_story
from newsreader.render.story_lines import Show
from tests.builders import A_MOMENT, a_record


def lines_of(page: StoryPage, width: int = 60, now: int = 0) -> list[str]:
    return ["".join(span.text for span in line.spans) for line in layout_story(page, width, now).lines]


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


@pytest.mark.parametrize("width", range(18, 70))
def test_facts_break_between_items_only(width: int) -> None:
    record = a_record(
        provider=Provider("News", "news.example"),
        type="article",
        topics=("Computer Vision", "AI in Autos"),
        heat=60,
        quality=50,
        moment=A_MOMENT,
    )
    items = [
        *("News", "news.example", "3 years ago", "article", "Computer Vision", "AI in Autos"),
        *("heat 60", "quality 50", "on the front page"),
    ]
    lines = lines_of(StoryPage(record, 1), width, A_MOMENT.seconds + 3 * 366 * 86_400)
    assert [item for item in items if len(item) <= width and not any(item in line for line in lines)] == []
    assert not any(line.endswith("·") or line.startswith("·") for line in map(str.strip, lines))
    assert max(map(len, lines)) <= width


def test_a_fact_wider_than_a_line_is_wrapped() -> None:
    lines = lines_of(StoryPage(a_record(topics=("Natural Language Processing", "AI")), 1), 14)
    start = lines.index("Natural")
    assert lines[start - 1 : start + 4] == ["article", "Natural", "Language", "Processing", "AI"]


def test_links_of_one_host_name_their_pages() -> None:
    record = a_record(
        original_url="https://news.example/2021/07/rules",
        web_url="https://www.news.example/2021/07/rules?page=2",
        amp_url="https://amp.news.example/2021/07/rules",
        cached_amp_url="",
        embed_urls=("https://news.example/",),
    )
    links = [line.split(maxsplit=2)[-1] for line in lines_of(StoryPage(record, 1)) if ".example" in line]
    assert links[-4:] == [
        "news.example/2021/07/rules",
        "news.example/2021/07/rules?page=2",
        "amp.news.example",
        "news.example",
    ]
    narrow = [line for line in lines_of(StoryPage(record, 1), 40) if "page=2" in line]
    assert [line.split(maxsplit=2)[-1] for line in narrow] == ["news.example…/rules?page=2"]


def test_the_quality_of_related_coverage_has_no_sign_of_heat() -> None:
    entry = Related("Elsewhere", quality=31, provider=Provider("", "else.example"))
    shown = "\n".join(lines_of(StoryPage(a_record(), 1, coverage=(Coverage(entry, None, Match.NONE),))))
    assert "else.example · undated · quality 31" in shown
    assert "▲" not in shown
