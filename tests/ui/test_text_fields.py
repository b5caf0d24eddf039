"""Nothing blinks, not even where something is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Input, TextArea

from newsreader.library import Library
from newsreader.ui.widgets.line_input import MAX_LENGTH, LineInput
from tests.builders import a_corpus
from tests.ui.harness import a_library, press, reading, stories


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return a_library(a_corpus(tmp_path, stories(3)), tmp_path / "cache", marks=tmp_path / "marks.sqlite")


@pytest.mark.parametrize("keys", [["slash"], ["3", "slash"], ["ctrl+s"], ["question_mark"], ["E"]])
async def test_the_cursor_of_a_field_stands_still(library: Library, keys: list[str]) -> None:
    async with reading(library) as pilot:
        await press(pilot, *keys)
        field = pilot.app.focused
        assert isinstance(field, Input | TextArea)
        assert not field.cursor_blink


async def test_a_paste_is_cut_off_where_the_field_is_full(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "slash", "a")
        field = pilot.app.focused
        assert isinstance(field, LineInput)
        for _ in range(3):
            pilot.app.post_message(Paste("word " * MAX_LENGTH))
            await pilot.pause()
        assert len(field.value) == MAX_LENGTH
        assert field.value.startswith("aword word")
