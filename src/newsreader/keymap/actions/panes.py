"""Actions on panes, and movement in them."""

from __future__ import annotations

from newsreader.keymap.action import Action, Group, grouped

MOVEMENT = grouped(
    Group.MOVE,
    Action("cursor_down", ("j", "down"), "Down", "One row down; in the story to the next link."),
    Action("cursor_up", ("k", "up"), "Up", "One row up; in the story to the previous link."),
    Action(
        "page_down",
        ("pagedown", "ctrl+f"),
        "Page down",
        "One page down. A number before a movement repeats it: 5 j; 1 to 3 are panes, so 03 j.",
    ),
    Action("page_up", ("pageup", "ctrl+b"), "Page up", "One page up."),
    Action("half_page_down", ("ctrl+d",), "Half a page down", "Half a page down."),
    Action("half_page_up", ("ctrl+u",), "Half a page up", "Half a page up."),
    Action("first", ("g", "home"), "First", "To the first row or the top of the story."),
    Action("last", ("G", "end"), "Last", "To the last row or the end of the story."),
    Action("to_middle", ("z z",), "To the middle", "Scroll so that the cursor is in the middle."),
    Action("to_top", ("z t",), "To the top", "Scroll so that the cursor is at the top."),
    Action("to_bottom", ("z b",), "To the bottom", "Scroll so that the cursor is at the bottom."),
    Action(
        "activate",
        ("enter",),
        "Enter",
        "List: to the story. Topics: fold, or to the list. Story: follow the link or the related story.",
    ),
)

PANES = grouped(
    Group.PANES,
    Action("next_pane", ("tab",), "Next pane", "To the next pane.", call="step_pane(1, True)"),
    Action(
        "previous_pane", ("shift+tab",), "Previous pane", "To the previous pane.", call="step_pane(-1, True)"
    ),
    Action(
        "pane_left",
        ("h", "left"),
        "Pane to the left",
        "To the pane on the left. In the sidebar: fold the topic.",
        call="step_pane(-1, False)",
    ),
    Action(
        "pane_right",
        ("l", "right"),
        "Pane to the right",
        "To the pane on the right. In the sidebar: unfold the topic.",
        call="step_pane(1, False)",
    ),
    Action("topics_pane", ("1",), "Topics", "To the topics.", call="go_to('topics')"),
    Action("list_pane", ("2",), "List", "To the list.", call="go_to('list')"),
    Action("story_pane", ("3",), "Story", "To the story.", call="go_to('story')"),
    Action(
        "jump",
        ("apostrophe",),
        "Jump",
        "Letters beside the rows or links in sight: type one to go there; a capital also chooses it.",
    ),
    Action("zen", ("Z",), "Story alone", "Toggle full-screen story."),
    Action("wider", ("greater_than_sign",), "Wider", "Make the pane with the focus wider.", call="widen(1)"),
    Action(
        "narrower",
        ("less_than_sign",),
        "Narrower",
        "Make the pane with the focus narrower.",
        call="widen(-1)",
    ),
    Action(
        "usual_widths", ("equals_sign",), "Usual widths", "Make all panes as wide as usual.", call="widen(0)"
    ),
    Action("density", ("D",), "Density", "Rows of one line, or of two."),
)
