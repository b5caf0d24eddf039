"""The one registry of actions: what can be done, by which keys, in which words.

Bindings, footer, help and command palette are all made from it, with the keys that are in force.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Group(StrEnum):
    """Where an action belongs, in the help and among the bindings."""

    MOVE = "Moving"
    PANES = "Panes"
    STORY = "Story and links"
    LIST = "The list"
    MARKS = "Marks"
    SEARCHES = "Saved searches"
    PROGRAM = "Program"


class Action(NamedTuple):
    """Something the reader can do.

    `id` stays the same for good: keys are remapped by it. `keys` are those of the preset vim, by the names
    that Textual gives them. `call` is Textual's action, by default the id itself, handled by a method
    `action_<id>`. `label` is for the footer and the palette, `help` is a sentence for the help, in which
    `{id}` stands for the key of an action. `footer` ranks the hints at the bottom; 0 keeps an action out
    of them.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: Group
    footer: int = 0
    priority: bool = False
    call: str = ""


MOVE: tuple[Action, ...] = (
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
"""What every pane answers to while it has the focus."""

SCREEN: tuple[Action, ...] = (
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
    Action("zen", ("z",), "Story alone", "The story alone, and back.", Group.PANES),
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
    Action(
        "back",
        ("backspace", "alt+left"),
        "Back",
        "Back to the story visited before.",
        Group.STORY,
        call="visit(-1)",
    ),
    Action("forward", ("alt+right",), "Forward", "Forward again.", Group.STORY, call="visit(1)"),
    Action(
        "open_original",
        ("o",),
        "open",
        "Open the original page in the browser.",
        Group.STORY,
        footer=2,
        call="link('original')",
    ),
    Action(
        "open_amp",
        ("a",),
        "AMP",
        "Open the AMP page; the cached one where there is no other.",
        Group.STORY,
        footer=3,
        call="link('amp')",
    ),
    Action(
        "open_cached_amp",
        ("A",),
        "Cached AMP",
        "Open the cached AMP page.",
        Group.STORY,
        call="link('cached')",
    ),
    Action(
        "choose_link",
        ("u",),
        "links",
        "Choose among all links of the story.",
        Group.STORY,
        call="link('choose')",
    ),
    Action(
        "readable_text",
        ("t",),
        "text",
        "Fetch the text of the page, or a newer one; {step_back} stops that.",
        Group.STORY,
        footer=4,
    ),
    Action(
        "archived",
        ("w",),
        "Archived copy",
        "Open the Internet Archive's copy in the browser; an AMP page that is known to be alive where the "
        "original is known to be gone.",
        Group.STORY,
        call="link('archived')",
    ),
    Action("copy_link", ("y",), "Copy link", "Copy the link of the story.", Group.STORY, call="link('copy')"),
    Action(
        "copy_as",
        ("Y",),
        "Copy as",
        "Copy the story as a link, title, citation, Markdown or HTML.",
        Group.STORY,
        call="link('copy_as')",
    ),
    Action("picture", ("i",), "Picture", "Show the picture of the story, or put it away.", Group.STORY),
    Action(
        "previous_found",
        ("N",),
        "Found before",
        "In the story: to the place before where the words stand that {filter} looked for.",
        Group.STORY,
    ),
    Action(
        "read_on",
        ("space",),
        "Read on",
        "One page on; at the end of a story to the next unread one.",
        Group.STORY,
    ),
    Action(
        "filter",
        ("slash",),
        "filter",
        "Show only what has the words you type, as you type. In the story: find words there.",
        Group.LIST,
        footer=1,
    ),
    Action(
        "step_back",
        ("escape",),
        "Step back",
        "Step back out: stop fetching, clear the filter, close, or return to the list.",
        Group.LIST,
    ),
    Action(
        "next_order", ("s",), "order", "Next order of the list.", Group.LIST, footer=5, call="order(False)"
    ),
    Action(
        "choose_order",
        ("S",),
        "Choose order",
        "Choose the order of the list.",
        Group.LIST,
        call="order(True)",
    ),
    Action("explain", ("e",), "why", "Why the story ranks where it does.", Group.LIST, footer=7),
    Action("toggle_scope", ("v",), "everything", "Front page or everything.", Group.LIST, footer=6),
    Action(
        "unfold",
        ("plus",),
        "Unfold story",
        "Show the reports of the story below it, or put them away.",
        Group.LIST,
        call="fold(False)",
    ),
    Action(
        "toggle_fold",
        ("c",),
        "Fold stories",
        "One row a story, or one a report.",
        Group.LIST,
        call="fold(True)",
    ),
    Action(
        "select",
        ("x",),
        "Select",
        "Select the story, or do not, and go on. {open_original}, {open_amp}, {open_cached_amp}, "
        "{readable_text}, {archived}, {copy_link}, {copy_as}, {toggle_read}, {star}, {read_later} then act "
        "on all selected.",
        Group.LIST,
        call="select(False)",
    ),
    Action(
        "select_all",
        ("X",),
        "Select all",
        "Select every story of the list, or none.",
        Group.LIST,
        call="select(True)",
    ),
    Action(
        "trends",
        ("T",),
        "Trends",
        "Records a week, with the topics, providers and stories behind them.",
        Group.LIST,
    ),
    Action("corpora", ("C",), "Open corpus", "Open another corpus that the settings name.", Group.PROGRAM),
    Action(
        "sync",
        ("ctrl+r",),
        "Fresh records",
        "Bring fresh records in from the sources that the settings declare; {step_back} stops it.",
        Group.PROGRAM,
    ),
    Action("refresh_corpus", ("R",), "Look for changes", "Look for changed files now.", Group.LIST),
    Action(
        "problems",
        ("exclamation_mark",),
        "Problems",
        "The files that could not be read as they should.",
        Group.LIST,
    ),
    Action(
        "save_search",
        ("ctrl+s",),
        "Save search",
        "Save what the list shows (filter, topic, order) under a name, in the sidebar.",
        Group.SEARCHES,
        call="saved('save')",
    ),
    Action(
        "rename_search",
        ("r",),
        "Rename saved search",
        "In the sidebar: another name for the saved search.",
        Group.SEARCHES,
        call="saved('rename')",
    ),
    Action(
        "search_up",
        ("K",),
        "Saved search up",
        "In the sidebar: the saved search before the one above it.",
        Group.SEARCHES,
        call="saved('up')",
    ),
    Action(
        "search_down",
        ("J",),
        "Saved search down",
        "In the sidebar: the saved search after the one below it.",
        Group.SEARCHES,
        call="saved('down')",
    ),
    Action(
        "delete_search",
        ("d", "delete"),
        "Delete saved search",
        "In the sidebar: take the saved search away.",
        Group.SEARCHES,
        call="saved('delete')",
    ),
    Action(
        "next_unread",
        ("n",),
        "Next unread",
        "To the next unread story. While words are looked for in the story: to the next place.",
        Group.MARKS,
        call="unread(1)",
    ),
    Action(
        "previous_unread",
        ("p",),
        "Previous unread",
        "To the unread story before.",
        Group.MARKS,
        call="unread(-1)",
    ),
    Action(
        "toggle_read",
        ("m",),
        "Read or unread",
        "Mark the story with its reports as read or unread.",
        Group.MARKS,
        call="mark('READ')",
    ),
    Action(
        "mark_all_read",
        ("M",),
        "Mark all read",
        "Mark every story of the list as read, after telling how many.",
        Group.MARKS,
    ),
    Action("star", ("f",), "Star", "Star the story, or do not.", Group.MARKS, call="mark('STARRED')"),
    Action(
        "read_later",
        ("L",),
        "Read later",
        "Put the story aside to be read later, or back.",
        Group.MARKS,
        call="mark('LATER')",
    ),
    Action("note", ("E",), "Note", "Write a note on the story.", Group.MARKS),
    Action("undo", ("ctrl+z",), "Undo", "Take back the last change of marks or searches.", Group.MARKS),
    Action("redo", ("ctrl+y",), "Redo", "Make the change again that was taken back.", Group.MARKS),
    Action("help", ("question_mark", "f1"), "help", "All keys and what they do.", Group.PROGRAM, footer=8),
)
"""What the main screen answers to wherever the focus is, but for text that is being typed."""

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
"""What the program answers to on every screen."""

LEAVE = "ctrl+q"
"""The key that always ends the program, whatever is set."""

ACTIONS = MOVE + SCREEN + APP
BY_ID = {action.id: action for action in ACTIONS}
FOOTER = tuple(sorted((action for action in ACTIONS if action.footer), key=lambda action: action.footer))
