"""Other words for actions, under which the palette and the help find them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "activate": ("open", "read", "select", "follow"),
    "open_original": ("browser", "link", "url", "website", "article"),
    "choose_link": ("urls", "hints"),
    "readable_text": ("article", "full text", "reader view", "fetch", "download"),
    "archived": ("wayback", "internet archive"),
    "copy_link": ("yank", "clipboard", "url"),
    "copy_as": ("yank", "clipboard", "share", "citation", "markdown"),
    "picture": ("image", "photo"),
    "filter": ("search", "find", "grep", "limit"),
    "step_back": ("cancel", "close", "clear", "escape"),
    "next_order": ("sort",),
    "choose_order": ("sort",),
    "explain": ("rank", "score", "why"),
    "toggle_scope": ("scope", "all", "front page"),
    "unfold": ("expand", "collapse", "thread", "reports"),
    "toggle_fold": ("group", "thread", "collapse", "expand"),
    "select": ("mark", "tag", "pick"),
    "select_all": ("mark all", "tag all"),
    "trends": ("statistics", "chart", "graph", "history"),
    "refresh_corpus": ("reload", "rescan", "update"),
    "problems": ("errors", "warnings"),
    "save_search": ("bookmark filter", "virtual folder", "query"),
    "next_unread": ("next new",),
    "previous_unread": ("previous new",),
    "toggle_read": ("mark", "seen", "unseen", "unread"),
    "mark_all_read": ("catch up", "mark", "seen"),
    "star": ("bookmark", "favourite", "favorite", "flag", "mark"),
    "hide": ("dismiss", "kill", "delete", "remove"),
    "read_later": ("queue", "bookmark", "postpone", "mark"),
    "note": ("comment", "annotate", "memo"),
    "undo": ("revert", "take back"),
    "corpora": ("switch folder", "collection", "library"),
    "sync": ("fetch", "update", "download", "feeds", "refresh"),
    "messages": ("log", "notifications"),
    "help": ("keys", "shortcuts", "bindings", "manual"),
    "zen": ("full screen", "fullscreen", "maximize", "focus"),
    "jump": ("hint", "hints", "go to", "follow"),
    "to_middle": ("center", "centre", "recenter"),
    "density": ("compact", "comfortable", "lines"),
    "quit": ("q", "q!", "wq", "x", "exit", "leave", "close"),
}
