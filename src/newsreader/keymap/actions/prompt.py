"""The commands of the prompt. Those that share an id with an action of the full screen do the same."""

from __future__ import annotations

from newsreader.keymap.action import NUMBERS, PromptAction, PromptGroup


def _group(group: PromptGroup, *rows: tuple[str, str, tuple[str, ...], str, str]) -> tuple[PromptAction, ...]:
    """Build the commands of a group from rows of id, letter, words, argument and help."""
    return tuple(PromptAction(*row, group) for row in rows)


PROMPT_ACTIONS: tuple[PromptAction, ...] = (
    *_group(
        PromptGroup.STORY,
        ("read", "", ("read",), "NUMBER", "Read the story of that row; its number alone does, too."),
        ("again", "", ("story",), "", "The story that is open once more."),
        ("follow", "r", ("follow",), "NUMBER", "Follow related coverage or a link of the story."),
        ("back", "b", ("back",), "", "Back to the story read before."),
        ("forward", "", ("forward",), "", "Forward again."),
        ("open_original", "o", ("open", "original"), NUMBERS, "Open the original page in the browser."),
        ("open_amp", "a", ("amp",), NUMBERS, "Open the AMP page; the cached one where there is no other."),
        ("open_cached_amp", "A", ("cached",), NUMBERS, "Open the cached AMP page."),
        (
            "choose_link",
            "u",
            ("links",),
            "[NUMBER]",
            "List the links of the story with their numbers, or open one.",
        ),
        (
            "readable_text",
            "t",
            ("text",),
            NUMBERS,
            "Fetch the text of the page, or a newer one, and read it.",
        ),
        (
            "archived",
            "w",
            ("copy", "archived"),
            NUMBERS,
            "Open the Internet Archive's copy; an AMP page that is alive where the original is gone.",
        ),
        ("copy_link", "y", ("address", "url"), NUMBERS, "Print the link."),
        ("copy_as", "Y", ("cite",), NUMBERS, "Print link, title, citation, Markdown and HTML."),
    ),
    *_group(
        PromptGroup.LIST,
        ("next_page", "", ("next", "next page"), "", "The next page of the list; an empty line does, too."),
        ("previous_page", "", ("back page", "previous"), "", "The page before."),
        ("list", "", ("list",), "[NUMBER]", "The page once more, or the one that begins at a row."),
        ("page_size", "", ("page",), "NUMBER", "So many rows a page."),
        ("first", "g", ("first",), "", "The first page."),
        ("last", "G", ("last",), "", "The last page."),
        (
            "filter",
            "/",
            ("filter",),
            "[FILTER]",
            "Show only what the filter finds, such as topic:nlp chips; alone it shows all again.",
        ),
        ("next_order", "s", ("order",), "", "The next order of the list."),
        ("choose_order", "S", ("sort",), "[ORDER]", "All orders, or the list in that one."),
        ("explain", "e", ("why", "explain"), "[NUMBER]", "Why the story ranks where it does."),
        ("toggle_scope", "v", ("scope",), "", "Front page or everything."),
        ("unfold", "+", ("reports",), "[NUMBER]", "Toggle the reports of a story below it in the list."),
        ("toggle_fold", "c", ("fold",), "", "One row a story, or one a report."),
        ("next_unread", "n", ("unread",), "", "Read the next unread story."),
        ("previous_unread", "p", (), "", "Read the unread story before."),
    ),
    *_group(
        PromptGroup.PLACES,
        ("topics", "", ("topics",), "", "The topics, with their numbers of records."),
        ("topic", "", ("topic",), "[NUMBER or NAME]", "Only that topic and those below it; alone all."),
        ("providers", "", ("providers",), "", "The providers, most records first."),
        ("provider", "", ("provider",), "[NUMBER or NAME]", "Only that provider; alone all."),
        ("types", "", ("types",), "", "The types of records."),
        ("type", "", ("type",), "[NUMBER or NAME]", "Only that type; alone all."),
        ("languages", "", ("languages",), "", "The languages of the records."),
        ("language", "", ("language",), "[NUMBER or NAME]", "Only that language, or all; alone as usual."),
        ("saved", "", ("saved",), "[NUMBER or NAME]", "The saved searches, or what one of them finds."),
        ("home", "", ("home",), "", "The list as it is where nothing was asked for."),
        (
            "trends",
            "T",
            ("trends",),
            "[NUMBER]",
            "Records a week, topics, providers and hottest stories; or the list of that week.",
        ),
        (
            "save_search",
            "",
            ("save",),
            "NAME",
            "Save what the list shows (filter, place, order) under a name.",
        ),
        ("rename_search", "", ("rename",), "NUMBER NAME", "Another name for a saved search."),
        ("delete_search", "", ("delete",), "NUMBER", "Take a saved search away."),
    ),
    *_group(
        PromptGroup.MARKS,
        ("toggle_read", "m", ("mark",), NUMBERS, "Mark as read, or as unread."),
        ("mark_all_read", "M", ("mark all",), "", "Mark every story of the list as read, after asking."),
        ("star", "f", ("star",), NUMBERS, "Toggle star."),
        ("read_later", "L", ("later",), NUMBERS, "Toggle read later."),
        ("hide", "H", ("hide",), NUMBERS, "Hide from lists and counts, or show again."),
        ("note", "E", ("note",), "[TEXT]", "Add a note to the open story; - removes it."),
        (
            "tags",
            "#",
            ("tags", "tag"),
            "[TAGS]",
            "Add tags to the open story; -TAG removes one, alone it lists all.",
        ),
        ("undo", "", ("undo",), "", "Undo the last change of marks or searches."),
        ("redo", "", ("redo",), "", "Redo the last change of marks or searches."),
    ),
    *_group(
        PromptGroup.PROGRAM,
        ("refresh_corpus", "R", ("refresh",), "", "Look for changed files now."),
        (
            "problems",
            "!",
            ("problems",),
            "[NUMBER]",
            "The files that could not be read as they should; with a number what could be read.",
        ),
        (
            "add_source",
            "",
            ("add",),
            "ADDRESS",
            "Add a feed, a site or a list of feeds to the settings, and bring its records in.",
        ),
        ("sync", "", ("sync",), "", "Bring fresh records in."),
        ("help", "?", ("help",), "[COMMAND]", "All commands, or one."),
        ("quit", "q", ("quit", "exit"), "", "Leave."),
    ),
)
