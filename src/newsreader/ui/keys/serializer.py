"""Keys that come faster than they are handled wait for their signal.

Textual hands every key to what has the focus when the key arrives. Where several arrive at once, as on a slow
line or from a quick hand, the first may move the focus, and the others would still go to where it was: the
letters of a filter would be commands. So a key is handed on when the one before it has had its effect.
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
"""A key tells a widget, which may tell another, which moves the focus: so often the way has to be clear."""

_PATIENCE = 0.25
"""Seconds after which a key is taken for handled where the sign of it got lost with a widget."""


class NextKey(Message):
    """Follows a key on its way through the widgets; back at the app, all before it has been heard."""

    def __init__(self, number: int, lap: int) -> None:
        super().__init__()
        self.number = number
        self.lap = lap


class KeySerializer:
    """Hands keys on one after the other.

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
        """A key was pressed."""
        self._waiting.append(key)
        if not self._is_busy or self._goes_on_typing():
            await self._next()

    async def receive(self, signal: NextKey) -> None:
        """A sign is back."""
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
        """Send a sign on the way that keys take; False where there is no way."""
        target = self._app.focused or self._app.screen
        return target.post_message(NextKey(self._number, lap))
