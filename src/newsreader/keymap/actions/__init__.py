"""The registry of actions, with their keys and prompt commands.

Bindings, footer, help, command palette and the prompt's commands are generated from it.
"""

from __future__ import annotations

from newsreader.keymap.action import Action, Group, PromptAction, PromptForm, PromptGroup
from newsreader.keymap.actions.lists import LISTS
from newsreader.keymap.actions.marks import MARKS
from newsreader.keymap.actions.movement import MOVEMENT
from newsreader.keymap.actions.panes import PANES
from newsreader.keymap.actions.program import APP, PROGRAM
from newsreader.keymap.actions.prompt_only import PROMPT_ONLY
from newsreader.keymap.actions.stories import STORIES

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
    "PromptForm",
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

PROMPT_ACTIONS = PROMPT_ONLY + tuple(
    PromptAction(action.id, action.prompt) for action in ACTIONS if action.prompt is not None
)
"""The commands of the prompt."""
