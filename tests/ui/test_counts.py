"""Counts before keys, and the palette as vim's command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandList
from textual.pilot import Pilot
from textual.widgets import Input

from newsreader.ui.dialogs.help import HelpScreen
from newsreader.ui.widgets.filter_bar import FilterBar
from tests.ui.harness import is_alone, main_screen, press, reading_files, rows, status, stories, until


async def test_a_number_repeats_a_movement(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(30)) as pilot:
        await press(pilot, "5")
        assert status(pilot).waiting_keys == "5 …"
        await press(pilot, "j")
        assert (rows(pilot).cursor, status(pilot).waiting_keys) == (5, "")
        await press(pilot, "0", "1", "2", "j")
        assert rows(pilot).cursor == 17
        await press(pilot, "7", "k")
        assert rows(pilot).cursor == 10
        await press(pilot, *"99999999999999", "j")
        assert rows(pilot).cursor == 29
        await press(pilot, "4", "escape", "k")
        assert rows(pilot).cursor == 28
        await press(pilot, "4", "v", "v", "g", "j")
        assert rows(pilot).cursor == 1


async def test_digits_that_are_typed_are_text(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(3)) as pilot:
        await press(pilot, *"/heat>50:")
        assert pilot.app.screen.query_one(FilterBar).text == "heat>50:"


async def _open_palette(pilot: Pilot[None], typed: str) -> CommandList:
    await pilot.press("colon")
    await until(pilot, lambda: isinstance(pilot.app.focused, Input))
    await pilot.press(*typed)
    offered = pilot.app.screen.query_one(CommandList)
    await until(pilot, lambda: offered.option_count > (0 if typed else 9))
    return offered


def _first(offered: CommandList) -> str:
    return str(offered.get_option_at_index(0).prompt) if offered.option_count else ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        (":q", "Quit"),
        ("flag", "Star"),
        ("favourite", "Star"),
        (":w", "Write"),
        ("unseen", "Read or unread"),
    ],
)
async def test_the_palette_knows_other_words(tmp_path: Path, typed: str, found: str) -> None:
    async with reading_files(tmp_path, stories(3)) as pilot:
        offered = await _open_palette(pilot, typed)
        await until(pilot, lambda: found in _first(offered))


async def test_the_palette_begins_with_what_the_focused_pane_can_do(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(3)) as pilot:
        assert "Filter" in _first(await _open_palette(pilot, ""))
        await press(pilot, "escape", "3")
        assert "Back" in _first(await _open_palette(pilot, ""))


async def test_the_palette_offers_every_action_over_a_dialog(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(3)) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        await pilot.press("ctrl+p")
        await until(pilot, lambda: isinstance(pilot.app.focused, Input))
        await pilot.press(*"front page or")
        await until(pilot, lambda: pilot.app.screen.query_one(CommandList).option_count > 0)
        before = main_screen(pilot).view.scope
        await pilot.press("enter")
        await until(pilot, lambda: is_alone(pilot) and main_screen(pilot).view.scope is before.other())
