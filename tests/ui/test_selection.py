"""Several stories selected, and opened, marked, copied or written out together."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from newsreader.domain.marks import MarkSet
from newsreader.library import Library
from newsreader.ui.dialogs.chooser import ChooserScreen
from newsreader.ui.dialogs.prompt import PromptScreen
from tests.builders import a_corpus
from tests.ui.harness import (
    DEFAULTS,
    a_library,
    a_story,
    enter,
    is_alone,
    press,
    reading,
    rows,
    selected_title,
    shown_in,
    status,
    stories,
    until,
)
from tests.unit.browser.fake_browsers import Desk

FILES = stories(8) | {"_news/no-link.md": a_story(9, title="No link", originalUrl=None, heat=3)}
URLS = [f"https://news.example/{number}" for number in (1, 2, 3)]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return a_library(a_corpus(tmp_path, FILES), tmp_path / "cache", marks=tmp_path / "state" / "marks.sqlite")


def signs(pilot: Pilot[None]) -> int:
    """How many rows in sight are selected."""
    return shown_in(rows(pilot)).count("✓")


def marks(pilot: Pilot[None]) -> list[MarkSet]:
    found = [rows(pilot).headline(index) for index in range(rows(pilot).count)]
    return [headline.marks for headline in found if headline]


async def test_stories_are_selected_one_after_the_other(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "x", "x", "j", "x")
        assert signs(pilot) == 3
        assert selected_title(pilot) == "Story 0005"
        assert status(pilot).place.startswith("3 selected · 5 of 9")
        await press(pilot, "k", "x")
        assert signs(pilot) == 2
        await press(pilot, "escape")
        assert signs(pilot) == 0
        assert status(pilot).place.startswith("5 of 9")
        await press(pilot, "X")
        assert signs(pilot) == 9
        await press(pilot, "X")
        assert signs(pilot) == 0


async def test_what_cannot_be_seen_any_more_is_not_selected(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "x", "x", "s")
        assert signs(pilot) == 2
        await press(pilot, "slash", *"story", "enter", "escape")
        assert signs(pilot) == 0


async def test_all_that_are_selected_are_marked_and_that_is_undone_at_once(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "f", "x", "x", "x", "f")
        assert [MarkSet.STARRED in each for each in marks(pilot)[:4]] == [True, True, True, False]
        assert status(pilot).message == "Starred 3 stories; ctrl+z undoes it."
        await press(pilot, "f")
        assert not any(MarkSet.STARRED in each for each in marks(pilot))
        await press(pilot, "ctrl+z", "ctrl+z")
        assert [MarkSet.STARRED in each for each in marks(pilot)[:3]] == [True, False, False]
        await press(pilot, "m")
        assert [MarkSet.READ in each for each in marks(pilot)[:4]] == [True, True, True, False]


async def test_in_the_story_a_key_means_that_story(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "x", "x", "enter", "f")
        assert [MarkSet.STARRED in each for each in marks(pilot)[:4]] == [False, False, True, False]


async def test_links_are_copied_a_line_each(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "x", "x", "x", "y")
        assert pilot.app.clipboard.split("\n") == URLS
        assert status(pilot).message == "Sent to the terminal to copy (OSC 52): 3 links."
        await press(pilot, "escape", "X", "y")
        assert len(pilot.app.clipboard.split("\n")) == 8
        assert status(pilot).message == "Sent to the terminal to copy (OSC 52): 8 links; 1 story has none."


async def test_stories_are_copied_in_a_form(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "x", "x", "Y", "j", "j", "enter")
        assert pilot.app.clipboard == (
            "- [Story 0001](https://news.example/1)\n- [Story 0002](https://news.example/2)"
        )
        assert status(pilot).message == "Sent to the terminal to copy (OSC 52): 2 stories as Markdown."


@pytest.mark.parametrize(
    ("name", "beginning"),
    [("a.md", "- [Story 0001]"), ("a.HTML", "<!doctype html>"), ("a.txt", "Story 0001. News, ")],
)
async def test_stories_are_written_to_a_file(
    library: Library, tmp_path: Path, name: str, beginning: str
) -> None:
    target = tmp_path / "new" / name
    async with reading(library) as pilot:
        for words in ("Wrote 2 stories to", "is there already; it was not changed"):
            await press(pilot, "X", "X", "g", "x", "x", "Y", "G", "enter")
            assert isinstance(pilot.app.screen, PromptScreen)
            await enter(pilot, str(target))
            await press(pilot, "enter")
            await until(pilot, lambda words=words: words in status(pilot).message)  # type: ignore[misc]
            assert is_alone(pilot)
    assert target.read_text(encoding="utf-8").startswith(beginning)


async def test_nothing_is_written_into_the_corpus(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "x", "x", "Y", "G", "enter")
        await enter(pilot, str(library.root / "a.md"))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PromptScreen)
        assert "Nothing is ever written into the corpus." in str(
            pilot.app.screen.query_one("#refusal").render()
        )
    assert not (library.root / "a.md").exists()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A browser that writes down what it is called with, and another that fails."""
    folder = tmp_path / "browsers"
    folder.mkdir()
    desk = Desk(folder)
    desk.install("good")
    desk.install("bad", "exit 3")
    return desk


async def test_pages_are_opened_in_the_order_of_the_selection(library: Library, desk: Desk) -> None:
    settings = DEFAULTS._replace(browser=(str(desk.directory / "good"), "%s"))
    async with reading(library, settings=settings) as pilot:
        await press(pilot, "j", "x", "k", "k", "x", "o")
        await until(pilot, lambda: status(pilot).message == "Opened 2 pages with good.")
        await press(pilot, "a")
        assert status(pilot).message == "None of these stories has such a page."
        await press(pilot, "u")
        assert "cannot be shown together" in status(pilot).message
    assert desk.received("good") == [URLS[1], URLS[0]]


async def test_many_pages_are_opened_after_asking(library: Library, desk: Desk) -> None:
    settings = DEFAULTS._replace(browser=(str(desk.directory / "good"), "%s"))
    async with reading(library, settings=settings) as pilot:
        await press(pilot, "X", "o")
        assert isinstance(pilot.app.screen, ChooserScreen)
        await press(pilot, "j", "enter")
        assert desk.received("good") == []
        await press(pilot, "o", "enter")
        await until(pilot, lambda: status(pilot).message == "Opened 8 pages with good; 1 story has none.")
    assert len(desk.received("good")) == 8


async def test_a_browser_that_fails_ends_it_and_tells_how_far_it_came(library: Library, desk: Desk) -> None:
    settings = DEFAULTS._replace(browser=(str(desk.directory / "bad"), "%s"))
    async with reading(library, settings=settings) as pilot:
        await press(pilot, "x", "x", "o")
        await until(pilot, lambda: status(pilot).message.startswith("Opened 0 of 2 pages; "))


async def test_an_empty_list_has_nothing_to_select(tmp_path: Path) -> None:
    library = a_library(a_corpus(tmp_path, {"README.md": "text"}), tmp_path / "cache")
    async with reading(library) as pilot:
        await press(pilot, "x")
        assert status(pilot).message == "There is no story to select."
        await press(pilot, "X")
        assert status(pilot).message == "There is no story to select."
