"""Actions of the list: filter, order, selection and saved searches."""

from __future__ import annotations

from newsreader.keymap.action import Action, Group, grouped

LISTS = grouped(
    Group.LIST,
    Action(
        "filter",
        ("slash",),
        "filter",
        "Show only what has the words you type, as you type. In the story: find words there. "
        "In the sidebar: filter topics.",
        footer=1,
    ),
    Action(
        "step_back",
        ("escape",),
        "Step back",
        "Back: stop fetching, clear the filter, close, or return to the list.",
    ),
    Action("next_order", ("s",), "order", "Next order of the list.", footer=5, call="order(False)"),
    Action("choose_order", ("S",), "Choose order", "Choose the order of the list.", call="order(True)"),
    Action("explain", ("e",), "why", "Why the story ranks where it does.", footer=7),
    Action("toggle_scope", ("v",), "everything", "Front page or everything.", footer=6),
    Action(
        "unfold", ("plus",), "Unfold story", "Toggle the reports of the story below it.", call="fold(False)"
    ),
    Action("toggle_fold", ("c",), "Fold stories", "One row a story, or one a report.", call="fold(True)"),
    Action(
        "select",
        ("x",),
        "Select",
        "Toggle selection and move down. {open_original}, {open_amp}, {open_cached_amp}, "
        "{readable_text}, {archived}, {copy_link}, {copy_as}, {toggle_read}, {star}, {read_later}, {hide}, "
        "{tags} then act on all selected.",
        call="select(False)",
    ),
    Action(
        "select_all",
        ("X",),
        "Select all",
        "Toggle selection of all stories in the list.",
        call="select(True)",
    ),
    Action("trends", ("T",), "Trends", "Records a week, with the topics, providers and stories behind them."),
    Action(
        "edition",
        ("d",),
        "Edition",
        "The front page of the day, week or month of the story as a newspaper; page through it by date.",
    ),
    Action("refresh_corpus", ("R",), "Look for changes", "Look for changed files now."),
    Action("problems", ("exclamation_mark",), "Problems", "The files that could not be read as they should."),
) + grouped(
    Group.SEARCHES,
    Action(
        "save_search",
        ("ctrl+s",),
        "Save search",
        "Save what the list shows (filter, topic, order) under a name, in the sidebar.",
        call="saved('save')",
    ),
    Action(
        "rename_search",
        ("r",),
        "Rename saved search",
        "In the sidebar: another name for the saved search.",
        call="saved('rename')",
    ),
    Action(
        "search_up",
        ("K",),
        "Saved search up",
        "In the sidebar: the saved search before the one above it.",
        call="saved('up')",
    ),
    Action(
        "search_down",
        ("J",),
        "Saved search down",
        "In the sidebar: the saved search after the one below it.",
        call="saved('down')",
    ),
    Action(
        "delete_search",
        ("delete",),
        "Delete saved search",
        "In the sidebar: take the saved search away.",
        call="saved('delete')",
    ),
)
