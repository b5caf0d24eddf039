"""The theme that was chosen last."""

from __future__ import annotations

from pathlib import Path

from newsreader.state.theme import chosen_theme, keep_theme


def test_a_theme_is_kept_for_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "state" / "theme"
    assert chosen_theme(path) == ""
    keep_theme(path, "nord")
    assert chosen_theme(path) == "nord"


def test_what_cannot_be_kept_or_read_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "state").write_bytes(b"\xff")
    keep_theme(tmp_path / "state" / "theme", "nord")
    assert chosen_theme(tmp_path / "state" / "theme") == ""
    assert chosen_theme(tmp_path / "state") == ""
