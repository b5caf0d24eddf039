"""Actions on corpora and the program, and help."""

from __future__ import annotations

from newsreader.keymap.action import Action, Group

PROGRAM: tuple[Action, ...] = (
    Action("corpora", ("C",), "Open corpus", "Open another corpus that the settings name.", Group.PROGRAM),
    Action(
        "sync",
        ("ctrl+r",),
        "Fresh records",
        "Bring fresh records in from the sources that the settings declare; {step_back} stops it.",
        Group.PROGRAM,
    ),
    Action("help", ("question_mark", "f1"), "help", "All keys and what they do.", Group.PROGRAM, footer=8),
)
"""Actions of the main screen that concern the program."""

APP: tuple[Action, ...] = (
    Action(
        "command_palette",
        ("ctrl+p",),
        "palette",
        "Find any command by its name.",
        Group.PROGRAM,
        priority=True,
    ),
    Action("quit", ("q", "ctrl+q", "ctrl+c"), "quit", "Leave the program.", Group.PROGRAM, footer=9),
)
"""Actions of the application, on every screen."""
