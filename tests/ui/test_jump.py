"""Jumping to rows and links by letters, and placing the row under the cursor."""

from __future__ import annotations

from pathlib import Path

from newsreader.ui.dialogs.jump import JumpScreen
from newsreader.ui.panes import Pane
from tests.ui.harness import (
    cursor_line,
    is_alone,
    main_screen,
    press,
    reading_files,
    rows,
    status,
    stories,
    story,
    strips_of,
    until,
)


async def test_a_letter_beside_a_row_goes_there_and_a_capital_opens_it(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(30)) as pilot:
        await press(pilot, "apostrophe")
        assert [strip.text[:1] for strip in strips_of(rows(pilot))[:6:2]] == ["a", "s", "d"]
        await press(pilot, "d")
        assert is_alone(pilot)
        assert rows(pilot).cursor == 2
        assert strips_of(rows(pilot))[0].text[:1] == "●"
        await press(pilot, "apostrophe", "S")
        assert rows(pilot).cursor == 1
        assert pilot.app.focused is story(pilot)


async def test_a_letter_beside_a_link_goes_there(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(3)) as pilot:
        await press(pilot, "3", "apostrophe", "a")
        assert story(pilot).position.target == 0
        await press(pilot, "1", "apostrophe", "a")
        assert main_screen(pilot).focused is not None
        assert main_screen(pilot).focused.id == Pane.TOPICS  # type: ignore[union-attr]


async def test_more_rows_than_letters_have_two_letters_each(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(60), size=(120, 70)) as pilot:
        await press(pilot, "D", "apostrophe", "s")
        assert isinstance(pilot.app.screen, JumpScreen)
        await press(pilot, "a")
        assert rows(pilot).cursor == 26


async def test_any_other_key_and_a_click_take_the_labels_away(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(5)) as pilot:
        for key in ("escape", "7", "down", "z"):
            await press(pilot, "apostrophe", key)
            assert is_alone(pilot), key
            assert rows(pilot).cursor == 0
        await press(pilot, "apostrophe")
        await pilot.click(offset=(60, 10))
        await until(pilot, lambda: is_alone(pilot))


async def test_an_empty_pane_says_that_there_is_nothing(tmp_path: Path) -> None:
    async with reading_files(tmp_path, {}) as pilot:
        await press(pilot, "2", "apostrophe")
        assert status(pilot).message == "There is nothing in sight to jump to."


async def test_the_row_under_the_cursor_is_placed(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(60)) as pilot:
        await press(pilot, "3", "2", "0", "3", "0", "j")
        spare = rows(pilot).scrollable_content_region.height - rows(pilot).row_height
        for keys, line in (("zt", 0), ("zb", spare), ("zz", round(spare / 2))):
            await press(pilot, *keys)
            assert (rows(pilot).cursor, cursor_line(pilot)) == (30, line), keys


async def test_the_link_under_the_cursor_is_placed(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(3), size=(120, 14)) as pilot:
        await press(pilot, "3", "G", "z", "t")
        top = story(pilot).position.scroll
        await press(pilot, "z", "b")
        assert story(pilot).position.scroll <= top
