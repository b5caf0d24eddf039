"""Keys that arrive together do what they would do one after the other."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual.events import Key
from textual.pilot import Pilot

from newsreader.library import Library
from newsreader.ui.dialogs.help import HelpScreen
from newsreader.ui.keys.serializer import NextKey
from tests.builders import a_corpus
from tests.ui.harness import (
    a_library,
    filter_bar,
    is_alone,
    main_screen,
    press,
    reading,
    rows,
    settle,
    stories,
    until,
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("turns")
    return a_library(a_corpus(folder, stories(40)), folder / "cache")


@pytest.fixture
async def pilot(library: Library) -> AsyncIterator[Pilot[None]]:
    async with reading(library) as pilot:
        yield pilot


async def at_once(pilot: Pilot[None], *keys: str) -> None:
    """Press keys without a pause between them, as they come over a slow line."""
    names = {" ": "space", "/": "slash"}
    for key in keys:
        pilot.app.post_message(Key(names.get(key, key), key if len(key) == 1 else None))
    await settle(pilot)


async def test_letters_after_the_key_of_the_filter_are_no_commands(pilot: Pilot[None]) -> None:
    await at_once(pilot, *"/story quiets")
    assert pilot.app.is_running
    assert filter_bar(pilot).text == "story quiets"
    assert main_screen(pilot).view.filter == "story quiets"


async def test_keys_after_enter_are_commands_again(pilot: Pilot[None]) -> None:
    await at_once(pilot, *"/story", "enter", "j", "j")
    assert filter_bar(pilot).text == "story"
    assert rows(pilot).cursor == 2


async def test_keys_after_escape_are_commands_again(pilot: Pilot[None]) -> None:
    await at_once(pilot, *"/story", "escape", "j")
    assert filter_bar(pilot).text == ""
    assert rows(pilot).cursor == 1


async def test_keys_go_to_the_screen_that_a_key_opens(pilot: Pilot[None]) -> None:
    await at_once(pilot, "question_mark", "escape", "j")
    assert is_alone(pilot)
    assert rows(pilot).cursor == 1
    await at_once(pilot, "question_mark", "j")
    await until(pilot, lambda: isinstance(pilot.app.screen, HelpScreen))
    assert rows(pilot).cursor == 1


async def test_a_sign_that_is_late_or_lost_holds_nothing_up(
    pilot: Pilot[None], monkeypatch: pytest.MonkeyPatch
) -> None:
    pilot.app.post_message(NextKey(0, 1))
    await press(pilot, "j")
    assert rows(pilot).cursor == 1
    monkeypatch.setattr(rows(pilot), "post_message", _losing(rows(pilot).post_message))
    await at_once(pilot, "j", "j")
    await until(pilot, lambda: rows(pilot).cursor == 3)


def _losing(post_message: object) -> object:
    assert callable(post_message)
    return lambda message: isinstance(message, NextKey) or post_message(message)
