"""Keys under a Cyrillic, Greek or Hebrew keyboard layout."""

from __future__ import annotations

from pathlib import Path

from newsreader.ui.widgets.filter_bar import FilterBar
from tests.ui.harness import press, reading_files, rows, stories, until


async def test_the_key_at_the_same_place_acts(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(9)) as pilot:
        await press(pilot, "о", "о", "ξ", "ח")
        assert rows(pilot).cursor == 4
        await press(pilot, "4", "л")
        assert rows(pilot).cursor == 0
        await press(pilot, "П")
        assert rows(pilot).cursor == 8
        await press(pilot, "п", "п")
        assert rows(pilot).cursor == 0


async def test_letters_that_are_typed_stay(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(3)) as pilot:
        await press(pilot, *"/йога νέα")
        await until(pilot, lambda: pilot.app.screen.query_one(FilterBar).text == "йога νέα")
        assert rows(pilot).count == 0
