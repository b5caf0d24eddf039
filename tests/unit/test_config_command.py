"""`newsreader config`: what is in force and why, and a file to begin with."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from newsreader import paths
from newsreader.cli import main
from newsreader.config import SETTINGS, Settings, load_settings


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "config" / "config.toml"
    monkeypatch.setattr(paths, "config_file", lambda: file)
    return file


def test_without_a_file_everything_is_the_default(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert str(path) in head
    assert "--init" in head
    assert len(lines) == len(SETTINGS)
    assert all(line.endswith("# the default") for line in lines)
    assert tomllib.loads("\n".join(lines)).keys() == {setting.key for setting in SETTINGS}


def test_values_are_shown_as_the_file_has_them_with_their_lines(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.parent.mkdir()
    text = 'order = "new"\n\nhalf_life_days = 0.5\nmark_read_after = "off"\nbrowser = ["w3m", "%s"]\n'
    path.write_text(text, encoding="utf-8")
    assert main(["config"]) == 0
    shown = {line.partition(" =")[0]: line for line in capsys.readouterr().out.splitlines()}
    assert " ".join(shown["order"].split()) == 'order = "new" # line 1'
    assert " ".join(shown["half_life_days"].split()) == "half_life_days = 0.5 # line 3"
    assert " ".join(shown["mark_read_after"].split()) == 'mark_read_after = "off" # line 4'
    assert " ".join(shown["browser"].split()) == 'browser = ["w3m", "%s"] # line 5'
    assert shown["watch"].endswith("# the default")


def test_what_is_shown_can_be_the_file(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.parent.mkdir()
    path.write_text('theme = "nord"\nmark_read_after = 0.25\nwatch = false\n', encoding="utf-8")
    before = load_settings(path).settings
    assert main(["config"]) == 0
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    assert load_settings(path).settings == before


def test_mistakes_are_told_and_make_the_status_1(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.parent.mkdir()
    path.write_text('\nordr = "new"\n', encoding="utf-8")
    assert main(["config"]) == 1
    assert f"{path}:2: ordr is not a setting; did you mean order?" in capsys.readouterr().err


def test_a_file_to_begin_with_changes_nothing_until_a_line_is_made_one(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["config", "--init"]) == 0
    assert capsys.readouterr().out == f"{path}\n"
    assert load_settings(path) == (Settings(), [], {})
    text = path.read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"\n# {setting.about}\n# {setting.key} = " in text
    lines = [line.removeprefix("# ") for line in text.splitlines() if line.startswith("# ") and " = " in line]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert load_settings(path)[:2] == (Settings(), [])


def test_a_file_that_is_there_is_never_written_over(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.parent.mkdir()
    path.write_text("# mine\n", encoding="utf-8")
    assert main(["config", "--init"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "# mine\n"


def test_a_folder_that_cannot_be_used_is_told(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.parent.write_text("in the way")
    assert main(["config", "--init"]) == 2
    assert "cannot be written" in capsys.readouterr().err
