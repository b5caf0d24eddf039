"""The waiting that all tests of the user interface rely on."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from tests.ui.harness import is_quiet, press, reading_files, settle, stories


async def test_a_message_for_a_widget_of_a_dialog_is_waited_for(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(1)) as pilot:
        await press(pilot, "question_mark")
        entry = pilot.app.screen.query_one(Input)
        assert is_quiet(pilot)
        entry.post_message(Input.Changed(entry, "qqq"))
        assert not is_quiet(pilot)
        await settle(pilot)
        assert is_quiet(pilot)


async def test_a_key_that_waits_for_its_turn_is_waited_for(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(1)) as pilot:
        await press(pilot, "question_mark")
        for _ in range(3):
            pilot.app.simulate_key("q")
        await settle(pilot)
        assert pilot.app.screen.query_one(Input).value == "qqq"
