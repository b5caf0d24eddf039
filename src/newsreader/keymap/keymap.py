"""A keymap: the keys of each action, and their display."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from newsreader.keymap.actions import ACTIONS, BY_ID, Action
from newsreader.keymap.key_names import shown


class Keymap(NamedTuple):
    """The keys of each action by id. An action that is missing has no key.

    `own` are actions of the main screen besides those of the registry: the commands of the user.
    """

    keys: Mapping[str, tuple[str, ...]]
    own: tuple[Action, ...] = ()

    def keys_of(self, action_id: str) -> tuple[str, ...]:
        """Return all keys of an action."""
        return self.keys.get(action_id, ())

    def shown_key(self, action_id: str) -> str:
        """Format the first key of an action; empty if it has none."""
        keys = self.keys_of(action_id)
        return shown(keys[0]) if keys else ""

    def shown_keys(self, action_id: str) -> str:
        """Format all keys of an action."""
        return "  ".join(map(shown, self.keys_of(action_id)))

    def help_of(self, action: Action) -> str:
        """Return the help of an action, with the keys of others filled in."""
        return re.sub(r"\{(\w+)\}", lambda found: self.key_of(found[1]), action.help)

    def key_of(self, action_id: str) -> str:
        """Name the key of an action in a sentence, or its entry in the palette if it has none."""
        if key := self.shown_key(action_id):
            return key
        label = BY_ID[action_id].label
        palette = self.shown_key("command_palette")
        return f"“{label[:1].upper()}{label[1:]}”" + (f" ({palette})" if palette else "")

    @property
    def begins_sequences(self) -> frozenset[str]:
        """The first keys of all sequences."""
        all_keys = (key for keys in self.keys.values() for key in keys)
        return frozenset(first for first, gap, _ in (key.partition(" ") for key in all_keys) if gap)


VIM = Keymap({action.id: action.keys for action in ACTIONS})
"""The default keymap."""
