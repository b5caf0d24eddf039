"""Commands of the prompt without a key on the full screen."""

from __future__ import annotations

from newsreader.keymap.action import PromptAction, PromptForm, PromptGroup

PROMPT_ONLY: tuple[PromptAction, ...] = (
    PromptAction(
        "read",
        PromptForm(
            "",
            ("read",),
            "NUMBER",
            "Read the story of that row; its number alone does, too.",
            PromptGroup.STORY,
        ),
    ),
    PromptAction(
        "again", PromptForm("", ("story",), "", "The story that is open once more.", PromptGroup.STORY)
    ),
    PromptAction(
        "follow",
        PromptForm(
            "r", ("follow",), "NUMBER", "Follow related coverage or a link of the story.", PromptGroup.STORY
        ),
    ),
    PromptAction(
        "next_page",
        PromptForm(
            "",
            ("next", "next page"),
            "",
            "The next page of the list; an empty line does, too.",
            PromptGroup.LIST,
        ),
    ),
    PromptAction(
        "previous_page", PromptForm("", ("back page", "previous"), "", "The page before.", PromptGroup.LIST)
    ),
    PromptAction(
        "list",
        PromptForm(
            "",
            ("list",),
            "[NUMBER]",
            "The page once more, or the one that begins at a row.",
            PromptGroup.LIST,
        ),
    ),
    PromptAction("page_size", PromptForm("", ("page",), "NUMBER", "So many rows a page.", PromptGroup.LIST)),
    PromptAction(
        "topics",
        PromptForm("", ("topics",), "", "The topics, with their numbers of records.", PromptGroup.PLACES),
    ),
    PromptAction(
        "topic",
        PromptForm(
            "",
            ("topic",),
            "[NUMBER or NAME]",
            "Only that topic and those below it; alone all.",
            PromptGroup.PLACES,
        ),
    ),
    PromptAction(
        "providers",
        PromptForm("", ("providers",), "", "The providers, most records first.", PromptGroup.PLACES),
    ),
    PromptAction(
        "provider",
        PromptForm(
            "", ("provider",), "[NUMBER or NAME]", "Only that provider; alone all.", PromptGroup.PLACES
        ),
    ),
    PromptAction("types", PromptForm("", ("types",), "", "The types of records.", PromptGroup.PLACES)),
    PromptAction(
        "type",
        PromptForm("", ("type",), "[NUMBER or NAME]", "Only that type; alone all.", PromptGroup.PLACES),
    ),
    PromptAction(
        "saved",
        PromptForm(
            "",
            ("saved",),
            "[NUMBER or NAME]",
            "The saved searches, or what one of them finds.",
            PromptGroup.PLACES,
        ),
    ),
    PromptAction(
        "home",
        PromptForm("", ("home",), "", "The list as it is where nothing was asked for.", PromptGroup.PLACES),
    ),
)
