"""The tables of commands in the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.domain.external_command import ExternalCommand, StoryForm
from newsreader.settings.commands import EXAMPLE
from newsreader.settings.model import load_settings


def _load(folder: Path, text: str) -> tuple[tuple[ExternalCommand, ...], list[str]]:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    loaded = load_settings(path)
    return loaded.settings.commands, [words.removeprefix(f"{path}:") for words in loaded.complaints]


def test_commands_are_read_with_their_lines(tmp_path: Path) -> None:
    commands, complaints = _load(tmp_path, f'order = "new"\n\n{EXAMPLE}\n[[command]]\nrun = ["mpv", "%u"]\n')
    assert complaints == []
    path = tmp_path / "config.toml"
    assert commands == (
        ExternalCommand(
            "Save to Wallabag",
            ("wallabag", "add", "%u"),
            "ctrl+e",
            StoryForm.MARKDOWN,
            foreground=False,
            place=f"{path}:3",
        ),
        ExternalCommand("mpv %u", ("mpv", "%u"), place=f"{path}:10"),
    )


def test_players_are_read_by_media_type(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[play]\n"Audio/*" = ["mpv", "%u"]\n"video/*" = "mpv"\n', encoding="utf-8")
    loaded = load_settings(path)
    command = ExternalCommand("mpv", ("mpv", "%u"), place=f"{path}:2")
    assert loaded.settings.players == (("audio/*", command),)
    assert len(loaded.complaints) == 1
    assert loaded.complaints[0].startswith(f"{path}:3: play.video/*: a list of a command and its arguments")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("command = 3", "1: command: a table is needed, [[command]]"),
        ("play = 3", "1: play: a table is needed, [play]"),
        ("command = [3]", "1: command: run is needed"),
        ("[[command]]\nname = 'x'", "1: command: run is needed"),
        ("[[command]]\nrun = 'mpv %u'", "2: command.run: a list of a command and its arguments is needed"),
        ("[[command]]\nrun = []", "2: command.run: a list"),
        (
            "[[command]]\nrun = ['mpv']\n[[command]]\nrun = ['mpv', '%x']",
            "4: command.run: %x is no placeholder",
        ),
        ("[[command]]\nrun = ['a']\nname = ' '", "3: command.name: a name is needed"),
        ("[[command]]\nrun = ['a']\nkey = 3", "3: command.key: a key is needed"),
        (
            "[[command]]\nrun = ['a']\ninput = 'pdf'",
            "3: command.input: one of markdown, html, json is needed",
        ),
        ("[[command]]\nrun = ['a']\nforeground = 1", "3: command.foreground: true or false is needed"),
        (
            "[[command]]\nrun = ['a']\nforground = true",
            "3: command.forground is not a key of commands; did you",
        ),
        ("[[command]]\nrun = ['a']\nzzz = true", "known keys are name, run, key, input, foreground."),
    ],
)
def test_mistakes_are_told_with_their_line(tmp_path: Path, text: str, words: str) -> None:
    _, complaints = _load(tmp_path, text)
    assert len(complaints) == 1
    assert words in complaints[0]
