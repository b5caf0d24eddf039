"""The places visited, to go back and forward through them as in a browser."""

from __future__ import annotations

from typing import Generic, TypeVar

_LIMIT = 200

PlaceT = TypeVar("PlaceT")


class History(Generic[PlaceT]):
    """Visits before and after the present one, in whatever form they are remembered."""

    def __init__(self) -> None:
        self._back: list[PlaceT] = []
        self._forward: list[PlaceT] = []

    def leave(self, present: PlaceT) -> None:
        """Go somewhere new: the present visit can be come back to, what was ahead is gone."""
        self._back.append(present)
        del self._back[:-_LIMIT]
        self._forward.clear()

    def back(self, present: PlaceT) -> PlaceT | None:
        """The visit before the present one, None at the start."""
        return self._step(present, self._back, self._forward)

    def forward(self, present: PlaceT) -> PlaceT | None:
        """The visit after the present one, None at the end."""
        return self._step(present, self._forward, self._back)

    @staticmethod
    def _step(present: PlaceT, source: list[PlaceT], target: list[PlaceT]) -> PlaceT | None:
        if not source:
            return None
        target.append(present)
        return source.pop()
