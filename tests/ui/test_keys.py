"""The registry of actions: complete, without clashes, and the same in bindings, footer, help and palette."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.app import App
from textual.command import CommandList
from textual.widgets import Input

from newsreader.domain.ranking import Order
from newsreader.keymap.actions import ACTIONS, BY_ID, FOOTER, Group
from newsreader.keymap.keymap import VIM
from newsreader.library import Library
from newsreader.render.cells import cell_len
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


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A few stories."""
    folder: Path = tmp_path_factory.mktemp("keys")
    return a_library(a_corpus(folder, stories(12)), folder / "cache")


def test_every_action_has_words_and_keys() -> None:
    for action in ACTIONS:
        assert action.label, action.id
        assert action.keys, action.id
        assert action.help.endswith("."), action.id
        assert action.help[0].isupper(), action.id
        assert action.group in Group, action.id


def test_every_action_has_an_id_of_its_own() -> None:
    assert len(BY_ID) == len(ACTIONS)


def test_keys_are_shown_as_they_stand_on_a_keyboard() -> None:
    shown = " ".join(VIM.shown_keys(action.id) for action in ACTIONS).split()
    for written in ("slash", "question_mark", "exclamation_mark", "plus", "pagedown", "escape", "f1"):
        assert written not in shown
    for sign in ("/", "?", "!", "+", "PgDn", "esc", "↓", "F1", "alt+←"):
        assert sign in shown


def test_the_footer_names_the_most_useful_first() -> None:
    assert [action.label for action in FOOTER][:3] == ["filter", "open", "AMP"]
    assert len({action.footer for action in FOOTER}) == len(FOOTER)


async def test_all_hints_fit_at_eighty_columns(library: Library) -> None:
    assert sum(3 + cell_len(VIM.shown_key(action.id) + action.label) for action in FOOTER) <= 80
    async with reading(library, size=(80, 24)) as pilot:
        hints = screen_text(pilot).split("\n")[-2]
        for action in FOOTER:
            assert f" {VIM.shown_key(action.id)} {action.label} " in hints


@pytest.mark.parametrize("size", [(200, 40), (80, 24), (40, 12), (20, 6)])
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
