"""The registry of actions, with their keys, and of the commands of the prompt.

Bindings, footer, help, command palette and the commands of the prompt are generated from it.
"""

from __future__ import annotations

from newsreader.keymap.action import Action, Group, PromptAction, PromptGroup
from newsreader.keymap.actions.lists import LISTS
from newsreader.keymap.actions.panes import MOVEMENT, PANES
from newsreader.keymap.actions.program import APP, PROGRAM
from newsreader.keymap.actions.prompt import PROMPT_ACTIONS
from newsreader.keymap.actions.stories import MARKS, STORIES

__all__ = [
    "ACTIONS",
    "APP",
    "BY_ID",
    "FOOTER",
    "LEAVE",
    "MOVE",
    "PROMPT_ACTIONS",
    "SCREEN",
    "Action",
    "Group",
    "PromptAction",
    "PromptGroup",
]

LEAVE = "ctrl+q"
"""The key that always quits, regardless of the settings."""

MOVE = MOVEMENT
"""Actions of the focused pane."""

SCREEN = PANES + STORIES + LISTS + MARKS + PROGRAM
"""Actions of the main screen, wherever the focus is, except while text is typed."""

ACTIONS = MOVE + SCREEN + APP
BY_ID = {action.id: action for action in ACTIONS}
FOOTER = tuple(sorted((action for action in ACTIONS if action.footer), key=lambda action: action.footer))
