"""A list of some thousand records: what it reads, what it paints, and that every row is filled."""

from __future__ import annotations

from pathlib import Path

from textual.message import Message

from newsreader.domain.listing import WINDOW
from newsreader.domain.ranking import Order
from newsreader.domain.view import View
from newsreader.library import Library
from newsreader.ui.widgets.headline_list import HeadlineList
from tests.builders import a_corpus
from tests.ui.conftest import MANY
from tests.ui.harness import (
    a_library,
    a_story,
    press,
    reading,
    rows,
    selected_title,
    settle,
    shown_in,
    status,
    stories,
    story_path,
)


class Wanted:
    """Listens to what the list asks for."""

    def __init__(self) -> None:
        self.ranges: list[tuple[int, int]] = []

    def __call__(self, message: Message) -> None:
        if isinstance(message, HeadlineList.WindowWanted) and (message.start, message.end) not in self.ranges:
            self.ranges.append((message.start, message.end))

    @property
    def headlines(self) -> int:
        return sum(end - start for start, end in self.ranges)


async def test_the_end_of_the_list_reads_only_the_windows_in_sight(long_library: Library) -> None:
    wanted = Wanted()
    async with reading(long_library, heard=wanted) as pilot:
        assert rows(pilot).count == MANY
        wanted.ranges.clear()
        await press(pilot, "G")
        assert selected_title(pilot) == f"Story {MANY:04d}"
        assert status(pilot).place.startswith("2,950 of 2,950")
        assert wanted.headlines <= 2 * WINDOW
        assert "…" not in shown_in(rows(pilot))


async def test_paging_through_the_list_leaves_no_row_unread(long_library: Library) -> None:
    async with reading(long_library, size=(120, 60)) as pilot:
        for keys in (["G"], ["pageup"] * 5, ["g"], ["pagedown"] * 12, ["G"], ["ctrl+u"] * 9):
            await press(pilot, *keys)
            assert "…" not in shown_in(rows(pilot)), keys


async def test_scrolling_without_the_cursor_leaves_no_row_unread(long_library: Library) -> None:
    async with reading(long_library) as pilot:
        for line in (2 * (5 * WINDOW - 3), 2 * (12 * WINDOW - 5), 2 * (9 * WINDOW - 3), 0):
            rows(pilot).scroll_to(y=line, animate=False)
            await settle(pilot)
            assert "…" not in shown_in(rows(pilot)), line


async def test_a_key_paints_the_two_rows_that_change(long_library: Library) -> None:
    async with reading(long_library) as pilot:
        await press(pilot, "j")
        for key in ("j", "j", "k"):
            before = rows(pilot).lines_painted
            await press(pilot, key)
            assert rows(pilot).lines_painted - before <= 2 * rows(pilot).row_height


async def test_a_page_paints_no_more_than_a_page(long_library: Library) -> None:
    async with reading(long_library) as pilot:
        before = rows(pilot).lines_painted
        await press(pilot, "pagedown")
        page = rows(pilot).size.height + 2 * rows(pilot).row_height
        assert rows(pilot).lines_painted - before <= page


async def test_the_selected_record_is_found_again_far_down(long_library: Library) -> None:
    async with reading(long_library) as pilot:
        await press(pilot, "G", "k", "k")
        chosen = selected_title(pilot)
        for _ in Order:
            await press(pilot, "s")
            assert selected_title(pilot) == chosen


async def test_a_start_with_the_first_records_is_completed(long_library: Library) -> None:
    first = long_library.first_listing(View(), WINDOW)
    assert first is not None
    assert len(first.ids) == WINDOW
    async with reading(long_library, first=first) as pilot:
        await press(pilot, "G")
        assert selected_title(pilot) == f"Story {MANY:04d}"
        assert "…" not in shown_in(rows(pilot))


async def test_a_file_that_changed_far_from_the_cursor_is_read_again(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, stories(900))
    async with reading(a_library(root, tmp_path / "cache")) as pilot:
        await press(pilot, "G")
        await press(pilot, "g")
        a_corpus(tmp_path, {story_path(890): a_story(890, title="Corrected at last")})
        await press(pilot, "R")
        await press(pilot, "G")
        assert "Corrected at last" in shown_in(rows(pilot))
