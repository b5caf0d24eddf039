"""The help: every action with the keys in force, the pane one came from first, and a search."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from newsreader.domain.setting_values import KeyEntry
from newsreader.keymap.actions import ACTIONS, Group
from newsreader.keymap.keymap import VIM
from newsreader.keymap.validation import judge
from newsreader.library import Library
from newsreader.ui.dialogs.help import HelpScreen
from tests.builders import a_corpus
from tests.ui.harness import a_library, is_alone, press, reading, rows, screen_text, stories


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("help")
    return a_library(a_corpus(folder, stories(12)), folder / "cache")


@pytest.fixture
async def pilot(library: Library) -> AsyncIterator[Pilot[None]]:
    """The help, called from the list."""
    async with reading(library) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        yield pilot


def found(pilot: Pilot[None]) -> list[str]:
    """The keys of the lines that are there after a search, from the top down."""
    screen = pilot.app.screen
    lines = (
        line for line in screen.query(".action") if all(node.display for node in line.ancestors_with_self)
    )
    return [str(line.query_one(".keys", Static).content) for line in lines]


async def test_the_help_has_every_action_once(pilot: Pilot[None]) -> None:
    words = [str(static.content) for static in pilot.app.screen.query(Static)]
    for action in ACTIONS:
        assert words.count(VIM.help_of(action)) == 1
        assert VIM.shown_keys(action.id) in words
    assert {str(group) for group in Group} - set(words) == {Group.LIST, Group.MARKS}


@pytest.mark.parametrize(
    ("pane", "title", "first"),
    [
        ("1", "In this pane: topics", "ctrl+s"),
        ("2", "In this pane: list", "/"),
        ("3", "In this pane: story", "backspace  alt+←"),
    ],
)
async def test_what_belongs_to_the_pane_comes_first(
    library: Library, pane: str, title: str, first: str
) -> None:
    async with reading(library) as pilot:
        await press(pilot, pane, "f1")
        titles = [str(static.content) for static in pilot.app.screen.query(".group").results(Static)]
        assert titles[0] == title
        assert found(pilot)[:2] == ["enter", first]


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("ctrl+z", ["ctrl+z"]),
        ("undo", ["ctrl+z"]),
        ("TAKE back the last", ["ctrl+z"]),
        ("open_cached", ["A"]),
        ("PgDn", ["PgDn"]),
        ("Z", ["z"]),
        ("next unread story", ["n", "space"]),
        ("ctrl+q  ctrl+c", ["q  ctrl+q  ctrl+c"]),
    ],
)
async def test_typing_finds_keys_and_what_they_do(pilot: Pilot[None], typed: str, keys: list[str]) -> None:
    names = {" ": "space", "+": "plus", "_": "underscore"}
    await press(pilot, *(names.get(character, character) for character in typed))
    assert pilot.app.screen.query_one(Input).value == typed
    assert sorted(found(pilot)) == sorted(keys)


async def test_a_single_letter_is_a_key_first_of_all(pilot: Pilot[None]) -> None:
    await press(pilot, "G")
    assert "G  End" in found(pilot)
    assert "g  Home" not in found(pilot)


async def test_escape_takes_the_search_back_and_then_closes(pilot: Pilot[None]) -> None:
    everything = found(pilot)
    await press(pilot, *"trends")
    assert found(pilot) == ["T"]
    assert "Moving" not in screen_text(pilot)
    await press(pilot, "escape")
    assert found(pilot) == everything
    await press(pilot, "escape")
    assert is_alone(pilot)


async def test_a_search_without_hits_says_so(pilot: Pilot[None]) -> None:
    await press(pilot, *"qqq")
    assert found(pilot) == []
    assert "Nothing here has these words." in screen_text(pilot)


async def test_arrows_and_pages_scroll(pilot: Pilot[None]) -> None:
    top = screen_text(pilot)
    await press(pilot, "down")
    assert screen_text(pilot) != top
    await press(pilot, "up")
    assert screen_text(pilot) == top
    await press(pilot, "pagedown", "pagedown")
    assert "In this pane" not in screen_text(pilot)
    await press(pilot, "pageup", "pageup")
    assert screen_text(pilot) == top


@pytest.mark.parametrize("key", ["f1", "enter"])
async def test_the_help_is_closed_by_its_own_key(pilot: Pilot[None], key: str) -> None:
    await press(pilot, key)
    assert is_alone(pilot)
    await press(pilot, "j")
    assert rows(pilot).cursor == 1


async def test_the_help_has_the_keys_of_the_user(library: Library) -> None:
    entries = [KeyEntry("x:1", "undo", "g u"), KeyEntry("x:2", "help", ("f2", "ctrl+g"))]
    entries += [KeyEntry("x:3", "zen", ()), KeyEntry("x:4", "cursor_down", ("x", "ctrl+n"))]
    async with reading(library, keymap=judge(entries).keymap) as pilot:
        await press(pilot, "question_mark", "f1")
        assert is_alone(pilot)
        await press(pilot, "f2")
        assert {"g u", "F2  ctrl+g", "palette"} < set(found(pilot))
        top = screen_text(pilot)
        await press(pilot, "ctrl+n")
        assert screen_text(pilot) != top
        await press(pilot, "g", "u")
        assert pilot.app.screen.query_one(Input).value == "gu"
        await press(pilot, "ctrl+g")
        assert is_alone(pilot)
