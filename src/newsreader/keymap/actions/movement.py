"""Movement within the focused pane."""

from __future__ import annotations

from newsreader.keymap.action import Action, Group, PromptForm, PromptGroup

MOVEMENT: tuple[Action, ...] = (
    Action("cursor_down", ("j", "down"), "Down", "One row down; in the story to the next link.", Group.MOVE),
    Action("cursor_up", ("k", "up"), "Up", "One row up; in the story to the previous link.", Group.MOVE),
    Action("page_down", ("pagedown",), "Page down", "One page down.", Group.MOVE),
    Action("page_up", ("pageup",), "Page up", "One page up.", Group.MOVE),
    Action("half_page_down", ("ctrl+d",), "Half a page down", "Half a page down.", Group.MOVE),
    Action("half_page_up", ("ctrl+u",), "Half a page up", "Half a page up.", Group.MOVE),
    Action(
        "first",
        ("g", "home"),
        "First",
        "To the first row or the top of the story.",
        Group.MOVE,
        prompt=PromptForm("g", ("first",), "", "The first page.", PromptGroup.LIST),
    ),
    Action(
        "last",
        ("G", "end"),
        "Last",
        "To the last row or the end of the story.",
        Group.MOVE,
        prompt=PromptForm("G", ("last",), "", "The last page.", PromptGroup.LIST),
    ),
    Action(
        "activate",
        ("enter",),
        "Enter",
        "List: to the story. Topics: to the list. Story: follow the link or the related story.",
        Group.MOVE,
    ),
)
