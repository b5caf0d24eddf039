"""Key presets by name. Keys are written as in the settings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from newsreader.keymap.actions import ACTIONS
from newsreader.keymap.key_names import parse_keys
from newsreader.keymap.keymap import VIM, Keymap


class Preset(NamedTuple):
    """A preset: its description, and keys that differ from the preset vim.

    Other actions have their vim keys as far as these are free, or no key if the preset `is_complete`.
    """

    about: str
    keys: Mapping[str, tuple[str, ...]]
    is_complete: bool = False


DEFAULT = "vim"

PRESETS: Mapping[str, Preset] = {
    DEFAULT: Preset("letters as in vim, and the arrows", {}),
    "newsboat": Preset(
        "the keys of newsboat, where it has the same action",
        {
            "cursor_down": ("j", "J", "down"),
            "cursor_up": ("k", "K", "up"),
            "page_down": ("pagedown",),
            "page_up": ("pageup",),
            "first": ("home",),
            "last": ("end",),
            "pane_left": ("left",),
            "pane_right": ("right",),
            "topics_pane": ("1", "t", "f"),
            "open_original": ("o", "O"),
            "open_cached_amp": ("ctrl+a",),
            "readable_text": ("ctrl+t",),
            "copy_as": ("s", "Y"),
            "filter": ("/", "F"),
            "step_back": ("escape", "ctrl+f"),
            "choose_order": ("g",),
            "next_order": ("G",),
            "toggle_scope": ("l", "v"),
            "refresh_corpus": ("r", "R"),
            "rename_search": ("f2",),
            "search_up": ("alt+up",),
            "search_down": ("alt+down",),
            "toggle_read": ("N",),
            "previous_found": ("P",),
            "play": ("alt+p",),
            "mark_all_read": ("A", "C"),
            "corpora": ("ctrl+o",),
            "star": ("ctrl+b", "ctrl+e"),
            "command_palette": (":", "ctrl+p"),
            "quit": ("q", "Q", "ctrl+q", "ctrl+c"),
        },
    ),
    "plain": Preset(
        "no letters: arrows, digits, function keys, ctrl and alt",
        {
            "cursor_down": ("down",),
            "cursor_up": ("up",),
            "page_down": ("pagedown",),
            "page_up": ("pageup",),
            "half_page_down": ("ctrl+down",),
            "half_page_up": ("ctrl+up",),
            "first": ("home", "ctrl+home"),
            "last": ("end", "ctrl+end"),
            "activate": ("enter",),
            "next_pane": ("tab",),
            "previous_pane": ("shift+tab",),
            "pane_left": ("left",),
            "pane_right": ("right",),
            "topics_pane": ("1",),
            "list_pane": ("2",),
            "story_pane": ("3",),
            "zen": ("0",),
            "jump": ("alt+j",),
            "to_middle": ("alt+m",),
            "to_top": ("alt+home",),
            "to_bottom": ("alt+end",),
            "wider": (">",),
            "narrower": ("<",),
            "usual_widths": ("=",),
            "density": ("alt+d",),
            "back": ("backspace", "alt+left"),
            "forward": ("alt+right",),
            "open_original": ("ctrl+o",),
            "open_amp": ("ctrl+g",),
            "open_cached_amp": ("alt+g",),
            "choose_link": ("ctrl+u",),
            "readable_text": ("alt+t",),
            "archived": ("alt+w",),
            "copy_link": ("ctrl+k",),
            "copy_as": ("ctrl+x",),
            "play": ("alt+p",),
            "download": ("alt+s",),
            "pipe": ("|",),
            "picture": ("alt+i",),
            "read_on": ("space",),
            "previous_found": ("ctrl+b",),
            "filter": ("ctrl+f", "f3"),
            "step_back": ("escape",),
            "next_order": ("f6",),
            "choose_order": ("f4",),
            "explain": ("ctrl+w",),
            "toggle_scope": ("f9",),
            "unfold": ("+",),
            "toggle_fold": ("*",),
            "select": ("insert", "ctrl+space"),
            "select_all": ("ctrl+a",),
            "corpora": ("alt+o",),
            "trends": ("f12",),
            "edition": ("f11",),
            "sync": ("ctrl+r",),
            "add_source": ("alt+n",),
            "refresh_corpus": ("f5",),
            "problems": ("f8",),
            "save_search": ("ctrl+s",),
            "rename_search": ("f2",),
            "search_up": ("alt+up",),
            "search_down": ("alt+down",),
            "delete_search": ("delete",),
            "next_unread": ("ctrl+n", "ctrl+right"),
            "previous_unread": ("ctrl+left",),
            "toggle_read": ("ctrl+t",),
            "mark_all_read": ("f7",),
            "star": ("ctrl+d",),
            "read_later": ("ctrl+l",),
            "hide": ("alt+h",),
            "note": ("ctrl+e",),
            "tags": ("#",),
            "undo": ("ctrl+z",),
            "redo": ("ctrl+y",),
            "messages": ("alt+l",),
            "help": ("f1",),
            "command_palette": ("ctrl+p",),
            "quit": ("ctrl+q", "ctrl+c"),
        },
        is_complete=True,
    ),
}


@cache
def keymap_of(preset: str) -> Keymap:
    """Return the keymap of a preset."""
    if preset == DEFAULT:
        return VIM
    _, differing, is_complete = PRESETS[preset]
    named = {action_id: tuple(map(parse_keys, keys)) for action_id, keys in differing.items()}
    taken = {key for keys in named.values() for key in keys}
    rest = {
        action.id: () if is_complete else tuple(key for key in action.keys if key not in taken)
        for action in ACTIONS
    }
    return Keymap(rest | named)
