"""The keymap in force, and how it is asked.

A process has one keyboard. So the keymap is put in force once, before the first widget is made, and whoever
binds a key or names one in words asks here, instead of every widget, desk and sentence being handed it.
"""

from __future__ import annotations

from newsreader.keymap.keymap import VIM, Keymap

_in_force = VIM


def put_in_force(keymap: Keymap) -> None:
    """From now on these are the keys."""
    global _in_force  # noqa: PLW0603 - the one place that keeps it
    _in_force = keymap


def keymap() -> Keymap:
    """The keys that are in force."""
    return _in_force


def key_of(action_id: str) -> str:
    """What a sentence calls the key of an action."""
    return _in_force.key_of(action_id)
