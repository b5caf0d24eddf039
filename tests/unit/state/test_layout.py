"""The look of the screen, kept from one start to the next."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.domain.setting_values import Density
from newsreader.state.layout import LayoutState, read_layout, write_layout


def test_a_stored_layout_round_trips(tmp_path: Path) -> None:
    file = tmp_path / "state" / "look.json"
    assert read_layout(file) == LayoutState()
    look = LayoutState(30, 50, 60, Density.COMPACT)
    write_layout(file, look)
    assert read_layout(file) == look
    assert [path.name for path in file.parent.iterdir()] == ["look.json"]


def test_a_write_error_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("in the way")
    write_layout(tmp_path / "state" / "look.json", LayoutState())


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"topics": "x", "story": 1, "story_of_two": 1, "density": null}', "[" * 9_000, '"look"'],
)
def test_an_invalid_layout_is_replaced_by_the_default(tmp_path: Path, content: str) -> None:
    file = tmp_path / "look.json"
    file.write_text(content)
    assert read_layout(file) == LayoutState()


def test_layout_values_are_bounded() -> None:
    assert LayoutState(1, 99, -3).bounded() == LayoutState(16, 80, 20)
