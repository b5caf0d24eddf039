"""Let keys act under other keyboard layouts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.events import Key

from newsreader.keymap.layouts import key_at_same_place

if TYPE_CHECKING:
    from textual.app import App


class KeyLayouts:
    """Replaces a key of another layout by the US key at its place, except where text is typed.

    Args:
        app: The app.
        handle: Handles a key.

    """

    def __init__(self, app: App[None], handle: Callable[[Key], Awaitable[None]]) -> None:
        self._app = app
        self._handle = handle

    async def press(self, key: Key) -> None:
        """Handle a key press."""
        await self._handle(self._replaced(key))

    def _replaced(self, key: Key) -> Key:
        meant = None if key.key.isascii() else key_at_same_place(key.key)
        if meant is None or key.key in self._app.screen.active_bindings:
            return key
        name, character = meant
        focused = self._app.focused
        if character and focused is not None and focused.check_consume_key(key.key, key.character):
            return key
        return Key(name, character or None)
