"""The types of the registry of actions."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

NUMBERS = "[NUMBERS]"
"""Rows of the list, such as `3` or `2-5 9`; without them the open story is meant."""


class Group(StrEnum):
    """Section of the help on the full screen."""

    MOVE = "Moving"
    PANES = "Panes"
    STORY = "Story and links"
    LIST = "The list"
    MARKS = "Marks"
    SEARCHES = "Saved searches"
    COMMANDS = "Your commands"
    PROGRAM = "Program"


class PromptGroup(StrEnum):
    """Section of the help in line mode."""

    STORY = "Stories"
    LIST = "The list"
    PLACES = "Where to look"
    MARKS = "Marks"
    PROGRAM = "Program"


class Action(NamedTuple):
    """An action on the full screen.

    `id` never changes: users remap keys by it. `keys` are those of the preset `vim`, by Textual's names.
    `call` is Textual's action, by default the id itself, implemented by a method `action_<id>`. `label` is
    for the footer and the palette, `help` is a sentence for the help, in which `{id}` is replaced by the key
    of an action. `footer` ranks the hints in the footer; 0 leaves an action out of it.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    footer: int = 0
    priority: bool = False
    call: str = ""
    group: Group = Group.PROGRAM


def grouped(group: Group, *actions: Action) -> tuple[Action, ...]:
    """Put actions into a section of the help."""
    return tuple(action._replace(group=group) for action in actions)


class PromptAction(NamedTuple):
    """A command of the prompt.

    `letter` is its one-letter form, `words` are its long forms; either may be empty. `argument` describes
    what may follow.
    """

    id: str
    letter: str
    words: tuple[str, ...]
    argument: str
    help: str
    group: PromptGroup

    @property
    def name(self) -> str:
        """The form that messages use."""
        return self.words[0] if self.words else self.letter

    @property
    def forms(self) -> tuple[str, ...]:
        """All forms, the letter first."""
        return (self.letter, *self.words) if self.letter else self.words
