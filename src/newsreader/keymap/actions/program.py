"""Actions on corpora and the program, and help."""

from __future__ import annotations

from newsreader.keymap.action import Action, Group, grouped

PROGRAM = grouped(
    Group.PROGRAM,
    Action("corpora", ("C",), "Open corpus", "Open another corpus that the settings name."),
    Action(
        "sync",
        ("ctrl+r",),
        "Fresh records",
        "Bring fresh records in from the sources that the settings declare; {step_back} stops it.",
    ),
    Action(
        "add_source",
        ("ctrl+n",),
        "Add source",
        "Add a feed, a site or a list of feeds to the settings, and bring its records in.",
    ),
    Action("messages", ("ctrl+l",), "Messages", "The messages of this session, in full."),
    Action("help", ("question_mark", "f1"), "help", "All keys and what they do.", footer=8),
)
"""Actions of the main screen that concern the program."""

APP = grouped(
    Group.PROGRAM,
    Action("command_palette", ("ctrl+p", "colon"), "palette", "Find any command by its name.", priority=True),
    Action("quit", ("q", "ctrl+q", "ctrl+c"), "quit", "Leave the program.", footer=9),
)
"""Actions of the application, on every screen."""
