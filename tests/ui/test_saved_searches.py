"""Saved searches in the sidebar: named, counted, renamed, moved, deleted, and all of it taken back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from newsreader.domain.ranking import Order
from newsreader.domain.saved_search import SavedSearch
from newsreader.domain.view import Scope, View
from newsreader.library import Library
from newsreader.settings.model import Settings
from newsreader.settings.saved_searches import SearchesFile
from newsreader.ui.dialogs.prompt import PromptScreen
from tests.builders import a_corpus
from tests.ui.harness import (
    a_library,
    a_story,
    filter_bar,
    is_alone,
    main_screen,
    press,
    reading,
    rows,
    screen_text,
    sidebar,
    sidebar_lines,
    status,
    stories,
    story_path,
    titles,
    until,
)

TEN = SavedSearch("Ten", filter="heat>20", order=Order.NEW)
ODD = SavedSearch("Odd ones", filter="0003 | 0007", scope=Scope.EVERYTHING)
ALL_AI = SavedSearch("All of it", topic="AI")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("saved")
    return a_library(a_corpus(folder, stories(30)), folder / "cache")


@pytest.fixture
def file(tmp_path: Path) -> SearchesFile:
    return SearchesFile(tmp_path / "searches.toml")


@asynccontextmanager
async def _reading(
    library: Library, file: SearchesFile, *searches: SavedSearch, **more: Any
) -> AsyncIterator[Pilot[None]]:
    for search in searches:
        file.put(search)
    async with reading(library, searches=file, **more) as pilot:
        yield pilot


def _saved(pilot: Pilot[None]) -> list[str]:
    """The lines of the saved searches."""
    lines = [" ".join(line.split()) for line in sidebar_lines(pilot)]
    start = lines.index("Saved searches") + 1
    return lines[start : lines.index("", start)]


def _chosen(pilot: Pilot[None]) -> str:
    return sidebar(pilot).place(sidebar(pilot).cursor).label


async def _to(pilot: Pilot[None], name: str) -> None:
    """Go to a row of the sidebar by keys."""
    await press(pilot, "1", "g")
    while _chosen(pilot) != name:
        await press(pilot, "j")


async def test_what_the_list_shows_is_saved_under_a_name_and_counted(
    library: Library, file: SearchesFile
) -> None:
    async with _reading(library, file) as pilot:
        assert "Saved searches" not in screen_text(pilot)
        await press(pilot, "slash", *"heat>20", "enter", "s", "ctrl+s")
        assert isinstance(pilot.app.screen, PromptScreen)
        assert pilot.app.screen.query_one(Input).value == "heat>20"
        await press(pilot, "end", *" hot", "enter")
        assert is_alone(pilot)
        assert "Saved the search “heat>20 hot”; ctrl+z undoes it." in status(pilot).message
        assert _saved(pilot) == ["heat>20 hot 10"]
        assert _chosen(pilot) == "heat>20 hot"
        assert file.read().searches == (
            SavedSearch("heat>20 hot", "heat>20", order=Order.HOT, corpus=str(library.root)),
        )


async def test_a_search_brings_its_filter_and_takes_it_away_again(
    library: Library, file: SearchesFile
) -> None:
    async with _reading(library, file, TEN, ODD, ALL_AI) as pilot:
        assert _saved(pilot) == ["Ten 10", "Odd ones 2", "All of it 30"]
        await _to(pilot, "Ten")
        assert titles(pilot) == [f"Story {number:04d}" for number in range(21, 31)]
        assert filter_bar(pilot).text == "heat>20"
        await press(pilot, "j")
        assert titles(pilot) == ["Story 0003", "Story 0007"]
        assert main_screen(pilot).view.scope is Scope.EVERYTHING
        await press(pilot, "k", "k")
        assert _chosen(pilot) == "All topics"
        assert main_screen(pilot).view == View()
        assert filter_bar(pilot).text == ""


async def test_a_filter_of_the_readers_own_comes_back_behind_a_search(
    library: Library, file: SearchesFile
) -> None:
    async with _reading(library, file, TEN) as pilot:
        await press(pilot, "slash", *"0025", "enter")
        await _to(pilot, "Ten")
        assert len(titles(pilot)) == 10
        await press(pilot, "j")
        assert titles(pilot) == ["Story 0025"]
        assert main_screen(pilot).view == View(topic="AI", filter="0025")
        await _to(pilot, "Ten")
        await press(pilot, "2", "slash", *" 0030", "enter", "1")
        assert _chosen(pilot) == "All topics"
        await _to(pilot, "AI")
        assert titles(pilot) == ["Story 0030"]


async def test_changed_scope_and_order_stay_when_a_search_is_left(
    library: Library, file: SearchesFile
) -> None:
    async with _reading(library, file, TEN) as pilot:
        await _to(pilot, "Ten")
        await press(pilot, "2", "v", "s")
        changed = main_screen(pilot).view
        await _to(pilot, "AI")
        assert main_screen(pilot).view.order is changed.order
        assert main_screen(pilot).view.filter == ""


async def test_a_search_that_shows_the_same_as_a_topic_stops_nobody_on_the_way(
    library: Library, file: SearchesFile
) -> None:
    async with _reading(library, file, ALL_AI) as pilot:
        await _to(pilot, "All of it")
        await press(pilot, "j")
        assert _chosen(pilot) == "AI"
        await press(pilot, "k")
        assert _chosen(pilot) == "All of it"
        await press(pilot, "R")
        assert _chosen(pilot) == "All of it"


async def test_names_are_changed_and_must_differ(library: Library, file: SearchesFile) -> None:
    async with _reading(library, file, TEN, ODD) as pilot:
        await _to(pilot, "Odd ones")
        await press(pilot, "r")
        entry = pilot.app.screen.query_one(Input)
        entry.value = "Ten"
        await press(pilot, "enter")
        assert (
            str(pilot.app.screen.query_one("#refusal", Static).content) == "There is already a search “Ten”."
        )
        entry.value = "  "
        await press(pilot, "enter")
        assert str(pilot.app.screen.query_one("#refusal", Static).content) == "A name is needed."
        entry.value = "[/] \x1b[31mOdd"
        await press(pilot, "enter")
        assert _saved(pilot) == ["Ten 10", "[/] Odd 2"]
        assert _chosen(pilot) == "[/] Odd"
        await press(pilot, "r", "escape", "r", "enter")
        assert is_alone(pilot)
        assert _saved(pilot) == ["Ten 10", "[/] Odd 2"]


async def test_searches_move_delete_undo_and_redo(library: Library, file: SearchesFile) -> None:
    async with _reading(library, file, TEN, ODD, ALL_AI) as pilot:
        start = file.path.read_text(encoding="utf-8")
        await _to(pilot, "All of it")
        await press(pilot, "J")
        assert status(pilot).message == "“All of it” is the last of the saved searches."
        await press(pilot, "K", "K")
        assert _saved(pilot) == ["All of it 30", "Ten 10", "Odd ones 2"]
        assert _chosen(pilot) == "All of it"
        await press(pilot, "delete")
        assert _saved(pilot) == ["Ten 10", "Odd ones 2"]
        assert "Deleted the saved search “All of it”; ctrl+z undoes it." in status(pilot).message
        await press(pilot, "ctrl+z")
        assert _saved(pilot) == ["All of it 30", "Ten 10", "Odd ones 2"]
        assert status(pilot).message.startswith("Undone: Deleted the saved search “All of it”;")
        await press(pilot, "ctrl+z", "ctrl+z")
        assert file.path.read_text(encoding="utf-8") == start
        await press(pilot, "ctrl+z")
        assert status(pilot).message == "Nothing to undo."
        await press(pilot, "ctrl+y", "ctrl+y", "ctrl+y")
        assert _saved(pilot) == ["Ten 10", "Odd ones 2"]
        await press(pilot, "ctrl+y")
        assert status(pilot).message == "Nothing to redo."


async def test_away_from_a_saved_search_its_keys_change_nothing(library: Library, file: SearchesFile) -> None:
    async with _reading(library, file, TEN) as pilot:
        await _to(pilot, "Ten")
        await press(pilot, "2")
        for key in ("r", "delete", "J", "K"):
            status(pilot).message = ""
            await press(pilot, key)
            assert status(pilot).message.startswith("No saved search is selected."), key
            assert _saved(pilot) == ["Ten 10"], key


async def test_what_somebody_else_writes_is_seen_and_never_undone(
    library: Library, file: SearchesFile
) -> None:
    async with _reading(library, file, TEN) as pilot:
        await _to(pilot, "Ten")
        await press(pilot, "delete")
        file.put(ODD)
        await press(pilot, "R")
        assert _saved(pilot) == ["Odd ones 2"]
        await press(pilot, "ctrl+z")
        assert "was changed by someone else" in status(pilot).message
        assert _saved(pilot) == ["Odd ones 2"]
        await press(pilot, "ctrl+z")
        assert status(pilot).message == "Nothing to undo."


async def test_mistakes_in_the_file_are_told_once_with_their_line(
    library: Library, file: SearchesFile
) -> None:
    file.path.write_text(
        '[[search]]\nname = "Ten"\nfilter = "heat>20"\n\n[[search]]\nname = "Bad"\nfilter = "qualty>=9"\n'
        '[[search]]\nname = "Bad"\norder = "x"\n'
    )
    async with _reading(library, file) as pilot:
        assert f"{file.path}:7: " in status(pilot).message
        assert status(pilot).message.endswith("(1 more)")
        assert _saved(pilot) == ["Ten 10"]
        await press(pilot, "j", "R")
        assert "qualty" not in status(pilot).message


async def test_a_folder_that_cannot_be_written_is_told(library: Library, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    async with _reading(library, SearchesFile(tmp_path / "taken" / "searches.toml")) as pilot:
        await press(pilot, "slash", *"0007", "enter", "ctrl+s", "enter")
        assert "cannot be" in status(pilot).message
        await press(pilot, "ctrl+z")
        assert status(pilot).message == "Nothing to undo."


async def test_counts_follow_the_corpus_and_the_order_of_the_settings_holds(
    tmp_path: Path, file: SearchesFile
) -> None:
    folder = a_corpus(tmp_path, stories(30))
    library = a_library(folder, tmp_path / "cache")
    plain = SavedSearch("Old", filter="heat<4")
    async with _reading(
        library, file, plain, settings=Settings(order=Order.OLD), view=View(order=Order.OLD)
    ) as pilot:
        assert _saved(pilot) == ["Old 3"]
        (folder / story_path(2)).write_text(a_story(2, heat=99))
        await press(pilot, "R")
        await until(pilot, lambda: _saved(pilot) == ["Old 2"])
        await _to(pilot, "Old")
        assert titles(pilot) == ["Story 0003", "Story 0001"]
        assert rows(pilot).cursor == 0
