"""Actions on stories, their links, texts and marks."""

from __future__ import annotations

from newsreader.keymap.action import Action, Group, grouped

STORIES = grouped(
    Group.STORY,
    Action("back", ("backspace", "alt+left"), "Back", "Back to the story visited before.", call="visit(-1)"),
    Action("forward", ("alt+right",), "Forward", "Forward again.", call="visit(1)"),
    Action(
        "open_original",
        ("o",),
        "open",
        "Open the original page in the browser.",
        footer=2,
        call="link('original')",
    ),
    Action(
        "open_amp",
        ("a",),
        "AMP",
        "Open the AMP page; the cached one where there is no other.",
        footer=3,
        call="link('amp')",
    ),
    Action("open_cached_amp", ("A",), "Cached AMP", "Open the cached AMP page.", call="link('cached')"),
    Action("choose_link", ("u",), "links", "Choose among all links of the story.", call="link('choose')"),
    Action(
        "readable_text",
        ("t",),
        "text",
        "Fetch the text of the page, or a newer one; {step_back} stops that.",
        footer=4,
    ),
    Action(
        "archived",
        ("w",),
        "Archived copy",
        "Open the Internet Archive's copy in the browser; an AMP page that is known to be alive "
        "where the original is known to be gone.",
        call="link('archived')",
    ),
    Action("copy_link", ("y",), "Copy link", "Copy the link of the story.", call="link('copy')"),
    Action(
        "copy_as",
        ("Y",),
        "Copy as",
        "Copy the story as a link, title, citation, Markdown or HTML.",
        call="link('copy_as')",
    ),
    Action("play", ("P",), "Play", "Play the enclosure of the story, such as an episode of a podcast."),
    Action(
        "download",
        ("W",),
        "Download",
        "Download the enclosure of the story into the folder of the settings; {step_back} stops it.",
    ),
    Action(
        "pipe",
        ("vertical_line",),
        "Pipe to a command",
        "Pass the story to a command on its standard input, as Markdown, HTML or JSON.",
    ),
    Action("picture", ("i",), "Picture", "Toggle the picture of the story."),
    Action(
        "previous_found",
        ("N",),
        "Found before",
        "In the story: to the place before where the words stand that {filter} looked for.",
    ),
    Action("read_on", ("space",), "Read on", "One page on; at the end of a story to the next unread one."),
)

MARKS = grouped(
    Group.MARKS,
    Action(
        "next_unread",
        ("n",),
        "Next unread",
        "To the next unread story. While words are looked for in the story: to the next place.",
        call="unread(1)",
    ),
    Action("previous_unread", ("p",), "Previous unread", "To the unread story before.", call="unread(-1)"),
    Action(
        "toggle_read",
        ("m",),
        "Read or unread",
        "Mark the story with its reports as read or unread.",
        call="mark('READ')",
    ),
    Action(
        "mark_all_read",
        ("M",),
        "Mark all read",
        "Mark every story of the list as read, after telling how many.",
    ),
    Action("star", ("f",), "Star", "Toggle star.", call="mark('STARRED')"),
    Action("read_later", ("L",), "Read later", "Toggle read later.", call="mark('LATER')"),
    Action(
        "hide",
        ("H",),
        "Hide",
        "Hide the story from lists and counts, or show it again; the filter is:hidden finds it.",
        call="mark('HIDDEN')",
    ),
    Action("note", ("E",), "Note", "Write a note on the story."),
    Action("tags", ("number_sign",), "Tags", "Edit the tags of the story; {step_back} leaves them."),
    Action("undo", ("ctrl+z",), "Undo", "Undo the last change of marks or searches."),
    Action("redo", ("ctrl+y",), "Redo", "Redo the last change of marks or searches."),
)
