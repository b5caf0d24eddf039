"""Commands of the user on the screen: keys, palette, footer, and what is said of their end."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest

from newsreader.app import external_commands
from newsreader.app.external_commands import PreparedCommand
from newsreader.domain.external_command import ExternalCommand, StoryForm
from newsreader.keymap.validation import judge
from newsreader.ui.app import NewsreaderApp
from newsreader.ui.dialogs.pipe import PipeScreen
from tests.ui.harness import (
    DEFAULTS,
    a_story,
    is_alone,
    press,
    reading_files,
    screen_text,
    status,
    stories,
    until,
)

CODE = "import sys; sys.exit(len(sys.argv[1]) and sys.argv[1])"
COMMANDS = (
    ExternalCommand("Complain", (sys.executable, "-c", CODE, "%t"), "ctrl+e"),
    ExternalCommand("View", ("view", "%t"), "ctrl+g", StoryForm.HTML, foreground=True),
    ExternalCommand("AMP", ("view", "%a"), "ctrl+a"),
)
SETTINGS = DEFAULTS._replace(commands=COMMANDS)
KEYMAP = judge([], COMMANDS).keymap


async def test_a_command_in_the_background_ends_in_a_line(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(2), settings=SETTINGS, keymap=KEYMAP) as pilot:
        assert "ctrl+e Complain" in screen_text(pilot)
        await press(pilot, "ctrl+e")
        await until(pilot, lambda: "failed" in status(pilot).message)
        assert status(pilot).message.startswith("“Complain” failed with exit status 1: Story ")
        await press(pilot, "ctrl+a")
        assert status(pilot).message == "This story has no AMP page."


async def test_a_command_in_the_foreground_cannot_run_without_a_terminal(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(2), settings=SETTINGS, keymap=KEYMAP) as pilot:
        await press(pilot, "ctrl+g")
        assert status(pilot).message == "“View” needs a terminal that can be suspended."


async def test_a_story_is_piped_in_the_chosen_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[PreparedCommand] = []

    @contextmanager
    def suspend(_: NewsreaderApp) -> Iterator[None]:
        yield

    def run(command: PreparedCommand) -> str:
        ran.append(command)
        return "“wc” is done."

    monkeypatch.setattr(NewsreaderApp, "suspend", suspend)
    monkeypatch.setattr(external_commands, "run_in_terminal", run)
    monkeypatch.setattr(sys, "stdin", StringIO("\n"))
    async with reading_files(tmp_path, stories(2)) as pilot:
        await press(pilot, "vertical_line", "enter")
        assert isinstance(pilot.app.screen, PipeScreen)  # an empty line is no command
        await press(pilot, *"wc '", "enter")
        assert isinstance(pilot.app.screen, PipeScreen)
        await press(pilot, "backspace", *"-w", "tab", "enter")
        assert is_alone(pilot)
        assert status(pilot).message == "“wc” is done."
        assert (ran[0].argv, (ran[0].text or "")[:15]) == (("wc", "-w"), "<!DOCTYPE html>")
        await press(pilot, "vertical_line", "escape")
    assert len(ran) == 1


async def test_an_enclosure_is_played_or_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[str, ...]] = []

    def run(command: PreparedCommand) -> str:
        ran.append(command.argv)
        return f"“{command.name}” is done."

    monkeypatch.setattr(external_commands, "run_in_background", run)
    players = (("audio/*", ExternalCommand("mpv", ("mpv", "%u"))),)
    files = {
        f"_news/{number}.md": a_story(
            number + 1,
            title=f"Case {number}",
            heat=99 - number,
            enclosures=[{"url": f"https://news.example/{part}", "type": type_} for part, type_ in parts],
        )
        for number, parts in enumerate(
            ([], [("a", "audio/mpeg")], [("b", "video/mp4")], [("c", "video/mp4"), ("d", "audio/ogg")])
        )
    }
    settings = DEFAULTS._replace(players=players)
    async with reading_files(tmp_path, files, settings=settings) as pilot:
        await press(pilot, "P")
        assert status(pilot).message == "This story has no enclosure to play."
        await press(pilot, "j", "P")
        await until(pilot, lambda: status(pilot).message == "“mpv” is done.")
        await press(pilot, "j", "P")
        assert status(pilot).message.startswith("No command plays video/mp4.")
        await press(pilot, "j", "P", "escape", "P", "down", "enter")
        await until(pilot, lambda: len(ran) == 2)
    assert ran == [("mpv", "https://news.example/a"), ("mpv", "https://news.example/d")]
