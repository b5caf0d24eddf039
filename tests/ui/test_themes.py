"""The theme that is chosen in the program stays for the next start."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader import cli
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.state.theme import chosen_theme, keep_background, known_background
from newsreader.ui.messages import BackgroundReported
from tests.builders import a_corpus
from tests.ui.harness import DEFAULTS, press, reading_files, status, stories, until


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "state" / "theme"
    monkeypatch.setattr(paths, "theme_file", lambda: file)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.setattr(paths, "background_file", lambda: file.with_name("background"))
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


async def test_the_theme_follows_the_background_until_one_is_chosen(tmp_path: Path, file: Path) -> None:
    background = paths.background_file()
    async with reading_files(tmp_path, stories(2), settings=DEFAULTS._replace(theme="")) as pilot:
        assert pilot.app.theme == "newsreader-dark"
        pilot.app.post_message(BackgroundReported(is_dark=False))
        await until(pilot, lambda: pilot.app.theme == "newsreader-light")
        await until(pilot, lambda: known_background(background, {}) == "light")
        assert chosen_theme(file) == ""
        pilot.app.theme = "nord"
        await press(pilot)
        pilot.app.post_message(BackgroundReported(is_dark=True))
        await press(pilot)
        assert pilot.app.theme == "nord"


async def test_the_next_start_begins_with_the_reported_background(tmp_path: Path) -> None:
    keep_background(paths.background_file(), "light")
    async with reading_files(tmp_path, stories(2), settings=DEFAULTS._replace(theme="auto")) as pilot:
        assert pilot.app.theme == "newsreader-light"
        assert "no theme" not in status(pilot).message


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
