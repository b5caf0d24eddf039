"""The one table of commands: what can be typed at the prompt, and what it does.

Letters are the keys of the full screen where it has one for the same. Reading a line, the help and the hint
at a mistyped word are all made from this table.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Group(StrEnum):
    """Where a command belongs in the help."""

    STORY = "Stories"
    LIST = "The list"
    PLACES = "Where to look"
    MARKS = "Marks"
    PROGRAM = "Program"


class Command(NamedTuple):
    """Something that can be typed.

    `id` names the method of the session that does it. `key` is its one-letter form, `words` are its long
    ones, either may lack. `takes` tells what may follow. `action` is the id of the same action of the full
    screen, where there is one.
    """

    id: str
    key: str
    words: tuple[str, ...]
    takes: str
    help: str
    group: Group
    action: str = ""

    @property
    def name(self) -> str:
        """The form by which it is told of."""
        return self.words[0] if self.words else self.key

    @property
    def forms(self) -> tuple[str, ...]:
        """Everything that calls it, the letter first."""
        return (self.key, *self.words) if self.key else self.words


NUMBERS = "[NUMBERS]"
"""Rows of the list, such as `3` or `2-5 9`; without them the story that is open is meant."""

COMMANDS: tuple[Command, ...] = (
    Command(
        "read",
        "",
        ("read",),
        "NUMBER",
        "Read the story of that row; its number alone does, too.",
        Group.STORY,
    ),
    Command("again", "", ("story",), "", "The story that is open once more.", Group.STORY),
    Command(
        "follow", "r", ("follow",), "NUMBER", "Follow related coverage or a link of the story.", Group.STORY
    ),
    Command("back", "b", ("back",), "", "Back to the story read before.", Group.STORY),
    Command("forward", "", ("forward",), "", "Forward again.", Group.STORY),
    Command(
        "open_original",
        "o",
        ("open", "original"),
        NUMBERS,
        "Open the original page in the browser.",
        Group.STORY,
        "open_original",
    ),
    Command(
        "open_amp",
        "a",
        ("amp",),
        NUMBERS,
        "Open the AMP page; the cached one where there is no other.",
        Group.STORY,
        "open_amp",
    ),
    Command(
        "open_cached",
        "A",
        ("cached",),
        NUMBERS,
        "Open the cached AMP page.",
        Group.STORY,
        "open_cached_amp",
    ),
    Command(
        "links",
        "u",
        ("links",),
        "[NUMBER]",
        "List the links of the story with their numbers, or open one.",
        Group.STORY,
        "choose_link",
    ),
    Command(
        "text",
        "t",
        ("text",),
        NUMBERS,
        "Fetch the text of the page, or a newer one, and read it.",
        Group.STORY,
        "readable_text",
    ),
    Command(
        "copy",
        "w",
        ("copy", "archived"),
        NUMBERS,
        "Open the Internet Archive's copy; an AMP page that is alive where the original is gone.",
        Group.STORY,
        "archived",
    ),
    Command("address", "y", ("address", "url"), NUMBERS, "Print the link.", Group.STORY, "copy_link"),
    Command(
        "cite",
        "Y",
        ("cite",),
        NUMBERS,
        "Print link, title, citation, Markdown and HTML.",
        Group.STORY,
        "copy_as",
    ),
    Command(
        "next_page",
        "",
        ("next", "next page"),
        "",
        "The next page of the list; an empty line does, too.",
        Group.LIST,
    ),
    Command("previous_page", "", ("back page", "previous"), "", "The page before.", Group.LIST),
    Command("first_page", "g", ("first",), "", "The first page.", Group.LIST, "first"),
    Command("last_page", "G", ("last",), "", "The last page.", Group.LIST, "last"),
    Command(
        "list", "", ("list",), "[NUMBER]", "The page once more, or the one that begins at a row.", Group.LIST
    ),
    Command("page_size", "", ("page",), "NUMBER", "So many rows a page.", Group.LIST),
    Command(
        "filter",
        "/",
        ("filter",),
        "[FILTER]",
        "Show only what the filter finds, such as topic:nlp chips; alone it shows all again.",
        Group.LIST,
        "filter",
    ),
    Command("next_order", "s", ("order",), "", "The next order of the list.", Group.LIST, "next_order"),
    Command(
        "orders",
        "S",
        ("sort",),
        "[ORDER]",
        "All orders, or the list in that one.",
        Group.LIST,
        "choose_order",
    ),
    Command("scope", "v", ("scope",), "", "Front page or everything.", Group.LIST, "toggle_scope"),
    Command(
        "unfold",
        "+",
        ("reports",),
        "[NUMBER]",
        "Put the reports of a story below it in the list, or away again.",
        Group.LIST,
        "unfold",
    ),
    Command("fold", "c", ("fold",), "", "One row a story, or one a report.", Group.LIST, "toggle_fold"),
    Command(
        "explain",
        "e",
        ("why", "explain"),
        "[NUMBER]",
        "Why the story ranks where it does.",
        Group.LIST,
        "explain",
    ),
    Command("next_unread", "n", ("unread",), "", "Read the next unread story.", Group.LIST, "next_unread"),
    Command("previous_unread", "p", (), "", "Read the unread story before.", Group.LIST, "previous_unread"),
    Command("topics", "", ("topics",), "", "The topics, with their numbers of records.", Group.PLACES),
    Command(
        "topic",
        "",
        ("topic",),
        "[NUMBER or NAME]",
        "Only that topic and those below it; alone all.",
        Group.PLACES,
    ),
    Command("providers", "", ("providers",), "", "The providers, most records first.", Group.PLACES),
    Command(
        "provider", "", ("provider",), "[NUMBER or NAME]", "Only that provider; alone all.", Group.PLACES
    ),
    Command("types", "", ("types",), "", "The types of records.", Group.PLACES),
    Command("type", "", ("type",), "[NUMBER or NAME]", "Only that type; alone all.", Group.PLACES),
    Command(
        "saved",
        "",
        ("saved",),
        "[NUMBER or NAME]",
        "The saved searches, or what one of them finds.",
        Group.PLACES,
    ),
    Command(
        "save",
        "",
        ("save",),
        "NAME",
        "Save what the list shows (filter, place, order) under a name.",
        Group.PLACES,
        "save_search",
    ),
    Command(
        "rename",
        "",
        ("rename",),
        "NUMBER NAME",
        "Another name for a saved search.",
        Group.PLACES,
        "rename_search",
    ),
    Command("delete", "", ("delete",), "NUMBER", "Take a saved search away.", Group.PLACES, "delete_search"),
    Command(
        "trends",
        "T",
        ("trends",),
        "[NUMBER]",
        "Records a week, topics, providers and hottest stories; or the list of that week.",
        Group.PLACES,
        "trends",
    ),
    Command("home", "", ("home",), "", "The list as it is where nothing was asked for.", Group.PLACES),
    Command(
        "toggle_read", "m", ("mark",), NUMBERS, "Mark as read, or as unread.", Group.MARKS, "toggle_read"
    ),
    Command(
        "mark_all",
        "M",
        ("mark all",),
        "",
        "Mark every story of the list as read, after asking.",
        Group.MARKS,
        "mark_all_read",
    ),
    Command("star", "f", ("star",), NUMBERS, "Star, or take the star off.", Group.MARKS, "star"),
    Command(
        "later", "L", ("later",), NUMBERS, "Put aside to read later, or back.", Group.MARKS, "read_later"
    ),
    Command(
        "note",
        "E",
        ("note",),
        "[TEXT]",
        "Put a note on the story that is open; - takes it off.",
        Group.MARKS,
        "note",
    ),
    Command(
        "undo", "", ("undo",), "", "Take the last change of marks or searches back.", Group.MARKS, "undo"
    ),
    Command("redo", "", ("redo",), "", "Make the change again that was taken back.", Group.MARKS, "redo"),
    Command("sync", "", ("sync",), "", "Bring fresh records in.", Group.PROGRAM, "sync"),
    Command("refresh", "R", ("refresh",), "", "Look for changed files now.", Group.PROGRAM, "refresh_corpus"),
    Command(
        "problems",
        "!",
        ("problems",),
        "[NUMBER]",
        "The files that could not be read as they should; with a number what could be read.",
        Group.PROGRAM,
        "problems",
    ),
    Command("help", "?", ("help",), "[COMMAND]", "All commands, or one.", Group.PROGRAM, "help"),
    Command("quit", "q", ("quit", "exit"), "", "Leave.", Group.PROGRAM, "quit"),
)


def letter_of(action: str) -> str:
    """What is typed for an action of the full screen."""
    return next(command.key or command.name for command in COMMANDS if command.action == action)
