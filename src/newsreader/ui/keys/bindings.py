"""The keymap in force as Textual's bindings.

Textual could remap keys itself (`App.set_keymap`), but it cannot leave an action without a key, knows no
sequences, lets keys that are exchanged delete each other, and works all of it out anew at every key. So
bindings are made from the keymap once, when a widget is made. A sequence is bound as one key of that name,
`g g`; `KeySequences` makes it of the keys that are pressed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.binding import Binding

from newsreader.keymap.actions import LEAVE, Action
from newsreader.keymap.active import keymap
from newsreader.keymap.key_names import sent_as

if TYPE_CHECKING:
    from textual.dom import DOMNode


def bind(node: DOMNode, actions: Iterable[Action]) -> None:
    """Let a widget, a screen or the program answer to the keys of actions; bindings carry their ids."""
    for action in actions:
        call = action.call or action.id
        for key in keymap().keys_of(action.id):
            # The one way out works where a dialog has all other keys, too.
            priority = action.priority or key == LEAVE
            _add(node, Binding(key, call, action.label, False, None, priority, action.help, action.id))


def lend(node: DOMNode, call: str, *actions: str, priority: bool = False) -> None:
    """Let a dialog answer in its own way to the keys that these actions have elsewhere."""
    for action_id in actions:
        for key in keymap().keys_of(action_id):
            _add(node, Binding(key, call, show=False, priority=priority))


def _add(node: DOMNode, binding: Binding) -> None:
    bound = node._bindings.key_to_bindings
    for key in sent_as(binding.key):
        bound[key] = [*bound.get(key, ()), binding]  # never in place: the lists are those of the class
