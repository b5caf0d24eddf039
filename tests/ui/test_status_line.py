"""Messages and hints of the status line."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from newsreader.ui.dialogs.messages import MessagesScreen
from tests.ui.harness import press, reading_files, screen_text, status, stories


def bottom(pilot: Pilot[None]) -> str:
    return screen_text(pilot).rstrip("\n").split("\n")[-1]


async def test_a_message_gives_way_to_what_makes_it_untrue(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(3)) as pilot:
        await press(pilot, "s")
        assert status(pilot).message.startswith("Order: ")
        await press(pilot, "v")
        assert status(pilot).message == ""
        await press(pilot, "slash", *"heat>x", "enter")
        assert "a number is needed" in status(pilot).message
        await press(pilot, "backspace", "3")
        assert status(pilot).message == ""


async def test_a_long_message_leaves_the_position_and_is_read_in_full(tmp_path: Path) -> None:
    words = "A message that is much longer than the status line, which has room for a part of it only. " * 3
    async with reading_files(tmp_path, stories(3), size=(160, 30)) as pilot:
        status(pilot).show_message(words)
        await pilot.pause()
        assert "… " in bottom(pilot)
        assert "1 of 3" in bottom(pilot)
        await press(pilot, "ctrl+l")
        assert isinstance(pilot.app.screen, MessagesScreen)
        assert " ".join(words.split()[-5:]) in " ".join(screen_text(pilot).split())
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, MessagesScreen)


async def test_the_hints_follow_the_focus_and_the_scope(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(3), size=(160, 30)) as pilot:
        assert "/ filter" in bottom(pilot)
        assert "v everything" in bottom(pilot)
        await press(pilot, "v", "3")
        assert "/ find" in bottom(pilot)
        assert "v front page" in bottom(pilot)


@pytest.mark.parametrize("width", [30, 44, 60, 80])
async def test_help_and_quit_are_the_last_hints_to_go(tmp_path: Path, width: int) -> None:
    async with reading_files(tmp_path, stories(3), size=(width, 24)) as pilot:
        assert "? help  q quit" in screen_text(pilot)
