"""`newsreader config`: what is in force and why, and a file to begin with."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from newsreader.cli import main
from newsreader.keymap.actions import ACTIONS
from newsreader.keymap.keymap import VIM
from newsreader.keymap.presets import PRESETS
from newsreader.keymap.validation import judge
from newsreader.settings import paths
from newsreader.settings.model import SETTINGS, Settings, load_settings


@pytest.fixture(autouse=True)
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "config" / "config.toml"
    monkeypatch.setattr(paths, "config_file", lambda: file)
    return file


def test_without_a_file_all_settings_are_defaults(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config"]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert str(path) in head
    assert "--init" in head
    assert len([line for line in lines if line.endswith("# the default")]) == len(SETTINGS) + len(ACTIONS)
    shown = tomllib.loads("\n".join(lines))
    keys = shown.pop("keys")
    assert shown.keys() == {setting.key for setting in SETTINGS}
    assert keys.pop("preset") == "vim"
    assert keys.keys() == {action.id for action in ACTIONS}
    assert keys["filter"] == ["/"]


def test_values_are_shown_as_toml_with_their_lines(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
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


def test_the_shown_settings_can_be_used_as_the_file(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.parent.mkdir()
    path.write_text('theme = "nord"\nmark_read_after = 0.25\nwatch = false\n', encoding="utf-8")
    before = load_settings(path).settings
    assert main(["config"]) == 0
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    assert load_settings(path).settings._replace(keys=()) == before


@pytest.mark.parametrize("preset", PRESETS)
def test_the_shown_keys_can_be_used_as_the_file(
    path: Path, capsys: pytest.CaptureFixture[str], preset: str
) -> None:
    path.parent.mkdir()
    path.write_text(f'[keys]\npreset = "{preset}"\nfirst = "g 0"\nzen = []\nundo = "%"', encoding="utf-8")
    before = judge(load_settings(path).settings.keys)
    main(["config"])
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    after = judge(load_settings(path).settings.keys)
    assert (after.keymap, after.preset) == (before.keymap, preset)
    assert [*after.complaints, *after.notices] == []


def test_keys_are_shown_with_their_origins(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.parent.mkdir()
    path.write_text('[keys]\npreset = "newsboat"\nzen = ["%", "g z"]\nstar = "o"\n', encoding="utf-8")
    assert main(["config"]) == 0
    out, err = capsys.readouterr()
    shown = {line.partition(" =")[0]: " ".join(line.split()) for line in out.splitlines()}
    assert shown["preset"] == 'preset = "newsboat"'
    assert shown["zen"] == 'zen = ["%", "g z"] # line 3'
    assert shown["choose_order"] == "choose_order = [] # preset newsboat"
    assert shown["open_original"] == 'open_original = ["O"] # preset newsboat'
    assert err == (f"newsreader: {path}:3: keys.zen: choose_order has no key left; give it one of its own.\n")


def test_errors_in_keys_are_reported_with_status_1(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.parent.mkdir()
    path.write_text('[keys]\nopen_orignal = "o"\nstar = "ctrl+i"\n', encoding="utf-8")
    assert main(["config"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"newsreader: {path}:2: keys.open_orignal is not an action; did you mean open_original?",
        f"newsreader: {path}:3: keys.star: “ctrl+i” cannot be sent by a terminal: it is the same as tab.",
    ]


def test_errors_are_reported_with_status_1(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.parent.mkdir()
    path.write_text('\nordr = "new"\n', encoding="utf-8")
    assert main(["config"]) == 1
    assert f"{path}:2: ordr is not a setting; did you mean order?" in capsys.readouterr().err


def test_the_initial_file_has_only_comments_that_are_valid_settings(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["config", "--init"]) == 0
    assert capsys.readouterr().out == f"{path}\n"
    assert load_settings(path) == (Settings(), [], {})
    text = path.read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"\n# {setting.about}\n# {setting.key} = " in text
    for action in ACTIONS:
        assert f"\n# {VIM.help_of(action)}\n# {action.id} = " in text
    lines = [line.removeprefix("# ") for line in text.splitlines() if " = " in line or line.startswith("# [")]
    path.write_text("\n".join(lines), encoding="utf-8")
    settings, complaints, _ = load_settings(path)
    assert (settings._replace(keys=(), sources=(), commands=(), rules=()), complaints) == (Settings(), [])
    assert [source.name for source in settings.sources] == ["ai"]
    assert [rule.actions for rule in settings.rules] == [("read", "tag:ads")]
    assert judge(settings.keys).keymap == VIM


def test_an_existing_file_is_never_overwritten(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.parent.mkdir()
    path.write_text("# mine\n", encoding="utf-8")
    assert main(["config", "--init"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "# mine\n"


def test_an_unusable_folder_is_reported(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.parent.write_text("in the way")
    assert main(["config", "--init"]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_the_shown_sources_can_be_used_as_the_file(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.parent.mkdir()
    text = (
        '[corpora]\nai = "~/ai"\n\n[sources.ai]\ncorpus = "ai"\nlisting = "https://s.example/i.json"\n'
        '[sources."my.feed"]\ncorpus = "./feeds"\nfeed = "https://b.example/feed"\ntopics = ["A", "B"]\n'
        'quality = 40\nfolder = "_blogs/own"\npublished = false\nenabled = false\nrefresh = "2h"\n'
    )
    path.write_text(text, encoding="utf-8")
    before = load_settings(path).settings.sources
    assert [source.line for source in before] == [4, 7]
    assert main(["config"]) == 0
    path.write_text(capsys.readouterr().out, encoding="utf-8")
    after = load_settings(path)
    assert after.complaints == []
    assert [source._replace(line=1) for source in after.settings.sources] == [
        source._replace(line=1) for source in before
    ]
