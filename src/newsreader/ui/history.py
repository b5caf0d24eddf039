"""The stories visited, to go back and forward through them as in a browser."""

from __future__ import annotations

from typing import NamedTuple

from newsreader.domain.story_page import StoryPage
from newsreader.ui.widgets.story_view import Position

_LIMIT = 200


class Visit(NamedTuple):
    """A story, and where the reader was in it."""

    page: StoryPage
    position: Position = Position()


class History:
    """Visits before and after the present one."""

    def __init__(self) -> None:
        self._back: list[Visit] = []
        self._forward: list[Visit] = []

    def leave(self, present: Visit) -> None:
        """Go somewhere new: the present visit can be come back to, what was ahead is gone."""
        self._back.append(present)
        del self._back[:-_LIMIT]
        self._forward.clear()

    def back(self, present: Visit) -> Visit | None:
        """The visit before the present one, None at the start."""
        return self._step(present, self._back, self._forward)

    def forward(self, present: Visit) -> Visit | None:
        """The visit after the present one, None at the end."""
        return self._step(present, self._forward, self._back)

    @staticmethod
    def _step(present: Visit, source: list[Visit], target: list[Visit]) -> Visit | None:
        if not source:
            return None
        target.append(present)
        return source.pop()
