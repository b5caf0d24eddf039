"""Keys that follow one another and mean something together, such as `g g`.

The first keys of a sequence are kept back until it is complete; then it goes on its way as one key, which is
bound like any other. No key that begins none is ever delayed, and what is typed into a text is left alone.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING

from textual.events import Key

from newsreader.keymap.active import keymap
from newsreader.keymap.key_names import sent_as, shown

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer

HESITATION = 0.3
"""Seconds until the possible next keys are shown."""


class KeySequences:
    """Combines keys into sequences.

    Args:
        app: The app.
        handle: Handles a key.
        show: Shows the pending keys and possible next ones; empty for none.
        notify: Shows a message.

    """

    def __init__(
        self,
        app: App[None],
        handle: Callable[[Key], Awaitable[None]],
        *,
        show: Callable[[str], None],
        notify: Callable[[str], None],
    ) -> None:
        self._app = app
        self._handle = handle
        self._show = show
        self._notify = notify
        self._first = {name for key in keymap().begins_sequences for name in sent_as(key)}
        self._begun = ""
        self._hesitation: Timer | None = None

    async def press(self, key: Key) -> None:
        """Handle a key press."""
        if self._begun:
            await self._go_on(key)
        elif key.key in self._first and not self._is_typing() and self._ways_on(key.key):
            self._wait(key.key)
        else:
            await self._handle(key)

    async def _go_on(self, key: Key) -> None:
        keys = f"{self._begun} {key.key}"
        self._drop()
        if self._is_typing():  # a click went into a text meanwhile
            await self._handle(key)
        elif key.key == "escape":
            return
        elif self._ways_on(keys):
            self._wait(keys)
        elif keys in self._app.screen.active_bindings:
            await self._handle(Key(keys, None))
        else:
            self._notify(f"{shown(keys)} does nothing.")

    def _wait(self, keys: str) -> None:
        self._begun = keys
        self._hesitation = self._app.set_timer(HESITATION, self._show_ways_on)

    def _drop(self) -> None:
        self._begun = ""
        if self._hesitation is not None:
            self._hesitation.stop()
        self._show("")

    def _show_ways_on(self) -> None:
        ways = (f"{shown(rest)} {label}" for rest, label in self._ways_on(self._begun).items())
        self._show(f"{shown(self._begun)} …  {' · '.join(ways)} · esc drops it")

    def _ways_on(self, keys: str) -> Mapping[str, str]:
        """The keys that may follow where the focus is, and what they lead to."""
        beginning = f"{keys} "
        return {
            key.removeprefix(beginning): active.binding.description.lower()
            for key, active in self._app.screen.active_bindings.items()
            if key.startswith(beginning)
        }

    def _is_typing(self) -> bool:
        """Whether letters go into a text."""
        focused = self._app.focused
        return focused is not None and focused.check_consume_key("a", "a")
