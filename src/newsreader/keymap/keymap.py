"""A keymap: the keys of each action, and how words name them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from newsreader.keymap.actions import ACTIONS, BY_ID, Action
from newsreader.keymap.key_names import shown


class Keymap(NamedTuple):
    """The keys of each action, by its id. What is not in it has no key."""

    keys: Mapping[str, tuple[str, ...]]

    def keys_of(self, action_id: str) -> tuple[str, ...]:
        """All keys of an action."""
        return self.keys.get(action_id, ())

    def shown_key(self, action_id: str) -> str:
        """The first key of an action as a person reads it, empty where it has none."""
        keys = self.keys_of(action_id)
        return shown(keys[0]) if keys else ""

    def shown_keys(self, action_id: str) -> str:
        """All keys of an action as a person reads them."""
        return "  ".join(map(shown, self.keys_of(action_id)))

    def help_of(self, action: Action) -> str:
        """What the help says of an action."""
        return re.sub(r"\{(\w+)\}", lambda found: self.key_of(found[1]), action.help)

    def key_of(self, action_id: str) -> str:
        """What a sentence calls the key of an action; where it has none, its place in the palette."""
        if key := self.shown_key(action_id):
            return key
        label = BY_ID[action_id].label
        palette = self.shown_key("command_palette")
        return f"“{label[:1].upper()}{label[1:]}”" + (f" ({palette})" if palette else "")

    @property
    def begins_sequences(self) -> frozenset[str]:
        """The first keys of all sequences."""
        every = (key for keys in self.keys.values() for key in keys)
        return frozenset(first for first, gap, _ in (key.partition(" ") for key in every) if gap)


VIM = Keymap({action.id: action.keys for action in ACTIONS})
"""The keys of who has set none."""
