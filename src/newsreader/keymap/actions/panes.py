"""Actions on panes, and movement in them."""

from __future__ import annotations

from newsreader.keymap.action import Action, Group

MOVEMENT: tuple[Action, ...] = (
    Action("cursor_down", ("j", "down"), "Down", "One row down; in the story to the next link.", Group.MOVE),
    Action("cursor_up", ("k", "up"), "Up", "One row up; in the story to the previous link.", Group.MOVE),
    Action("page_down", ("pagedown",), "Page down", "One page down.", Group.MOVE),
    Action("page_up", ("pageup",), "Page up", "One page up.", Group.MOVE),
    Action("half_page_down", ("ctrl+d",), "Half a page down", "Half a page down.", Group.MOVE),
    Action("half_page_up", ("ctrl+u",), "Half a page up", "Half a page up.", Group.MOVE),
    Action("first", ("g", "home"), "First", "To the first row or the top of the story.", Group.MOVE),
    Action("last", ("G", "end"), "Last", "To the last row or the end of the story.", Group.MOVE),
    Action(
        "activate",
        ("enter",),
        "Enter",
        "List: to the story. Topics: to the list. Story: follow the link or the related story.",
        Group.MOVE,
    ),
)

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
