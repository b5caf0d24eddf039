"""The filter: typed, seen at once, kept or cleared."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.style import Style
from textual.events import AppBlur, AppFocus
from textual.pilot import Pilot

from newsreader.domain.view import View
from newsreader.library import Library
from newsreader.ui.widgets.filter_bar import FilterBar
from newsreader.ui.widgets.headline_list import HeadlineList
from tests.builders import a_corpus
from tests.ui.harness import (
    a_library,
    a_story,
    filter_bar,
    main_screen,
    press,
    reading,
    rows,
    screen_text,
    selected_title,
    settle,
    shown_in,
    sidebar,
    status,
    story_title,
    strips_of,
    titles,
)

ZURICH = {"name": "Zürich Daily", "domain": "zd.example"}
_RECORDS: tuple[dict[str, Any], ...] = (
    {"title": "New chips for machine learning", "topics": ["AI", "Hardware"]},
    {"title": "Machine vision learns to drive", "topics": ["AI", "Cars"]},
    {"title": "Quiet week", "excerpt": "Nothing but a word about chipmakers.", "topics": ["AI"]},
    {"title": "A café reopens", "topics": ["Food"], "provider": ZURICH},
    {"title": "Learning about machine rooms", "topics": ["Cars"]},
    {"title": 'Prices [50%] off + C++ "quoted"', "topics": ["Food"]},
)


_FOUND = {
    "vision": [1],
    "chipm": [2],
    "zürich": [3],
    "zd.example": [3],
    "hardware": [0],
    "CAFE": [3],
    "café": [3],
    "machine learning": [0, 4],
    '"machine learning': [0],
    '"machine learning"': [0],
    "learning machine": [0, 4],
    "learn": [0, 1, 4],
    "mach learning": [],
    "cars machine": [1, 4],
    "[50%]": [5],
    "++": [5],
    "   ": [0, 1, 2, 3, 4, 5],
    '"': [0, 1, 2, 3, 4, 5],
}
"""Filters and the records that they leave."""


async def test_the_story_quotes_its_body_as_the_filter_changes(tmp_path: Path) -> None:
    library = a_library(
        a_corpus(tmp_path, {"_news/a.md": a_story(1, title="Headline") + "Of taproot.\n"}), tmp_path / "c"
    )
    async with reading(library) as pilot:
        await settle(pilot)
        assert "Match" not in screen_text(pilot)
        await press(pilot, "slash", *"tapr", "enter")
        await settle(pilot)
        assert "Match  Of taproot." in screen_text(pilot)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A few records that differ in every part that is searched."""
    files = {f"_news/{number}.md": a_story(number + 1, **values) for number, values in enumerate(_RECORDS)}
    folder = tmp_path_factory.mktemp("filter")
    return a_library(a_corpus(folder, files), folder / "cache")


def _hits(pilot: Pilot[None], role: str) -> list[str]:
    """The pieces of the list that are painted as a component class says."""
    wanted = rows(pilot).get_component_rich_style(f"headline-list--{role}")
    found = []
    for strip in strips_of(rows(pilot)):
        for segment in strip:
            style = segment.style or Style()
            if (style.color, style.underline, style.bold) == (wanted.color, wanted.underline, wanted.bold):
                found.append(segment.text)
    return found


async def test_the_list_narrows_with_every_letter(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "slash")
        assert filter_bar(pilot).display
        assert rows(pilot).count == len(_RECORDS)
        counts = []
        for letter in "chips":
            await press(pilot, letter)
            counts.append(rows(pilot).count)
        assert counts == [6, 2, 2, 2, 1]
        assert titles(pilot) == ["New chips for machine learning"]
        assert story_title(pilot) == "New chips for machine learning"
        await press(pilot, "backspace")
        assert len(titles(pilot)) == 2


async def test_words_phrases_and_beginnings_are_found_in_every_part(library: Library) -> None:
    async with reading(library) as pilot:
        for typed, found in _FOUND.items():
            main_screen(pilot).show_view(View(filter=typed, order_chosen=True))
            await settle(pilot)
            assert titles(pilot) == [_RECORDS[number]["title"] for number in found], typed


async def test_hits_are_marked_in_the_rows(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, *"/machine lea")
        assert sorted(_hits(pilot, "title-match")) == ["Lea", "Machine", "lea", "lea", "machine", "machine"]
        assert rows(pilot).get_component_rich_style("headline-list--title-match").underline
        await press(pilot, "escape", *"/zd.ex")
        assert _hits(pilot, "source-match") == ["zd.ex"]
        await press(pilot, "escape")
        assert _hits(pilot, "title-match") == []


