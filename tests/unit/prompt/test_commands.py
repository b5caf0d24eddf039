"""The one table of commands, and its likeness to the keys of the full screen."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from newsreader.domain.view import View
from newsreader.keymap.actions import ACTIONS
from newsreader.library import Library
from newsreader.prompt.command_table import COMMANDS
from newsreader.prompt.help import all_commands, one_command
from newsreader.prompt.index_session import IndexSession
from newsreader.prompt.output import Output
from newsreader.prompt.session import Session
from newsreader.settings.model import Settings
from newsreader.settings.saved_searches import SearchesFile
from tests.unit.prompt.words import Written


def test_every_form_calls_one_command() -> None:
    forms = Counter(form for command in COMMANDS for form in command.forms)
    assert [form for form, times in forms.items() if times > 1] == []
    assert len({command.id for command in COMMANDS}) == len(COMMANDS)


SIGNS = {"slash": "/", "plus": "+", "exclamation_mark": "!", "question_mark": "?"}


def test_letters_are_the_keys_of_the_full_screen() -> None:
    own = {"r", "b"}  # follow and back have other keys there; r does something in the sidebar alone
    keys = {SIGNS.get(key, key): action.id for action in ACTIONS for key in action.keys}
    told = {command.key: command.action for command in COMMANDS if command.key and command.key not in own}
    assert told == {key: keys[key] for key in told}


def test_the_help_tells_every_command() -> None:
    told = list(all_commands())
    for command in COMMANDS:
        assert one_command(command) in told


def test_every_command_is_done_by_somebody(tmp_path: Path) -> None:
    index = IndexSession(Library(tmp_path, tmp_path / "cache"), Output(Written()))
    session = Session(
        index,
        View(),
        Settings(),
        SearchesFile(tmp_path / "searches.toml"),
        output=Output(Written()),
        ask=lambda _: False,
    )
    assert session.actions == {command.id for command in COMMANDS}
