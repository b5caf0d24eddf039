"""Every dialog survives every size, from one cell to a thousand columns."""

from __future__ import annotations

from pathlib import Path

from tests.ui.harness import is_alone, press, reading_files, stories

DIALOGS = {
    "palette": ["ctrl+p", "a"],
    "help": ["question_mark", "a"],
    "note": ["E", "a"],
    "why": ["e"],
    "links": ["u"],
    "orders": ["S"],
    "trends": ["T"],
    "problems": ["exclamation_mark"],
    "a search to be named": ["ctrl+s", "a"],
    "messages": ["ctrl+l"],
    "copy as": ["Y"],
    "tags": ["number_sign", "a"],
    "filter": ["slash", "a"],
    "words in the story": ["3", "slash", "a"],
}
OPENED_AT = [(40, 12), (4, 4)]
WIDTHS = [10, 6, 4, 3, 1]


async def test_every_dialog_can_be_opened_and_resized_at_every_size(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(5)) as pilot:
        for keys in DIALOGS.values():
            for size in OPENED_AT:
                await pilot.resize_terminal(*size)
                await pilot.press(*keys)
                await press(pilot)
                for width in WIDTHS if size == OPENED_AT[0] else [2]:
                    await pilot.resize_terminal(width, size[1])
                await press(pilot, "escape", "escape", "escape")
                assert is_alone(pilot), (keys, size)
        for size in ((1_000, 10), (10, 300), (80, 24)):
            await pilot.resize_terminal(*size)
            await press(pilot, "j")
