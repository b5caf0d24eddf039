"""The theme that is chosen in the program stays for the next start."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader import cli
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.state.theme import chosen_theme
from tests.builders import a_corpus
from tests.ui.harness import DEFAULTS, press, reading_files, status, stories


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "state" / "theme"
    monkeypatch.setattr(paths, "theme_file", lambda: file)
    return file


async def test_a_theme_that_is_chosen_is_kept_and_the_first_one_is_not(tmp_path: Path, file: Path) -> None:
    async with reading_files(tmp_path, stories(2)) as pilot:
        assert chosen_theme(file) == ""
        pilot.app.theme = "nord"
        await press(pilot)
        assert chosen_theme(file) == "nord"
        pilot.app.theme = "newsreader-light"
        await press(pilot)
        assert chosen_theme(file) == "newsreader-light"


@pytest.mark.parametrize(
    ("config", "expected"), [("", "nord"), ('theme = "gruvbox"\n', "gruvbox"), ('theme = ""\n', "nord")]
)
def test_the_settings_rule_over_what_was_chosen(
    tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch, config: str, expected: str
) -> None:
    file.parent.mkdir()
    file.write_text("nord\n")
    settings_file = tmp_path / "config.toml"
    settings_file.write_text(config)
    monkeypatch.setattr(paths, "config_file", lambda: settings_file)
    monkeypatch.setattr(cli, "_check_terminal", lambda: None)
    used: list[Settings] = []

    def run_app(_opened: object, settings: Settings, **_: object) -> int:
        used.append(settings)
        return 0

    monkeypatch.setattr(cli, "_run_app", run_app)
    monkeypatch.setattr("gc.disable", lambda: None)
    (tmp_path / "corpus").mkdir()
    root = a_corpus(tmp_path / "corpus", stories(1))
    settings_file.write_text(config + "first_frame = false\n")
    assert cli.main([str(root)]) == 0
    assert used[0].theme == expected


async def test_a_theme_that_does_not_exist_is_reported_with_the_nearest(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(2), settings=DEFAULTS._replace(theme="drakula")) as pilot:
        expected = "There is no theme “drakula”. Did you mean “dracula”? ctrl+p lists the themes."
        assert status(pilot).message == expected
