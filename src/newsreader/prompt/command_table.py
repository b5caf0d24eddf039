"""The commands of the line mode, found by what is typed for them."""

from __future__ import annotations

from newsreader.keymap.actions import PROMPT_ACTIONS

BY_FORM = {form: command for command in PROMPT_ACTIONS for form in command.forms}
"""Commands by each of their letters and words."""

BY_ID = {command.id: command for command in PROMPT_ACTIONS}


def letter_of(action: str) -> str:
    """What is typed for an action: its letter, or its word if it has none."""
    command = BY_ID[action]
    return command.letter or command.name
