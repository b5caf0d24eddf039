"""Back and forward navigation, as in a browser."""

from __future__ import annotations

from typing import Generic, TypeVar

_LIMIT = 200

PlaceT = TypeVar("PlaceT")


class History(Generic[PlaceT]):
    """The visits before and after the current one."""

    def __init__(self) -> None:
        self._back: list[PlaceT] = []
        self._forward: list[PlaceT] = []

    def leave(self, current: PlaceT) -> None:
        """Record the current visit before a new one; clear the forward history."""
        self._back.append(current)
        del self._back[:-_LIMIT]
        self._forward.clear()

    def back(self, current: PlaceT) -> PlaceT | None:
        """Return the previous visit, None at the start."""
        return self._step(current, self._back, self._forward)

    def forward(self, current: PlaceT) -> PlaceT | None:
        """Return the next visit, None at the end."""
        return self._step(current, self._forward, self._back)

    @staticmethod
    def _step(current: PlaceT, source: list[PlaceT], target: list[PlaceT]) -> PlaceT | None:
        if not source:
            return None
        target.append(current)
        return source.pop()
