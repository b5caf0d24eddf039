"""The record under the cursor stays there, whatever happens around it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from newsreader.domain.listing import WINDOW
from newsreader.library import Library
from tests.builders import a_corpus
from tests.ui.conftest import MANY
from tests.ui.harness import (
    a_story,
    cursor_line,
    press,
    reading,
    reading_files,
    rows,
    selected_title,
    shown_in,
    status,
    stories,
    story_path,
    story_title,
    titles,
)

COUNT = 60
CHOSEN = 30


@pytest.fixture
async def pilot(tmp_path: Path) -> AsyncIterator[Pilot[None]]:
    """Sixty stories, the cursor in the middle of them."""
    async with reading_files(tmp_path, stories(COUNT)) as pilot:
        rows(pilot).move_cursor(CHOSEN - 1)
        await press(pilot)
        assert _selected(pilot) == _name(CHOSEN)
        yield pilot


def _name(number: int) -> str:
    return f"Story {number:04d}"


def _selected(pilot: Pilot[None]) -> str:
    """The title under the cursor, which the story pane and the list must agree about."""
    assert selected_title(pilot) == story_title(pilot)
    assert selected_title(pilot) in shown_in(rows(pilot))
    return selected_title(pilot)


def _write(folder: Path, number: int, **values: object) -> None:
    a_corpus(folder, {story_path(number): a_story(number, **values)})


def _remove(folder: Path, *numbers: int) -> None:
    for number in numbers:
        (folder / "corpus" / story_path(number)).unlink()


def _change_neighbours(folder: Path) -> None:
    """Add, change and remove stories on both sides of the chosen one, and next to it."""
    _remove(folder, 3, CHOSEN - 1, CHOSEN + 1, COUNT)
    _write(folder, 5, title="Corrected above")
    _write(folder, CHOSEN + 5, title="Corrected below")
    _write(folder, CHOSEN + 8, publishedDateTime=1_625_140_800, title="Risen to the top")
    _write(folder, 2, publishedDateTime=1_500_000_000, title="Fallen to the end")
    for number in range(3):
        name = f"_news/99{number}-new.md"
        a_corpus(folder, {name: a_story(0, title=f"New {number}", heat=500 + number)})


async def test_neighbours_that_come_change_and_go_leave_it_where_it_is(
    pilot: Pilot[None], tmp_path: Path
) -> None:
    line = cursor_line(pilot)
    _change_neighbours(tmp_path)
    await press(pilot, "R")
    assert titles(pilot)[:3] == ["New 2", "New 1", "New 0"]
    assert titles(pilot)[-1] == "Fallen to the end"
    assert {"Corrected above", "Corrected below", "Risen to the top"} <= set(titles(pilot))
    assert _selected(pilot) == _name(CHOSEN)
    assert cursor_line(pilot) == line
    at = rows(pilot).cursor
    assert titles(pilot)[at - 1 : at + 2] == [_name(CHOSEN - 2), _name(CHOSEN), _name(CHOSEN + 2)]


@pytest.mark.parametrize("order", [1, 2, 4])
async def test_neighbours_may_change_in_every_order(pilot: Pilot[None], tmp_path: Path, order: int) -> None:
    await press(pilot, *"s" * order)
    line = cursor_line(pilot)
    _change_neighbours(tmp_path)
    await press(pilot, "R")
    assert _selected(pilot) == _name(CHOSEN)
    assert cursor_line(pilot) == line


async def test_all_rows_above_it_may_go(pilot: Pilot[None], tmp_path: Path) -> None:
    _remove(tmp_path, *range(1, CHOSEN))
    await press(pilot, "R")
    assert _selected(pilot) == _name(CHOSEN)
    assert rows(pilot).cursor == cursor_line(pilot) == 0


async def test_it_is_followed_when_it_changes_its_own_place(pilot: Pilot[None], tmp_path: Path) -> None:
    _write(tmp_path, CHOSEN, publishedDateTime=1_625_140_800, title="Risen itself", heat=900)
    await press(pilot, "R")
    assert _selected(pilot) == "Risen itself"
    assert rows(pilot).cursor == 0
    _write(tmp_path, CHOSEN, publishedDateTime=1_500_000_000, title="Fallen itself")
    await press(pilot, "R")
    assert _selected(pilot) == "Fallen itself"
    assert rows(pilot).cursor == COUNT - 1


async def test_a_filter_that_has_it_keeps_it_through_a_refresh_and_when_it_is_cleared(
    pilot: Pilot[None], tmp_path: Path
) -> None:
    await press(pilot, "slash", *"003", "enter")
    assert titles(pilot) == [_name(number) for number in range(30, 40)]
    assert _selected(pilot) == _name(CHOSEN)
    await press(pilot, "j", "j")
    assert _selected(pilot) == _name(32)
    _remove(tmp_path, 31, 33, 1)
    _write(tmp_path, 35, title="Taken out of the filter")
    _write(tmp_path, 2, title="Story 0039 as well")
    await press(pilot, "R")
    assert sorted(titles(pilot)) == [
        *(_name(number) for number in (30, 32, 34, *range(36, 40))),
        "Story 0039 as well",
    ]
    assert _selected(pilot) == _name(32)
    await press(pilot, "escape")
    assert rows(pilot).count == COUNT - 3
    assert _selected(pilot) == _name(32)


async def test_a_change_that_takes_it_out_of_the_filter_leaves_the_cursor_in_its_row(
    pilot: Pilot[None], tmp_path: Path
) -> None:
    await press(pilot, "slash", *"003", "enter", "j")
    _write(tmp_path, 31, title="Something else")
    await press(pilot, "R")
    assert rows(pilot).cursor == 1
    assert _selected(pilot) == _name(32)


async def test_when_it_is_deleted_with_its_neighbours_the_cursor_stays_in_its_row(
    pilot: Pilot[None], tmp_path: Path
) -> None:
    line = cursor_line(pilot)
    _remove(tmp_path, CHOSEN, CHOSEN + 1, CHOSEN + 2)
    await press(pilot, "R")
    assert _selected(pilot) == _name(CHOSEN + 3)
    assert rows(pilot).cursor == CHOSEN - 1
    assert cursor_line(pilot) == line


async def test_when_the_last_ones_are_deleted_the_cursor_is_on_what_is_the_last_then(
    pilot: Pilot[None], tmp_path: Path
) -> None:
    await press(pilot, "G")
    _remove(tmp_path, COUNT, COUNT - 1)
    await press(pilot, "R")
    assert _selected(pilot) == _name(COUNT - 2)
    assert status(pilot).place.startswith(f"{COUNT - 2} of {COUNT - 2} ")


async def test_it_is_found_again_windows_away_from_where_it_was(tmp_path: Path) -> None:
    chosen, gone = 2 * WINDOW + 50, 2 * WINDOW
    async with reading_files(tmp_path, stories(4 * WINDOW)) as pilot:
        rows(pilot).move_cursor(chosen - 1)
        await press(pilot)
        line = cursor_line(pilot)
        _remove(tmp_path, *range(1, gone + 1))
        await press(pilot, "R")
        assert rows(pilot).cursor == chosen - gone - 1
        assert _selected(pilot) == _name(chosen)
        assert cursor_line(pilot) == line
        a_corpus(tmp_path, {story_path(number): a_story(number) for number in range(1, gone + 1)})
        await press(pilot, "R")
        assert rows(pilot).cursor == chosen - 1
        assert _selected(pilot) == _name(chosen)
        assert cursor_line(pilot) == line
        assert "…" not in shown_in(rows(pilot))


async def test_a_filter_finds_it_far_down_in_a_long_list_and_gives_it_back(long_library: Library) -> None:
    async with reading(long_library) as pilot:
        rows(pilot).move_cursor(2_345 - 1)
        await press(pilot)
        await press(pilot, "slash", *"234", "enter")
        assert rows(pilot).count == 11
        assert _selected(pilot) == _name(2_345)
        await press(pilot, "s", "escape", *"sssss")
        assert rows(pilot).count == MANY
        assert _selected(pilot) == _name(2_345)
        assert rows(pilot).cursor == 2_345 - 1
