"""Counts before keys, such as `5 j`.

Digits that are bound to something, as those of the panes are by default, begin no count; `0` always may.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.events import Key

if TYPE_CHECKING:
    from textual.app import App

MAX_COUNT = 999
"""The largest count; a larger one is reduced to it."""

COUNTABLE = frozenset(
    (
        "cursor_down",
        "cursor_up",
        "page_down",
        "page_up",
        "half_page_down",
        "half_page_up",
        "next_unread",
        "previous_unread",
        "select",
    )
)
"""Actions that are repeated; before any other key a count is dropped."""


class KeyCounts:
    """Repeats an action as often as the digits before its key say.

    Args:
        app: The app.
        handle: Handles a key.
        show: Shows the count so far; empty for none.
        may_begin: Whether a count may begin now: not where text is typed or a dialog is open.

    """

    def __init__(
        self,
        app: App[None],
        handle: Callable[[Key], Awaitable[None]],
        *,
        show: Callable[[str], None],
        may_begin: Callable[[], bool],
    ) -> None:
        self._app = app
        self._handle = handle
        self._show = show
        self._may_begin = may_begin
        self._digits = ""

    async def press(self, key: Key) -> None:
        """Handle a key press."""
        if self._is_part(key.key):
            self._digits += key.key
            self._show(f"{self._digits} …")
            return
        digits, self._digits = self._digits, ""
        if digits:
            self._show("")
            if key.key == "escape" or await self._repeat(key.key, int(digits[-9:])):
                return
        await self._handle(key)

    def _is_part(self, key: str) -> bool:
        if len(key) != 1 or not "0" <= key <= "9" or not self._may_begin():
            return False
        return bool(self._digits) or key not in self._app.screen.active_bindings

    async def _repeat(self, key: str, count: int) -> bool:
        """Repeat the action of a key; False if it is not repeated."""
        active = self._app.screen.active_bindings.get(key)
        if active is None or active.binding.id not in COUNTABLE:
            return False
        with self._app.batch_update():
            for _ in range(min(count, MAX_COUNT)):
                await self._app.run_action(active.binding.action, active.node)
        return True
