"""Actions on stories, their links and texts."""

from __future__ import annotations

from newsreader.keymap.action import NUMBERS, Action, Group, PromptForm, PromptGroup

STORIES: tuple[Action, ...] = (
    Action(
        "back",
        ("backspace", "alt+left"),
        "Back",
        "Back to the story visited before.",
        Group.STORY,
        call="visit(-1)",
        prompt=PromptForm("b", ("back",), "", "Back to the story read before.", PromptGroup.STORY),
    ),
    Action(
        "forward",
        ("alt+right",),
        "Forward",
        "Forward again.",
        Group.STORY,
        call="visit(1)",
        prompt=PromptForm("", ("forward",), "", "Forward again.", PromptGroup.STORY),
    ),
    Action(
        "open_original",
        ("o",),
        "open",
        "Open the original page in the browser.",
        Group.STORY,
        footer=2,
        call="link('original')",
        prompt=PromptForm(
            "o", ("open", "original"), NUMBERS, "Open the original page in the browser.", PromptGroup.STORY
        ),
    ),
    Action(
        "open_amp",
        ("a",),
        "AMP",
        "Open the AMP page; the cached one where there is no other.",
        Group.STORY,
        footer=3,
        call="link('amp')",
        prompt=PromptForm(
            "a",
            ("amp",),
            NUMBERS,
            "Open the AMP page; the cached one where there is no other.",
            PromptGroup.STORY,
        ),
    ),
    Action(
        "open_cached_amp",
        ("A",),
        "Cached AMP",
        "Open the cached AMP page.",
        Group.STORY,
        call="link('cached')",
        prompt=PromptForm("A", ("cached",), NUMBERS, "Open the cached AMP page.", PromptGroup.STORY),
    ),
    Action(
        "choose_link",
        ("u",),
        "links",
        "Choose among all links of the story.",
        Group.STORY,
        call="link('choose')",
        prompt=PromptForm(
            "u",
            ("links",),
            "[NUMBER]",
            "List the links of the story with their numbers, or open one.",
            PromptGroup.STORY,
        ),
    ),
    Action(
        "readable_text",
        ("t",),
        "text",
        "Fetch the text of the page, or a newer one; {step_back} stops that.",
        Group.STORY,
        footer=4,
        prompt=PromptForm(
            "t",
            ("text",),
            NUMBERS,
            "Fetch the text of the page, or a newer one, and read it.",
            PromptGroup.STORY,
        ),
    ),
    Action(
        "archived",
        ("w",),
        "Archived copy",
        "Open the Internet Archive's copy in the browser; an AMP page that is known to be alive "
        "where the original is known to be gone.",
        Group.STORY,
        call="link('archived')",
        prompt=PromptForm(
            "w",
            ("copy", "archived"),
            NUMBERS,
            "Open the Internet Archive's copy; an AMP page that is alive where the original is gone.",
            PromptGroup.STORY,
        ),
    ),
    Action(
        "copy_link",
        ("y",),
        "Copy link",
        "Copy the link of the story.",
        Group.STORY,
        call="link('copy')",
        prompt=PromptForm("y", ("address", "url"), NUMBERS, "Print the link.", PromptGroup.STORY),
    ),
    Action(
        "copy_as",
        ("Y",),
        "Copy as",
        "Copy the story as a link, title, citation, Markdown or HTML.",
        Group.STORY,
        call="link('copy_as')",
        prompt=PromptForm(
            "Y", ("cite",), NUMBERS, "Print link, title, citation, Markdown and HTML.", PromptGroup.STORY
        ),
    ),
    Action("picture", ("i",), "Picture", "Toggle the picture of the story.", Group.STORY),
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
)
