"""What the mouse does besides the keys: menus, selected text, links."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from newsreader.ui.dialogs.chooser import ChooserScreen
from newsreader.ui.widgets.virtual_list import VirtualList
from tests.ui.harness import (
    is_alone,
    press,
    reading_files,
    rows,
    status,
    stories,
    story,
    until,
)


async def _drag(pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int]) -> None:
    await pilot.mouse_down(story(pilot), offset=start)
    await pilot.hover(story(pilot), offset=end)
    await pilot.mouse_up(story(pilot), offset=end)
    await press(pilot)


async def test_the_right_button_opens_the_actions_of_a_row(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(5)) as pilot:
        await pilot.click(rows(pilot), offset=(10, 4), button=3)
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooserScreen))
        menu = pilot.app.screen.query_one(VirtualList)
        names = [menu.row_lines(index, 60)[0][0].text.strip() for index in range(menu.count)]
        assert rows(pilot).cursor == 1
        assert names[0] == "Open"
        menu.move_cursor(names.index("Copy link"))
        await press(pilot, "enter")
        await until(pilot, lambda: bool(pilot.app.clipboard))
        assert is_alone(pilot)
        assert status(pilot).message == f"Sent to the terminal to copy (OSC 52): {pilot.app.clipboard}"


async def test_the_right_button_in_a_story_opens_nothing_but_the_menu(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(5)) as pilot:
        await pilot.click(story(pilot), offset=(4, 10), button=3)
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooserScreen))


async def test_text_that_is_dragged_over_is_copied_and_stays_marked(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(1)) as pilot:
        title = story(pilot).page.record.title  # type: ignore[union-attr]
        await _drag(pilot, (2, 1), (1 + len(title), 1))
        assert pilot.app.clipboard == title
        assert status(pilot).message == f"Sent to the terminal to copy (OSC 52): {title}"
        await press(pilot, "escape")
        assert not pilot.app.screen.selections
        await _drag(pilot, (2, 1), (8, 4))
        assert len(pilot.app.clipboard.splitlines()) > 1


async def test_a_click_copies_nothing(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(1)) as pilot:
        await pilot.click(story(pilot), offset=(6, 2))
        await press(pilot)
        assert pilot.app.clipboard == ""