async def test_letters_are_typed_and_do_nothing_else(library: Library) -> None:
    async with reading(library) as pilot:
        view = main_screen(pilot).view
        letters = "qsvoazhluykjgGRSA123?! /"
        await press(pilot, "slash", *letters)
        assert pilot.app.is_running
        assert len(pilot.app.screen_stack) == 1
        assert filter_bar(pilot).text == letters
        assert main_screen(pilot).view == view._replace(filter=letters)
        await press(pilot, "left", "left", "home", "end", "backspace")
        assert filter_bar(pilot).text == letters[:-1]


async def test_enter_keeps_the_filter_and_escape_clears_it_later(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, *"/machine", "enter")
        assert isinstance(pilot.app.focused, HeadlineList)
        assert filter_bar(pilot).display
        assert rows(pilot).count == 3
        await press(pilot, "j")
        assert selected_title(pilot) == "Machine vision learns to drive"
        await press(pilot, "3", "escape")
        assert rows(pilot).count == 3
        assert isinstance(pilot.app.focused, HeadlineList)
        await press(pilot, "escape")
        assert rows(pilot).count == len(_RECORDS)
        assert selected_title(pilot) == "Machine vision learns to drive"
        assert not filter_bar(pilot).display


async def test_escape_while_typing_clears_and_returns_to_the_list(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, *"/machine", "escape")
        assert isinstance(pilot.app.focused, HeadlineList)
        assert rows(pilot).count == len(_RECORDS)
        assert filter_bar(pilot).text == ""
        assert not filter_bar(pilot).display


@pytest.mark.parametrize("key", ["enter", "escape", "tab"])
async def test_an_empty_filter_is_put_away(library: Library, key: str) -> None:
    async with reading(library) as pilot:
        await press(pilot, "slash", key)
        assert not filter_bar(pilot).display


async def test_typing_goes_on_after_the_terminal_was_in_the_background(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "slash")
        for event in (AppBlur(), AppFocus()):
            pilot.app.post_message(event)
            await settle(pilot)
        await press(pilot, *"cafe")
        assert filter_bar(pilot).text == "cafe"
        assert titles(pilot) == ["A café reopens"]


async def test_the_filter_is_taken_up_again_where_it_was_left(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, *"/mach", "enter", "slash", *"ine v")
        assert titles(pilot) == ["Machine vision learns to drive"]


async def test_arrows_move_the_list_while_typing(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, *"/machine", "down", "down")
        assert selected_title(pilot) == story_title(pilot) == titles(pilot)[2]
        await press(pilot, "up")
        assert selected_title(pilot) == titles(pilot)[1]
        await press(pilot, "space", "v")
        assert filter_bar(pilot).text == "machine v"


async def test_arrows_recall_filters_also_at_the_next_start(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, *"/machine", "enter", "slash", "ctrl+u", *"chips", "enter")
    async with reading(library) as pilot:
        await press(pilot, "slash", "up", "up")
        assert filter_bar(pilot).text == "machine"
        await press(pilot, "down")
        assert filter_bar(pilot).text == "chips"
        assert titles(pilot) == ["New chips for machine learning"]
        await press(pilot, "down")
        assert filter_bar(pilot).text == ""


async def test_the_filter_works_within_the_topic(library: Library) -> None:
    async with reading(library, View(topic="Cars")) as pilot:
        await press(pilot, *"/learning")
        assert titles(pilot) == ["Learning about machine rooms"]
        assert status(pilot).place.endswith("front page · match · Cars · filter “learning”")
        await press(pilot, "enter", "1", "k")
        assert sidebar(pilot).place(sidebar(pilot).cursor).label == "AI"
        assert titles(pilot) == ["New chips for machine learning"]
        assert main_screen(pilot).view.filter == "learning"


async def test_the_status_line_tells_the_filter_in_words(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, *"/cafe")
        assert status(pilot).place == "1 of 1 · front page · match · all topics · filter “cafe”"
        assert "filter “cafe”" in screen_text(pilot)


async def test_a_filter_without_hits_says_what_helps(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, *"/nowhere")
        assert "Nothing here matches the filter. esc clears it" in shown_in(rows(pilot))
        assert status(pilot).place.startswith("0 of 0")
        await press(pilot, "enter", "escape")
        assert rows(pilot).count == len(_RECORDS)


async def test_a_filter_from_the_command_line_is_shown_and_can_be_cleared(library: Library) -> None:
    async with reading(library, View(filter="cafe")) as pilot:
        assert filter_bar(pilot).display
        assert filter_bar(pilot).text == "cafe"
        assert isinstance(pilot.app.focused, HeadlineList)
        await press(pilot, "escape")
        assert rows(pilot).count == len(_RECORDS)
        assert not filter_bar(pilot).display


async def test_letters_that_are_typed_while_the_list_follows_older_ones_stay(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "slash", *"machine")
        # A slow machine hears of the first letters when the others stand there already.
        filter_bar(pilot).post_message(FilterBar.Changed("mac"))
        await settle(pilot)
        assert filter_bar(pilot).text == "machine"
        assert main_screen(pilot).view.filter == "machine"
