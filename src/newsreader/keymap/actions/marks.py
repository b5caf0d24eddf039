"""Actions on marks, undo and redo."""

from __future__ import annotations

from newsreader.keymap.action import NUMBERS, Action, Group, PromptForm, PromptGroup

MARKS: tuple[Action, ...] = (
    Action(
        "next_unread",
        ("n",),
        "Next unread",
        "To the next unread story. While words are looked for in the story: to the next place.",
        Group.MARKS,
        call="unread(1)",
        prompt=PromptForm("n", ("unread",), "", "Read the next unread story.", PromptGroup.LIST),
    ),
    Action(
        "previous_unread",
        ("p",),
        "Previous unread",
        "To the unread story before.",
        Group.MARKS,
        call="unread(-1)",
        prompt=PromptForm("p", (), "", "Read the unread story before.", PromptGroup.LIST),
    ),
    Action(
        "toggle_read",
        ("m",),
        "Read or unread",
        "Mark the story with its reports as read or unread.",
        Group.MARKS,
        call="mark('READ')",
        prompt=PromptForm("m", ("mark",), NUMBERS, "Mark as read, or as unread.", PromptGroup.MARKS),
    ),
    Action(
        "mark_all_read",
        ("M",),
        "Mark all read",
        "Mark every story of the list as read, after telling how many.",
        Group.MARKS,
        prompt=PromptForm(
            "M", ("mark all",), "", "Mark every story of the list as read, after asking.", PromptGroup.MARKS
        ),
    ),
    Action(
        "star",
        ("f",),
        "Star",
        "Toggle star.",
        Group.MARKS,
        call="mark('STARRED')",
        prompt=PromptForm("f", ("star",), NUMBERS, "Toggle star.", PromptGroup.MARKS),
    ),
    Action(
        "read_later",
        ("L",),
        "Read later",
        "Toggle read later.",
        Group.MARKS,
        call="mark('LATER')",
        prompt=PromptForm("L", ("later",), NUMBERS, "Toggle read later.", PromptGroup.MARKS),
    ),
    Action(
        "note",
        ("E",),
        "Note",
        "Write a note on the story.",
        Group.MARKS,
        prompt=PromptForm(
            "E",
            ("note",),
            "[TEXT]",
            "Add a note to the open story; - removes it.",
            PromptGroup.MARKS,
        ),
    ),
    Action(
        "undo",
        ("ctrl+z",),
        "Undo",
        "Undo the last change of marks or searches.",
        Group.MARKS,
        prompt=PromptForm("", ("undo",), "", "Undo the last change of marks or searches.", PromptGroup.MARKS),
    ),
    Action(
        "redo",
        ("ctrl+y",),
        "Redo",
        "Redo the last change of marks or searches.",
        Group.MARKS,
        prompt=PromptForm("", ("redo",), "", "Redo the last change of marks or searches.", PromptGroup.MARKS),
    ),
)
