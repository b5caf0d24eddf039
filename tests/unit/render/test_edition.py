"""An edition as a page of text: its parts, at any width."""

from __future__ import annotations

from datetime import date

import pytest

from newsreader.domain.dates import EPOCH_DAY
from newsreader.domain.editions import Edition, EditionPage, EditionSpan, EditionStory, arrange, plan_editions
from newsreader.render.cells import cell_len
from newsreader.render.edition import EditionLayout, YearStrip, lay_out_edition

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


def a_strip(edition: int, days: dict[str, int], undated: int = 0) -> YearStrip:
    plan = plan_editions(
        {date.fromisoformat(day).toordinal() - EPOCH_DAY: n for day, n in days.items()}, undated
    )
    return YearStrip(plan, plan.editions[edition])


def test_the_year_is_a_heat_map_of_its_weeks() -> None:
    strip = a_strip(1, {"2021-01-01": 10, "2021-01-09": 20, "2021-12-31": 5, "2020-06-01": 90}, undated=9)
    assert strip.edition.title == "June 2020" or strip.edition.year == 2020
    strip = strip._replace(edition=strip.plan.editions[-2])
    months, weeks = strip.lines(58)
    assert "".join(span.text for span in months).split()[:3] == ["Jan", "Feb", "Mar"]
    assert "".join(span.text for span in weeks) == "2021 ▒█" + "·" * 50 + "░"
    assert [span.text for span in weeks if span.role == "chosen"] == ["█"]
    assert {cell_len("".join(span.text for span in strip.lines(170)[1]))} == {5 + 53 * 3}


def test_a_cell_of_the_year_is_a_week() -> None:
    strip = a_strip(0, {"2021-01-01": 10})
    first = date(2021, 1, 7).toordinal() - EPOCH_DAY
    assert [strip.day_at(cell, 58) for cell in (4, 5, 6, 57, 58)] == [
        None,
        first,
        first + 7,
        first + 364,
        None,
    ]
    assert strip.day_at(7, 170) == first


def test_records_without_a_date_have_no_year() -> None:
    strip = a_strip(0, {}, undated=2)
    assert strip.lines(80) == []
    assert strip.day_at(20, 80) is None


def test_stories_beside_each_other_are_found() -> None:
    layout = lay_out_edition(a_page(14, 2), "Sample", 120)
    assert layout.across(0, 1) == layout.across(0, -1) == 0
    assert layout.across(1, 1) == 2
    assert layout.across(2, -1) == 1
    assert EditionLayout([], []).across(0, 1) == 0
