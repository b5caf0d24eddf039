"""Actions on panes and their sizes."""

from __future__ import annotations

from newsreader.keymap.action import Action, Group

PANES: tuple[Action, ...] = (
    Action("next_pane", ("tab",), "Next pane", "To the next pane.", Group.PANES, call="step_pane(1, True)"),
    Action(
        "previous_pane",
        ("shift+tab",),
        "Previous pane",
        "To the previous pane.",
        Group.PANES,
        call="step_pane(-1, True)",
    ),
    Action(
        "pane_left",
        ("h", "left"),
        "Pane to the left",
        "To the pane on the left.",
        Group.PANES,
        call="step_pane(-1, False)",
    ),
    Action(
        "pane_right",
        ("l", "right"),
        "Pane to the right",
        "To the pane on the right.",
        Group.PANES,
        call="step_pane(1, False)",
    ),
    Action("topics_pane", ("1",), "Topics", "To the topics.", Group.PANES, call="go_to('topics')"),
    Action("list_pane", ("2",), "List", "To the list.", Group.PANES, call="go_to('list')"),
    Action("story_pane", ("3",), "Story", "To the story.", Group.PANES, call="go_to('story')"),
    Action("zen", ("z",), "Story alone", "Toggle full-screen story.", Group.PANES),
    Action(
        "wider",
        ("greater_than_sign",),
        "Wider",
        "Make the pane with the focus wider.",
        Group.PANES,
        call="widen(1)",
    ),
    Action(
        "narrower",
        ("less_than_sign",),
        "Narrower",
        "Make the pane with the focus narrower.",
        Group.PANES,
        call="widen(-1)",
    ),
    Action(
        "usual_widths",
        ("equals_sign",),
        "Usual widths",
        "Make all panes as wide as usual.",
        Group.PANES,
        call="widen(0)",
    ),
    Action("density", ("D",), "Density", "Rows of one line, or of two.", Group.PANES),
)
