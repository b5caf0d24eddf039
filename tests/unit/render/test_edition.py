"""An edition as a page of text: its parts, at any width."""

from __future__ import annotations

import pytest

from newsreader.domain.editions import Edition, EditionPage, EditionSpan, EditionStory, arrange
from newsreader.render.cells import cell_len
from newsreader.render.edition import EditionLayout, lay_out_edition, year_strip

TOPICS = ("AI", "Law", "Health", "AI", "Law", "Robots")


def a_page(count: int, videos: int = 0) -> EditionPage:
    stories = [
        EditionStory(
            number,
            f"Headline number {number} about 人工知能 in hospitals",
            "A sentence that is long enough to be wrapped in any column. " * ((number + 1) % 4),
            "news.example",
            None,
            100 - number if number % 2 else None,
            number % 3,
            "video" if number >= count else "article",
            TOPICS[number % len(TOPICS)],
        )
        for number in range(count + videos)
    ]
    page = arrange(Edition(EditionSpan.DAY, 18_806, 18_806, len(stories)), stories)
    assert page is not None
    return page


def text_of(layout: EditionLayout) -> list[str]:
    return ["".join(span.text for span in line) for line in layout.lines]


@pytest.mark.parametrize("width", [20, 60, 80, 120, 160, 200, 240, 300])
@pytest.mark.parametrize(("count", "videos"), [(1, 0), (2, 1), (6, 3), (14, 2), (40, 5), (0, 2)])
def test_every_line_has_the_width_and_every_story_its_place(width: int, count: int, videos: int) -> None:
    page = a_page(count, videos)
    layout = lay_out_edition(page, "The sample", width)
    assert {cell_len(line) for line in text_of(layout)} == {max(width, 30)}
    assert [place.record_id for place in layout.places] == [story.record_id for story in page.stories]
    for number, place in enumerate(layout.places):
        lines = lay_out_edition(page, "The sample", width, number).lines[place.top : place.bottom]
        marked = [span.text for line in lines for span in line if span.role == "chosen"]
        assert marked
        assert "▌" in "".join(marked)
        assert 0 <= place.left < place.right <= max(width, 30)
    cells = [
        (line, cell)
        for place in layout.places
        for line in range(place.top, place.bottom)
        for cell in range(place.left, place.right)
    ]
    assert len(cells) == len(set(cells))


def test_a_page_has_name_dateline_lead_columns_sections_and_a_box() -> None:
    text = text_of(lay_out_edition(a_page(14, 2), "Sample", 120, -1))
    assert text[0].strip() == "S A M P L E"
    assert text[1].strip() == "═" * 118
    assert text[2].strip() == "Monday, 28 June 2021 · 16 stories · 1 outlet"
    assert text[5].strip() == "Headline number 0 about 人工知能 in hospitals"
    whole = "\n".join(text)
    assert "━━ Law ━" in whole
    assert "━━ More news ━" in whole
    assert "┌─ Videos, courses and more ─" in whole
    assert "video · news.example · ▲85" in whole
    assert "news.example · ▲99 · +1 outlet " in whole
    assert "▌" not in whole


def test_a_long_name_is_not_spaced_and_a_longer_one_is_cut() -> None:
    assert text_of(lay_out_edition(a_page(1), "A name of thirty-two characters.", 60))[0].strip() == (
        "A NAME OF THIRTY-TWO CHARACTERS."
    )
    assert text_of(lay_out_edition(a_page(1), "name " * 30, 60))[0].rstrip().endswith("…")


def test_the_year_is_a_heat_map_of_its_weeks() -> None:
    strip = year_strip([0, 1, 10, 5], 2, " .:#")
    assert [(span.text, span.role) for span in strip] == [
        (" ", "heat"),
        (".", "heat"),
        ("#", "chosen"),
        (":", "heat"),
    ]
    assert [span.text for span in year_strip([0, 0], -1, " .")] == [" ", " "]
