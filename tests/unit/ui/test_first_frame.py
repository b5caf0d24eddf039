"""The picture of the last start, kept for the first frame of the next."""

from __future__ import annotations

import os
import termios
from array import array
from pathlib import Path
from typing import Any

import pytest

from newsreader.domain.headline import Headline
from newsreader.domain.listing import Listing
from newsreader.domain.view import View
from newsreader.settings.model import Settings
from newsreader.state.layout import LayoutState
from newsreader.ui.startup import first_frame
from newsreader.ui.startup.first_frame import FirstFrame, Template, picture

_TEMPLATE = Template(
    lines=["a line of the picture", "0 of 0"],
    rows=(0, 0, 40, 1),
    styles={"": ("", "")},
    cursor_styles={"": ("", "")},
    place=(0, 1, "0 of 0", 0),
    place_style=("", ""),
    scroll=0,
    has_bar=False,
)
_NOTHING = Listing(View(), array("q"), 0, 0, (), 0, True)


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written to a terminal of 40 columns and 2 rows."""
    output: list[str] = []
    monkeypatch.setattr(first_frame, "picture", lambda template, *_: template.lines[0])
    monkeypatch.setattr(first_frame, "_write", output.append)
    monkeypatch.setattr(os, "get_terminal_size", lambda *_: os.terminal_size((40, 2)))
    monkeypatch.setattr(termios, "tcgetattr", lambda _: [0, 0, 0, 0, 0, 0, []])
    monkeypatch.setattr(termios, "tcsetattr", lambda *_: None)
    return output


def _a_frame(folder: Path) -> FirstFrame:
    return FirstFrame(folder / "index.sqlite", View(), Settings(), LayoutState(), "")


def test_a_picture_that_was_kept_is_painted(tmp_path: Path, written: list[str]) -> None:
    _a_frame(tmp_path).keep(_TEMPLATE)
    frame = _a_frame(tmp_path)
    frame.show(_NOTHING)
    assert frame.is_shown
    assert "a line of the picture" in "".join(written)


@pytest.mark.parametrize("kept", [None, "", "{", "[]", "[" * 100_000, '{"surroundings": [], "template": {}}'])
def test_a_damaged_picture_is_not_painted(tmp_path: Path, written: list[str], kept: str | None) -> None:
    _a_frame(tmp_path).keep(_TEMPLATE)
    (picture,) = tmp_path.glob("*.frame")
    if kept is None:
        picture.unlink()
    else:
        picture.write_text(kept, encoding="utf-8")
    frame = _a_frame(tmp_path)
    frame.show(_NOTHING)
    assert not frame.is_shown
    assert written == []


@pytest.mark.parametrize("part", ["rows", "styles", "place", "scroll"])
def test_a_picture_with_a_damaged_part_is_not_painted(
    tmp_path: Path, written: list[str], part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_frame, "picture", picture)
    headline = Headline(1, "Title", "", None, None, 0, has_amp=False, type="")
    listing = _NOTHING._replace(ids=array("q", [1]), total=1, headlines=(headline,))
    damaged: dict[str, Any] = {"has_bar": True, part: [] if part == "scroll" else 7}
    _a_frame(tmp_path).keep(_TEMPLATE._replace(**damaged))
    frame = _a_frame(tmp_path)
    frame.show(listing)
    assert not frame.is_shown
    assert written == []
