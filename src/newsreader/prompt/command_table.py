"""The one table of commands: what can be typed at the prompt, and what it does.

Letters are the keys of the full screen where it has one for the same. Reading a line, the help and the hint
at a mistyped word are all made from this table.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class PromptGroup(StrEnum):
    """Where a command belongs in the help."""

    STORY = "Stories"
    LIST = "The list"
    PLACES = "Where to look"
    MARKS = "Marks"
    PROGRAM = "Program"


class PromptCommand(NamedTuple):
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
    group: PromptGroup
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

COMMANDS: tuple[PromptCommand, ...] = (
    PromptCommand(
        "read",
        "",
        ("read",),
        "NUMBER",
        "Read the story of that row; its number alone does, too.",
        PromptGroup.STORY,
    ),
    PromptCommand("again", "", ("story",), "", "The story that is open once more.", PromptGroup.STORY),
    PromptCommand(
        "follow",
        "r",
        ("follow",),
        "NUMBER",
        "Follow related coverage or a link of the story.",
        PromptGroup.STORY,
    ),
    PromptCommand("back", "b", ("back",), "", "Back to the story read before.", PromptGroup.STORY),
    PromptCommand("forward", "", ("forward",), "", "Forward again.", PromptGroup.STORY),
    PromptCommand(
        "open_original",
        "o",
        ("open", "original"),
        NUMBERS,
        "Open the original page in the browser.",
        PromptGroup.STORY,
        "open_original",
    ),
    PromptCommand(
        "open_amp",
        "a",
        ("amp",),
        NUMBERS,
        "Open the AMP page; the cached one where there is no other.",
        PromptGroup.STORY,
        "open_amp",
    ),
    PromptCommand(
        "open_cached",
        "A",
        ("cached",),
        NUMBERS,
        "Open the cached AMP page.",
        PromptGroup.STORY,
        "open_cached_amp",
    ),
    PromptCommand(
        "links",
        "u",
        ("links",),
        "[NUMBER]",
        "List the links of the story with their numbers, or open one.",
        PromptGroup.STORY,
        "choose_link",
    ),
    PromptCommand(
        "text",
        "t",
        ("text",),
        NUMBERS,
        "Fetch the text of the page, or a newer one, and read it.",
        PromptGroup.STORY,
        "readable_text",
    ),
    PromptCommand(
        "copy",
        "w",
        ("copy", "archived"),
        NUMBERS,
        "Open the Internet Archive's copy; an AMP page that is alive where the original is gone.",
        PromptGroup.STORY,
        "archived",
    ),
    PromptCommand(
        "address", "y", ("address", "url"), NUMBERS, "Print the link.", PromptGroup.STORY, "copy_link"
    ),
    PromptCommand(
        "cite",
        "Y",
        ("cite",),
        NUMBERS,
        "Print link, title, citation, Markdown and HTML.",
        PromptGroup.STORY,
        "copy_as",
    ),
    PromptCommand(
        "next_page",
        "",
        ("next", "next page"),
        "",
        "The next page of the list; an empty line does, too.",
        PromptGroup.LIST,
    ),
    PromptCommand("previous_page", "", ("back page", "previous"), "", "The page before.", PromptGroup.LIST),
    PromptCommand("first_page", "g", ("first",), "", "The first page.", PromptGroup.LIST, "first"),
    PromptCommand("last_page", "G", ("last",), "", "The last page.", PromptGroup.LIST, "last"),
    PromptCommand(
        "list",
        "",
        ("list",),
        "[NUMBER]",
        "The page once more, or the one that begins at a row.",
        PromptGroup.LIST,
    ),
    PromptCommand("page_size", "", ("page",), "NUMBER", "So many rows a page.", PromptGroup.LIST),
    PromptCommand(
        "filter",
        "/",
        ("filter",),
        "[FILTER]",
        "Show only what the filter finds, such as topic:nlp chips; alone it shows all again.",
        PromptGroup.LIST,
        "filter",
    ),
    PromptCommand(
        "next_order", "s", ("order",), "", "The next order of the list.", PromptGroup.LIST, "next_order"
    ),
    PromptCommand(
        "orders",
        "S",
        ("sort",),
        "[ORDER]",
        "All orders, or the list in that one.",
        PromptGroup.LIST,
        "choose_order",
    ),
    PromptCommand(
        "scope", "v", ("scope",), "", "Front page or everything.", PromptGroup.LIST, "toggle_scope"
    ),
    PromptCommand(
        "unfold",
        "+",
        ("reports",),
        "[NUMBER]",
        "Put the reports of a story below it in the list, or away again.",
        PromptGroup.LIST,
        "unfold",
    ),
    PromptCommand(
        "fold", "c", ("fold",), "", "One row a story, or one a report.", PromptGroup.LIST, "toggle_fold"
    ),
    PromptCommand(
        "explain",
        "e",
        ("why", "explain"),
        "[NUMBER]",
        "Why the story ranks where it does.",
        PromptGroup.LIST,
        "explain",
    ),
    PromptCommand(
        "next_unread", "n", ("unread",), "", "Read the next unread story.", PromptGroup.LIST, "next_unread"
    ),
    PromptCommand(
        "previous_unread", "p", (), "", "Read the unread story before.", PromptGroup.LIST, "previous_unread"
    ),
    PromptCommand(
        "topics", "", ("topics",), "", "The topics, with their numbers of records.", PromptGroup.PLACES
    ),
    PromptCommand(
        "topic",
        "",
        ("topic",),
        "[NUMBER or NAME]",
        "Only that topic and those below it; alone all.",
        PromptGroup.PLACES,
    ),
    PromptCommand(
        "providers", "", ("providers",), "", "The providers, most records first.", PromptGroup.PLACES
    ),
    PromptCommand(
        "provider",
        "",
        ("provider",),
        "[NUMBER or NAME]",
        "Only that provider; alone all.",
        PromptGroup.PLACES,
    ),
    PromptCommand("types", "", ("types",), "", "The types of records.", PromptGroup.PLACES),
    PromptCommand(
        "type", "", ("type",), "[NUMBER or NAME]", "Only that type; alone all.", PromptGroup.PLACES
    ),
    PromptCommand(
        "saved",
        "",
        ("saved",),
        "[NUMBER or NAME]",
        "The saved searches, or what one of them finds.",
        PromptGroup.PLACES,
    ),
    PromptCommand(
        "save",
        "",
        ("save",),
        "NAME",
        "Save what the list shows (filter, place, order) under a name.",
        PromptGroup.PLACES,
        "save_search",
    ),
    PromptCommand(
        "rename",
        "",
        ("rename",),
        "NUMBER NAME",
        "Another name for a saved search.",
        PromptGroup.PLACES,
        "rename_search",
    ),
    PromptCommand(
        "delete", "", ("delete",), "NUMBER", "Take a saved search away.", PromptGroup.PLACES, "delete_search"
    ),
    PromptCommand(
        "trends",
        "T",
        ("trends",),
        "[NUMBER]",
        "Records a week, topics, providers and hottest stories; or the list of that week.",
        PromptGroup.PLACES,
        "trends",
    ),
    PromptCommand(
        "home", "", ("home",), "", "The list as it is where nothing was asked for.", PromptGroup.PLACES
    ),
    PromptCommand(
        "toggle_read",
        "m",
        ("mark",),
        NUMBERS,
        "Mark as read, or as unread.",
        PromptGroup.MARKS,
        "toggle_read",
    ),
    PromptCommand(
        "mark_all",
        "M",
        ("mark all",),
        "",
        "Mark every story of the list as read, after asking.",
        PromptGroup.MARKS,
        "mark_all_read",
    ),
    PromptCommand("star", "f", ("star",), NUMBERS, "Star, or take the star off.", PromptGroup.MARKS, "star"),
    PromptCommand(
        "later",
        "L",
        ("later",),
        NUMBERS,
        "Put aside to read later, or back.",
        PromptGroup.MARKS,
        "read_later",
    ),
    PromptCommand(
        "note",
        "E",
        ("note",),
        "[TEXT]",
        "Put a note on the story that is open; - takes it off.",
        PromptGroup.MARKS,
        "note",
    ),
    PromptCommand(
        "undo",
        "",
        ("undo",),
        "",
        "Take the last change of marks or searches back.",
        PromptGroup.MARKS,
        "undo",
    ),
    PromptCommand(
        "redo", "", ("redo",), "", "Make the change again that was taken back.", PromptGroup.MARKS, "redo"
    ),
    PromptCommand("sync", "", ("sync",), "", "Bring fresh records in.", PromptGroup.PROGRAM, "sync"),
    PromptCommand(
        "refresh", "R", ("refresh",), "", "Look for changed files now.", PromptGroup.PROGRAM, "refresh_corpus"
    ),
    PromptCommand(
        "problems",
        "!",
        ("problems",),
        "[NUMBER]",
        "The files that could not be read as they should; with a number what could be read.",
        PromptGroup.PROGRAM,
        "problems",
    ),
    PromptCommand("help", "?", ("help",), "[COMMAND]", "All commands, or one.", PromptGroup.PROGRAM, "help"),
    PromptCommand("quit", "q", ("quit", "exit"), "", "Leave.", PromptGroup.PROGRAM, "quit"),
)


def letter_of(action: str) -> str:
    """What is typed for an action of the full screen."""
    return next(command.key or command.name for command in COMMANDS if command.action == action)
