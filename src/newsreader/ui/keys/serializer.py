"""Handle keys one after the other.

Textual sends a key to the widget that has the focus on arrival. Of several keys at once the first may move
the focus: the letters of a filter would be commands. So each key waits for the effect of the one before.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.events import Key
from textual.message import Message
from textual.widgets import Input

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer

_LAPS = 4
"""Round trips of the signal: a widget may message another, which moves the focus."""

_PATIENCE = 0.25
"""Seconds after which a key counts as handled if its widget is gone."""


class NextKey(Message):
    """Follows a key through the widgets; back at the app, the key was handled."""

    def __init__(self, number: int, lap: int) -> None:
        super().__init__()
        self.number = number
        self.lap = lap


class KeySerializer:
    """Passes keys on one after the other.

    The app passes each `NextKey` to `receive`.
    """

    def __init__(self, app: App[None], handle: Callable[[Key], Awaitable[None]]) -> None:
        self._app = app
        self._handle = handle
        self._waiting: deque[Key] = deque()
        self._number = 0
        self._is_busy = False
        self._patience: Timer | None = None
        self._field: Input | None = None

    async def press(self, key: Key) -> None:
        """Handle a key press."""
        self._waiting.append(key)
        if not self._is_busy or self._goes_on_typing():
            await self._next()

    async def receive(self, signal: NextKey) -> None:
        """Handle a signal that returned."""
        is_current = signal.number == self._number
        if is_current and (signal.lap == _LAPS or not self._follow(signal.lap + 1)):
            await self._next()

    async def _next(self) -> None:
        if self._patience is not None:
            self._patience.stop()
        self._is_busy = bool(self._waiting)
        if self._waiting:
            key = self._waiting.popleft()
            self._field = self._field_for(key)
            self._number += 1
            self._patience = self._app.set_timer(_PATIENCE, self._next)
            await self._handle(key)
            if self._goes_on_typing() or not self._follow(1):
                await self._next()

    def _field_for(self, key: Key) -> Input | None:
        """The line of text that a key is typed into, if it is a letter and one has the focus."""
        focused = self._app.focused
        return focused if key.is_printable and isinstance(focused, Input) else None

    def _goes_on_typing(self) -> bool:
        """Whether the next key is typed behind the one before: letters in a line of text move no focus."""
        return (
            bool(self._waiting)
            and self._field is not None
            and self._field_for(self._waiting[0]) is self._field
        )

    def _follow(self, lap: int) -> bool:
        """Send a signal to the widget that handles keys; return False if it is gone."""
        target = self._app.focused or self._app.screen
        return target.post_message(NextKey(self._number, lap))
