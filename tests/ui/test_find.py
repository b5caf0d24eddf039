"""Words found in the story that is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from newsreader.library import Library
from newsreader.ui.dialogs.prompt import FindScreen
from tests.builders import a_corpus
from tests.ui.harness import (
    a_library,
    a_story,
    enter,
    is_alone,
    press,
    reading,
    screen_text,
    selected_title,
    shown_in,
    status,
    stories,
    story,
    story_title,
)

BODY = "\n\n".join(f"Paragraph {number} speaks of the tensor cores." for number in range(1, 41))
LONG = a_story(1, title="A long story", heat=99, excerpt="Nothing of that.") + BODY


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return a_library(a_corpus(tmp_path, stories(4) | {"_news/long.md": LONG}), tmp_path / "cache")


def found_here(pilot: Pilot[None]) -> list[str]:
    """The text in sight that is marked as the place where the search is."""
    pane = story(pilot)
    here = pane.get_component_rich_style("story-view--found-here")
    lines = [pane.render_line(y) for y in range(pane.scrollable_content_region.height)]
    return [line.text.strip() for line in lines if any(part.style == here for part in line)]


async def test_what_is_typed_is_found_at_once_and_walked_with_n(library: Library) -> None:
    async with reading(library, size=(180, 30)) as pilot:
        await press(pilot, "3", "slash", *"speaks OF the Tensor")
        assert isinstance(pilot.app.screen, FindScreen)
        assert "40 found" in screen_text(pilot)
        assert found_here(pilot) == ["Paragraph 1 speaks of the tensor cores."]
        await press(pilot, "enter")
        assert is_alone(pilot)
        assert status(pilot).message.startswith("1 of 40")
        await press(pilot, "n", "n")
        assert status(pilot).message.startswith("3 of 40")
        assert found_here(pilot) == ["Paragraph 3 speaks of the tensor cores."]
        await press(pilot, "N", "N", "N")
        assert status(pilot).message.startswith("40 of 40")
        assert found_here(pilot) == ["Paragraph 40 speaks of the tensor cores."]
        await press(pilot, "n")
        assert found_here(pilot) == ["Paragraph 1 speaks of the tensor cores."]


async def test_a_place_is_marked_where_a_line_breaks_in_it(library: Library) -> None:
    async with reading(library, size=(60, 20)) as pilot:
        await press(pilot, "enter", "slash")
        await enter(pilot, "paragraph 7 speaks of the tensor cores.")
        await press(pilot, "enter")
        assert status(pilot).message.startswith("1 of 1")
        assert " ".join(found_here(pilot)) == "Paragraph 7 speaks of the tensor cores."
        await pilot.resize_terminal(30, 20)
        assert "Paragraph 7" in " ".join(found_here(pilot))


async def test_escape_ends_the_search_before_it_leaves_the_story(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "3", "slash", *"tensor", "enter", "escape")
        assert found_here(pilot) == []
        assert pilot.app.focused is story(pilot)
        await press(pilot, "N")
        assert "looks for words" in status(pilot).message
        await press(pilot, "escape")
        assert pilot.app.focused is not story(pilot)


async def test_a_search_that_is_given_up_leaves_nothing_marked(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "3", "slash", *"tensor", "escape")
        assert is_alone(pilot)
        assert found_here(pilot) == []


async def test_words_that_are_not_there_are_told(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "3", "slash", *"[bold]", "enter")
        assert status(pilot).message == "“[bold]” is not in this story."
        await press(pilot, "slash", "q", "q")
        assert "not in this story" in screen_text(pilot)


async def test_in_another_story_nothing_is_looked_for(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "3", "slash", *"tensor", "enter", "2", "j")
        assert selected_title(pilot) == story_title(pilot) == "Story 0001"
        await press(pilot, "3", "n")
        assert "of 40" not in status(pilot).message
        assert "What happened in story" in shown_in(story(pilot))


async def test_without_a_story_there_is_nothing_to_look_in(tmp_path: Path) -> None:
    library = a_library(a_corpus(tmp_path, {"README.md": "text"}), tmp_path / "cache")
    async with reading(library) as pilot:
        await press(pilot, "3", "slash")
        assert status(pilot).message == "There is no story to look in."


async def test_in_the_list_the_key_filters(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "slash", *"long", "enter")
        assert selected_title(pilot) == "A long story"
