"""Themes from files of the user."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.settings import paths
from newsreader.ui.style.user_themes import COLOURS, read_themes
from tests.ui.harness import DEFAULTS, reading_files, screen_text, status, stories

SEA = 'dark = false\nprimary = "#005577"\naccent = "teal"\n[variables]\nscrollbar = "rgb(1, 2, 3)"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "config" / "themes"
    folder.mkdir(parents=True)
    monkeypatch.setattr(paths, "themes_dir", lambda: folder)
    return folder


def test_a_theme_is_named_as_its_file_and_completed_with_the_programs_own(folder: Path) -> None:
    (folder / "sea.toml").write_text(SEA)
    (folder / "notes.txt").write_text("no theme")
    (theme,), complaints = read_themes(folder)
    assert complaints == []
    assert (theme.name, theme.dark, theme.primary, theme.accent) == ("sea", False, "#005577", "teal")
    assert theme.background == "#fbfaf7"
    assert theme.variables["scrollbar"] == "rgb(1, 2, 3)"
    assert theme.variables["border"] == "#005577"
    assert all(getattr(theme, name) for name in COLOURS)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("primary = ", "there is no such theme now"),
        ('primary = "no colour"', 'primary: a colour such as "#7aa2c8" is needed'),
        ("primary = 5", "primary: a colour"),
        ('primry = "red"', "primry is no part of a theme; did you mean primary?"),
        ('qqq = "red"', "qqq is no part of a theme; known are dark, primary"),
        ('dark = "yes"', "dark: true or false is needed"),
        ("variables = 3", "variables: a table of colours is needed"),
        ('[variables]\nborder = "x"', "variables.border: a colour"),
        ('[variables]\n"a b; }" = "red"', "variables.a b; }: a name"),
        ("x = " + "[" * 100_000, "there is no such theme now"),
        ("x = " + "9" * 5_000, "there is no such theme now"),
        (b"\xff\xfe", "there is no such theme now"),
    ],
)
def test_a_file_that_makes_no_theme_is_told(folder: Path, content: str | bytes, words: str) -> None:
    (folder / "bad.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
    (folder / "sea.toml").write_text(SEA)
    themes, complaints = read_themes(folder)
    assert [theme.name for theme in themes] == ["sea"]
    assert len(complaints) == 1
    assert words in complaints[0]
    assert str(folder / "bad.toml") in complaints[0]


def test_without_a_folder_there_are_none(tmp_path: Path) -> None:
    assert read_themes(tmp_path / "none") == ([], [])


async def test_the_program_uses_it_and_can_change_to_it(tmp_path: Path, folder: Path) -> None:
    (folder / "sea.toml").write_text(SEA)
    async with reading_files(tmp_path, stories(2), settings=DEFAULTS._replace(theme="sea")) as pilot:
        assert pilot.app.theme == "sea"
        pilot.app.theme = "nord"
        await pilot.pause()
        pilot.app.theme = "sea"
        await pilot.pause()
        assert "Story 0001" in screen_text(pilot)


async def test_a_bad_one_does_not_keep_the_program_from_starting(tmp_path: Path, folder: Path) -> None:
    (folder / "sea.toml").write_text('primary = "[/]"')
    async with reading_files(tmp_path, stories(2), settings=DEFAULTS._replace(theme="sea")) as pilot:
        assert "primary: a colour such as" in status(pilot).message
        assert "Story 0001" in screen_text(pilot)
