"""The language of the filter on the screen: what makes no sense is marked, what may follow is offered."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from newsreader.domain.ranking import Order
from newsreader.library import Library
from newsreader.ui.widgets.filter_bar import FilterBar
from tests.builders import a_corpus
from tests.ui.harness import (
    a_library,
    a_story,
    enter,
    filter_bar,
    main_screen,
    press,
    reading,
    screen_text,
    status,
    titles,
)

_RECORDS: tuple[dict[str, Any], ...] = (
    {"title": "Chips", "topics": ["Computer Vision"], "quality": 95, "heat": 95},
    {"title": "Chips again", "topics": ["Cars"], "quality": 10, "heat": 10},
    {"title": "Quiet week", "topics": ["Cars"], "type": "video", "quality": 50, "heat": 50},
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    files = {f"_news/{number}.md": a_story(number + 1, **values) for number, values in enumerate(_RECORDS)}
    folder = tmp_path_factory.mktemp("language")
    return a_library(a_corpus(folder, files), folder / "cache")


def note(pilot: Pilot[None]) -> str:
    """What stands below the filter; empty where nothing does."""
    line = filter_bar(pilot).query_one("#filter-note", Static)
    return str(line.content) if line.display else ""


def underlined(pilot: Pilot[None]) -> str:
    """What is marked in the text of the filter."""
    strip = filter_bar(pilot).query_one(Input).render_line(0)
    return "".join(segment.text for segment in strip if segment.style and segment.style.underline)


async def test_a_field_narrows_the_list_like_a_word(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, *"/quality>=50 ")
        assert sorted(titles(pilot)) == ["Chips", "Quiet week"]
        await press(pilot, *"-type:video")
        assert titles(pilot) == ["Chips"]


async def test_what_makes_no_sense_is_marked_and_leaves_the_list_as_it_was(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, *"/chips quality>=9")
        assert titles(pilot) == ["Chips", "Chips again"] or len(titles(pilot)) == 2
        await press(pilot, *"x")
        assert len(titles(pilot)) == 2
        assert note(pilot) == "quality>=9x: a number is needed"
        assert note(pilot) in screen_text(pilot)
        assert underlined(pilot) == "9x"
        await press(pilot, "backspace", *"0")
        assert note(pilot) == underlined(pilot) == ""
        assert titles(pilot) == ["Chips"]


async def test_a_mistyped_field_is_told_the_nearest_one(library: Library) -> None:
    async with reading(library, size=(80, 24)) as pilot:
        await press(pilot, *"/qualty>5")
        assert "quality?" in note(pilot)


async def test_enter_leaves_no_text_behind_that_makes_no_sense(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, *"/heat>x", "enter")
        assert filter_bar(pilot).has_focus_within
        assert "a number is needed" in status(pilot).message
        await press(pilot, "escape")
        assert filter_bar(pilot).text == ""
        assert note(pilot) == ""
        assert not filter_bar(pilot).display


async def test_tab_completes_the_names_of_fields_and_topics(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, *"/to")
        assert note(pilot).startswith("tab topic:")
        await press(pilot, "tab")
        assert filter_bar(pilot).text == "topic:"
        assert "Computer Vision" in note(pilot)
        await press(pilot, *"vis", "tab")
        assert filter_bar(pilot).text == 'topic:"Computer Vision"'
        assert titles(pilot) == ["Chips"]


async def test_tab_goes_on_to_the_next_pane_where_nothing_can_be_completed(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, *"/zz", "tab")
        assert not filter_bar(pilot).has_focus_within


async def test_an_order_in_the_filter_rules_and_says_so(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, *"/sort:old", "enter")
        assert main_screen(pilot).view.shown_order is Order.OLD
        await press(pilot, "s")
        assert main_screen(pilot).view.shown_order is Order.OLD
        assert "sort:old" in status(pilot).message


async def test_words_bring_the_order_of_match_until_another_is_chosen(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, *"/chips", "enter")
        assert main_screen(pilot).view.shown_order is Order.MATCH
        await press(pilot, "s")
        assert main_screen(pilot).view.shown_order is Order.TOP
        assert " · top · " in status(pilot).place


@pytest.mark.parametrize(("width", "height"), [(40, 12), (80, 24), (200, 60)])
async def test_words_about_the_filter_fit_at_any_width(library: Library, width: int, height: int) -> None:
    async with reading(library, size=(width, height)) as pilot:
        await press(pilot, "slash")
        await enter(pilot, "chips chips chips chips chips chips chips quality>=x")
        bar = filter_bar(pilot)
        assert "number" in note(pilot) or width == 40
        assert len(note(pilot)) <= bar.size.width


def test_only_the_newest_text_of_the_filter_matters() -> None:
    assert FilterBar.Changed("a").can_replace(FilterBar.Changed("b"))
