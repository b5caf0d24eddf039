"""The active keymap of the process.

It is set once, before the first widget is created, instead of being passed to every widget and message that
binds or names a key.
"""

from __future__ import annotations

from newsreader.keymap.keymap import VIM, Keymap

_active = VIM


def put_in_force(keymap: Keymap) -> None:
    """Set the active keymap."""
    global _active  # noqa: PLW0603 - process-wide state
    _active = keymap


def keymap() -> Keymap:
    """Return the active keymap."""
    return _active


def key_of(action_id: str) -> str:
    """Return the name of an action's key for use in a sentence."""
    return _active.key_of(action_id)
