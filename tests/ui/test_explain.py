"""The screen that tells why a story ranks where it does."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from newsreader.ui.dialogs.explain import ExplainScreen
from newsreader.ui.messages import Explained
from tests.ui.harness import (
    is_alone,
    main_screen,
    press,
    reading_files,
    rows,
    screen_text,
    status,
    stories,
    until,
)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
async def test_e_tells_the_place_the_score_and_other_orders(tmp_path: Path, size: tuple[int, int]) -> None:
    async with reading_files(tmp_path, stories(30), size=size) as pilot:
        await press(pilot, "j", "e")
        await until(pilot, lambda: isinstance(pilot.app.screen, ExplainScreen))
        told = [str(line.content) for line in pilot.app.screen.query(Static)]
        assert "Story 0002" in told
        assert "Place 2 of 30; by heat it would be 29th. The list: front page · top · all topics." in told
        assert "Heat 2 gives 1.6 points." in told
        assert "29th of 30 · hottest stories first" in told
        assert "2nd of 30 · heat weighed against age · this list" in told
        await press(pilot, "j", "k", "escape")
        assert is_alone(pilot)
        assert rows(pilot).cursor == 1


async def test_where_there_is_no_story_the_status_line_says_so(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(1)) as pilot:
        await press(pilot, "slash", *"nothing", "enter", "e")
        assert status(pilot).message == "There is no story to explain."
        main_screen(pilot).post_message(Explained(main_screen(pilot).view, None))
        await press(pilot)
        assert status(pilot).message == "This record is gone from the corpus."
        assert is_alone(pilot)
        assert "Why it ranks" not in screen_text(pilot)
