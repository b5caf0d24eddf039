"""The help, made from the table of commands."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.keymap.action import NUMBERS
from newsreader.keymap.actions import PROMPT_ACTIONS, PromptAction, PromptGroup

_HEAD = (
    "Type a command and enter. A number reads the story of that row; numbers that stand behind u or r in a "
    "story are typed with that letter."
)
_FOOT = f"{NUMBERS} are rows such as 3 or 2-5 9; without them the story that is open is meant."


def all_commands() -> Iterator[str]:
    """Every command, by groups."""
    yield _HEAD
    for group in PromptGroup:
        yield ""
        yield group
        yield from (one_command(command) for command in PROMPT_ACTIONS if command.group is group)
    yield ""
    yield _FOOT


def one_command(command: PromptAction) -> str:
    """How a command is typed, and what it does."""
    argument = f" {command.argument}" if command.argument else ""
    return f"{', '.join(command.forms)}{argument}: {command.help}"
