"""The theme that was chosen last."""

from __future__ import annotations

from pathlib import Path

from newsreader.state.theme import chosen_theme, keep_theme


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
