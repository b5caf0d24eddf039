"""The theme that was chosen last."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.state.theme import chosen_theme, keep_background, keep_theme, known_background


def test_a_stored_theme_round_trips(tmp_path: Path) -> None:
    path = tmp_path / "state" / "theme"
    assert chosen_theme(path) == ""
    keep_theme(path, "nord")
    assert chosen_theme(path) == "nord"


def test_read_and_write_errors_are_ignored(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"\xff")
    keep_theme(tmp_path / "state" / "theme", "nord")
    assert chosen_theme(tmp_path / "state" / "theme") == ""
    assert chosen_theme(tmp_path / "state") == ""


def test_the_reported_background_rules_over_the_variable(tmp_path: Path) -> None:
    path = tmp_path / "state" / "background"
    assert known_background(path, {}) == ""
    keep_background(path, "light")
    assert known_background(path, {"COLORFGBG": "15;0"}) == "light"
    path.write_text("pink\n")
    assert known_background(path, {"COLORFGBG": "15;0"}) == "dark"


@pytest.mark.parametrize(
    ("value", "background"),
    [("15;0", "dark"), ("0;15", "light"), ("0;default;7", "light"), ("7;8", "dark"), ("", ""), ("15;x", "")],
)
def test_the_variable_names_the_background_by_its_number(tmp_path: Path, value: str, background: str) -> None:
    assert known_background(tmp_path / "background", {"COLORFGBG": value}) == background
