"""The three panes: how many are in sight at which width, and ways from one to the others."""

from __future__ import annotations

import pytest
from textual.events import MouseScrollDown
from textual.pilot import Pilot

from newsreader.library import Library
from newsreader.settings.model import Settings
from newsreader.ui.panes import Pane
from tests.builders import a_corpus
from tests.ui.harness import (
    a_library,
    a_story,
    front_matter,
    main_screen,
    press,
    reading,
    rows,
    screen_text,
    selected_title,
    sidebar,
    status,
    stories,
    story,
    story_title,
)

SIZES = [(120, 40), (80, 24), (60, 20), (40, 12)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Forty stories; the first is long and has related coverage."""
    files = stories(40)
    related = [{"title": f"Report {number}", "webUrl": f"https://b.example/{number}"} for number in range(30)]
    files["_news/9998-story.md"] = a_story(1, related=related, excerpt="One sentence among many. " * 8)
    files["_data/topics/00-ai.yaml"] = front_matter({"taxonomy": "topic", "name": "AI"})
    folder = tmp_path_factory.mktemp("panes")
    return a_library(a_corpus(folder, files), folder / "cache")


def _in_sight(pilot: Pilot[None]) -> set[Pane]:
    panes = {Pane.TOPICS: sidebar(pilot), Pane.LIST: rows(pilot), Pane.STORY: story(pilot)}
    return {pane for pane, widget in panes.items() if widget.size.width > 0 and widget.is_on_screen}


def _focused(pilot: Pilot[None]) -> str:
    return (pilot.app.focused.id or "") if pilot.app.focused else "nothing"


@pytest.mark.parametrize(
    ("size", "in_list", "in_topics", "in_story"),
    [
        ((120, 40), set(Pane), set(Pane), set(Pane)),
        ((80, 24), {Pane.LIST, Pane.STORY}, set(Pane), {Pane.LIST, Pane.STORY}),
        ((60, 20), {Pane.LIST}, {Pane.TOPICS}, {Pane.STORY}),
        ((40, 12), {Pane.LIST}, {Pane.TOPICS}, {Pane.STORY}),
    ],
)
async def test_as_many_panes_are_in_sight_as_fit(
    library: Library, size: tuple[int, int], in_list: set[Pane], in_topics: set[Pane], in_story: set[Pane]
) -> None:
    async with reading(library, size=size) as pilot:
        assert _in_sight(pilot) == in_list
        await press(pilot, "1")
        assert _in_sight(pilot) == in_topics
        await press(pilot, "3")
        assert _in_sight(pilot) == in_story
        await press(pilot, "2")
        assert _in_sight(pilot) == in_list


@pytest.mark.parametrize("size", SIZES)
async def test_keys_reach_every_pane_at_every_width(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size=size) as pilot:
        assert _focused(pilot) == "list"
        for key, expected in (
            ("j", "list"),
            ("h", "topics"),
            ("h", "topics"),
            ("l", "list"),
            ("right", "story"),
            ("l", "story"),
            ("tab", "topics"),
            ("tab", "list"),
            ("shift+tab", "topics"),
            ("shift+tab", "story"),
            ("left", "list"),
            ("enter", "story"),
            ("escape", "list"),
            ("1", "topics"),
            ("enter", "list"),
            ("3", "story"),
            ("Z", "story"),
            ("Z", "story"),
            ("Z", "story"),
            ("2", "list"),
            ("Z", "story"),
            ("escape", "list"),
            ("slash", "filter-input"),
            ("tab", "story"),
            ("2", "list"),
        ):
            await pilot.press(key)
            await pilot.pause()
            assert _focused(pilot) == expected, key
        assert selected_title(pilot) == "Story 0002"


async def test_the_story_alone_and_back(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "Z")
        assert _in_sight(pilot) == {Pane.STORY}
        await press(pilot, "Z")
        assert _in_sight(pilot) == set(Pane)


async def test_a_narrow_terminal_opens_the_selected_story(library: Library) -> None:
    async with reading(library, size=(60, 20)) as pilot:
        await press(pilot, "j", "j", "enter")
        assert story_title(pilot) == "Story 0003"
        assert "What happened in story 3." in screen_text(pilot)


async def test_the_topics_lie_over_the_list_without_moving_it(library: Library) -> None:
    async with reading(library, size=(80, 24)) as pilot:
        before = rows(pilot).region
        await press(pilot, "h")
        assert rows(pilot).region == before
        assert "Front page" in screen_text(pilot)
        await press(pilot, "escape")
        assert _in_sight(pilot) == {Pane.LIST, Pane.STORY}


@pytest.mark.parametrize("pane", ["2", "3"])
async def test_a_smaller_terminal_and_back_loses_nothing(library: Library, pane: str) -> None:
    async with reading(library, size=(200, 60)) as pilot:
        await press(pilot, "enter", "pagedown", "j", "2")
        await press(pilot, *("G" if pane == "2" else "1"), pane)
        if pane == "3":
            await press(pilot, "pagedown", "j")
        state = (selected_title(pilot), story_title(pilot), story(pilot).position)
        offset = rows(pilot).scroll_offset.y
        for width, height in ((80, 24), (40, 12), (80, 24), (200, 60)):
            await pilot.resize_terminal(width, height)
            await press(pilot)
            assert (selected_title(pilot), story_title(pilot)) == state[:2]
            line = rows(pilot).cursor * 2 - rows(pilot).scroll_offset.y
            assert rows(pilot).size.height == 0 or 0 <= line < rows(pilot).size.height
        assert story(pilot).position == state[2]
        assert rows(pilot).scroll_offset.y == offset
        assert _in_sight(pilot) == set(Pane)


async def test_a_scrolled_story_stays_near_its_place_when_the_size_changes(library: Library) -> None:
    async with reading(library, size=(80, 20)) as pilot:
        await press(pilot, "enter", "pagedown", "pagedown")
        offset = story(pilot).position.scroll
        assert offset > 10
        for size in ((60, 20), (40, 12), (80, 20)):
            await pilot.resize_terminal(*size)
            await press(pilot)
        assert abs(story(pilot).position.scroll - offset) <= 1


async def test_a_click_selects_and_a_double_click_opens(library: Library) -> None:
    async with reading(library) as pilot:
        await pilot.click(rows(pilot), offset=(10, 7))
        await press(pilot)
        assert selected_title(pilot) == story_title(pilot) == "Story 0004"
        assert _focused(pilot) == "list"
        await pilot.double_click(rows(pilot), offset=(10, 3))
        await press(pilot)
        assert selected_title(pilot) == story_title(pilot) == "Story 0002"
        assert _focused(pilot) == "story"


async def test_a_click_on_a_topic_shows_it_and_one_on_a_heading_does_nothing(library: Library) -> None:
    async with reading(library) as pilot:
        await pilot.click(sidebar(pilot), offset=(4, 5))
        await press(pilot)
        assert main_screen(pilot).view.topic == "AI"
        await pilot.click(sidebar(pilot), offset=(4, 4))
        await press(pilot)
        assert main_screen(pilot).view.topic == "AI"


async def test_the_wheel_scrolls_and_the_selection_stays(library: Library) -> None:
    async with reading(library) as pilot:
        await pilot._post_mouse_events([MouseScrollDown], rows(pilot), offset=(5, 5))
        await press(pilot)
        assert rows(pilot).scroll_offset.y > 0
        assert selected_title(pilot) == "Story 0001"
        await press(pilot, "j")
        assert selected_title(pilot) == "Story 0002"
        assert rows(pilot).scroll_offset.y <= 2


async def test_clicks_in_the_story_open_links_and_follow_coverage(library: Library) -> None:
    async with reading(library, settings=Settings(browser=("true",))) as pilot:
        lines = screen_text(pilot).splitlines()
        link = next(y for y, line in enumerate(lines) if "o original" in line)
        report = next(y for y, line in enumerate(lines) if "Report 3" in line)
        await pilot.click(offset=(86, report))
        await press(pilot)
        assert story_title(pilot) == "Story 0001"
        await pilot.double_click(offset=(86, report))
        await press(pilot)
        assert story_title(pilot) == "Report 3"
        await press(pilot, "backspace")
        assert story_title(pilot) == "Story 0001"
        await pilot.click(offset=(86, link))
        await press(pilot)
        assert status(pilot).message == "Opened the original page at news.example with true."
