"""The commands of the line mode, which share the registry of actions with the full screen."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from newsreader.domain.view import View
from newsreader.keymap.actions import ACTIONS, PROMPT_ACTIONS
from newsreader.library import Library
from newsreader.prompt.index_session import IndexSession
from newsreader.prompt.output import Output
from newsreader.prompt.parser import all_commands, one_command
from newsreader.prompt.session import Session
from newsreader.settings.model import Settings
from newsreader.settings.saved_searches import SearchesFile
from tests.unit.prompt.words import Written


def test_every_form_calls_one_command() -> None:
    forms = Counter(form for command in PROMPT_ACTIONS for form in command.forms)
    assert [form for form, times in forms.items() if times > 1] == []
    assert len({command.id for command in PROMPT_ACTIONS}) == len(PROMPT_ACTIONS)


SIGNS = {"slash": "/", "plus": "+", "exclamation_mark": "!", "question_mark": "?", "number_sign": "#"}


def test_letters_are_the_keys_of_the_full_screen() -> None:
    own = {"r", "b"}  # follow and back have other keys there; r acts in the sidebar alone
    keys = {SIGNS.get(key, key): action.id for action in ACTIONS for key in action.keys}
    letters = {command.letter: command.id for command in PROMPT_ACTIONS if command.letter}
    shared = letters.keys() - own
    assert {letter: letters[letter] for letter in shared} == {letter: keys[letter] for letter in shared}


def test_the_help_lists_every_command() -> None:
    listed = list(all_commands())
    for command in PROMPT_ACTIONS:
        assert one_command(command) in listed


def test_the_session_implements_every_command(tmp_path: Path) -> None:
    index = IndexSession(Library(tmp_path, tmp_path / "cache"), Output(Written()))
    session = Session(
        index,
        View(),
        Settings(),
        SearchesFile(tmp_path / "searches.toml"),
        output=Output(Written()),
        ask=lambda _: False,
    )
    assert session.actions == {command.id for command in PROMPT_ACTIONS}
