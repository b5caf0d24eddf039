"""The registry of actions: complete, without clashes, and the same in bindings, footer, help and palette."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from textual.app import App
from textual.binding import Binding
from textual.command import CommandList, CommandPalette
from textual.dom import DOMNode
from textual.widgets import Input, Static

from newsreader.domain.ranking import Order
from newsreader.layout.cells import cell_len
from newsreader.library import Library
from newsreader.ui.app import NewsreaderApp
from newsreader.ui.keys import ACTIONS, APP, FOOTER, MOVE, SCREEN, Action, Group, bindings
from newsreader.ui.screens.help import HelpScreen
from newsreader.ui.screens.main import MainScreen
from newsreader.ui.widgets.story_view import StoryView
from newsreader.ui.widgets.virtual_list import VirtualList
from tests.builders import a_corpus
from tests.ui.harness import (
    a_library,
    is_alone,
    main_screen,
    press,
    reading,
    screen_text,
    status,
    stories,
    until,
)

BOUND: tuple[tuple[tuple[Action, ...], tuple[type[DOMNode], ...]], ...] = (
    (MOVE, (VirtualList, StoryView)),
    (SCREEN, (MainScreen,)),
    (APP, (NewsreaderApp,)),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A few stories."""
    folder: Path = tmp_path_factory.mktemp("keys")
    return a_library(a_corpus(folder, stories(12)), folder / "cache")


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_has_words_keys_and_a_handler(action: Action) -> None:
    assert action.label
    assert action.keys
    assert action.help.endswith(".")
    assert action.help[0].isupper()
    assert action.group in Group
    name = (action.call or action.id).partition("(")[0]
    for actions, owners in BOUND:
        if action in actions:
            assert all(hasattr(owner, f"action_{name}") for owner in owners)


def test_every_action_has_an_id_of_its_own() -> None:
    assert [name for name, count in Counter(action.id for action in ACTIONS).items() if count > 1] == []


def test_no_key_is_bound_twice() -> None:
    assert [key for key, count in Counter(_keys(ACTIONS)).items() if count > 1] == []


@pytest.mark.parametrize("actions", [MOVE, SCREEN, APP])
def test_bindings_carry_the_ids_by_which_keys_are_changed(actions: tuple[Action, ...]) -> None:
    made = [binding for binding in bindings(actions) if isinstance(binding, Binding)]
    assert [binding.id for binding in made] == [action.id for action in actions]
    assert [binding.key.split(",") for binding in made] == [list(action.keys) for action in actions]


def test_keys_are_shown_as_they_stand_on_a_keyboard() -> None:
    shown = " ".join(action.shown_keys for action in ACTIONS)
    for written in ("slash", "question_mark", "exclamation_mark", "pagedown", "escape"):
        assert written not in shown
    for sign in ("/", "?", "!", "PgDn", "esc", "↓"):
        assert sign in shown.split()


def test_the_footer_names_the_most_useful_first() -> None:
    assert [action.label for action in FOOTER][:3] == ["filter", "open", "AMP"]
    assert len({action.footer for action in FOOTER}) == len(FOOTER)


async def test_all_hints_fit_at_eighty_columns(library: Library) -> None:
    assert sum(3 + cell_len(action.shown_key + action.label) for action in FOOTER) <= 80
    async with reading(library, size=(80, 24)) as pilot:
        hints = screen_text(pilot).split("\n")[-2]
        for action in FOOTER:
            assert f" {action.shown_key} {action.label} " in hints


@pytest.mark.parametrize("size", [(200, 40), (120, 40), (80, 24), (60, 20), (40, 12), (20, 6)])
async def test_hints_never_push_the_place_out(library: Library, size: tuple[int, int]) -> None:
    async with reading(library, size=size) as pilot:
        lines = screen_text(pilot).split("\n")[-status(pilot).size.height :]
        assert "1 of 12" in " ".join(lines)
        assert all(cell_len(line) == size[0] for line in lines)
        status(pilot).message = "Words that are longer than the line is wide. " * 9
        await pilot.pause()
        lines = screen_text(pilot).split("\n")[-status(pilot).size.height :]
        assert "Words" in " ".join(lines)
        assert " 1 o" in " ".join(lines)
        assert all(cell_len(line) == size[0] for line in lines)


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_the_help_has_every_action(library: Library, key: str) -> None:
    async with reading(library) as pilot:
        await press(pilot, key)
        assert isinstance(pilot.app.screen, HelpScreen)
        words = [str(static.content) for static in pilot.app.screen.query(Static)]
        for action in ACTIONS:
            assert action.help in words
            assert action.shown_keys in words
        for group in Group:
            assert str(group) in words
        assert "Moving" in screen_text(pilot)
        await press(pilot, *"jj", "k", "space")
        assert "Moving" not in screen_text(pilot)
        await press(pilot, "q")
        assert is_alone(pilot)


async def test_the_palette_has_every_action_of_the_screen_and_the_program(library: Library) -> None:
    async with reading(library) as pilot:
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
        offered = pilot.app.screen.query_one(CommandList)
        missing = ("command_palette", "step_back")
        expected = [action for action in (*SCREEN, *APP) if action.id not in missing]
        await until(pilot, lambda: offered.option_count > len(expected))
        shown = [str(offered.get_option_at_index(index).prompt) for index in range(offered.option_count)]
        for action in expected:
            words = f"{action.label[0].upper()}{action.label[1:]}  ({action.shown_key})"
            assert any(words in prompt for prompt in shown), words
            assert any(action.help in prompt for prompt in shown), action.help
        assert any("Change the colours" in prompt for prompt in shown)


async def test_the_palette_does_what_it_offers(library: Library) -> None:
    async with reading(library) as pilot:
        before = main_screen(pilot).view
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(pilot.app.focused, Input))
        await pilot.press(*"next order")
        await until(pilot, lambda: pilot.app.screen.query_one(CommandList).option_count > 0)
        await pilot.press("enter")
        await until(pilot, lambda: is_alone(pilot))
        await press(pilot)
        assert main_screen(pilot).view == before._replace(order=Order.HOT, order_chosen=True)


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
async def test_leaving_the_program_is_one_key(library: Library, key: str) -> None:
    async with reading(library) as pilot:
        app: App[None] = pilot.app
        await pilot.press(key)
        await pilot.pause()
        assert not app.is_running
        assert app.return_code == 0


def _keys(actions: Iterable[Action]) -> list[str]:
    return [key for action in actions for key in action.keys]
