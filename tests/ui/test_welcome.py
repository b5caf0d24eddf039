"""A first run explains itself, once, and costs no key."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from newsreader.library import Library
from newsreader.ui.dialogs.help import HelpScreen
from newsreader.ui.dialogs.welcome import WelcomeScreen
from tests.builders import a_corpus
from tests.ui.harness import a_library, is_alone, press, reading, screen_text, selected_title, stories, until


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return a_library(a_corpus(tmp_path, stories(5)), tmp_path / "cache")


def is_welcoming(pilot: Pilot[None]) -> bool:
    return isinstance(pilot.app.screen, WelcomeScreen)


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (200, 60)])
async def test_it_fits_and_says_how_to_begin(library: Library, tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading(library, size=size, welcome=tmp_path / "state" / "welcomed") as pilot:
        assert is_welcoming(pilot)
        text = screen_text(pilot)
        assert "Welcome to newsreader" in text
        assert size[0] < 80 or "every command by its name" in text


@pytest.mark.parametrize("key", ["escape", "enter", "space"])
async def test_it_is_left_and_never_comes_again(library: Library, tmp_path: Path, key: str) -> None:
    file = tmp_path / "state" / "welcomed"
    async with reading(library, welcome=file) as pilot:
        await press(pilot, key)
        assert is_alone(pilot)
        assert file.exists()
        assert selected_title(pilot) == "Story 0001"


async def test_any_other_key_does_what_it_always_does(library: Library, tmp_path: Path) -> None:
    async with reading(library, welcome=tmp_path / "one") as pilot:
        await press(pilot, "j", "j")
        assert is_alone(pilot)
        assert selected_title(pilot) == "Story 0003"
    async with reading(library, welcome=tmp_path / "two") as pilot:
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)


async def test_a_click_leaves_it(library: Library, tmp_path: Path) -> None:
    async with reading(library, welcome=tmp_path / "one") as pilot:
        await pilot.click("#welcome")
        await until(pilot, lambda: is_alone(pilot))
