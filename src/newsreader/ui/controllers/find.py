"""Finding words in the story that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.domain.sanitize import shorten
from newsreader.keymap.active import key_of
from newsreader.ui.widgets.story_view import StoryView

if TYPE_CHECKING:
    from newsreader.ui.controllers.context import ScreenContext

_SHOWN = 40
"""Characters of the words in a message."""


class FindController:
    """Searches the open story."""

    def __init__(self, context: ScreenContext, story: StoryView) -> None:
        self._context = context
        self._story = story

    @property
    def is_active(self) -> bool:
        """Whether a search is active."""
        return bool(self._story.wanted)

    def open(self) -> None:
        """Open the search, which finds while typing."""
        if self._story.page is None:
            self._context.tell("There is no story to look in.")
            return
        from newsreader.ui.dialogs.prompt import FindScreen

        def find(words: str) -> str:
            count = self._story.find(words)
            return f"{count:,} found" if count else "not in this story"

        dialog = FindScreen(self._story.wanted, "words in this story", find)
        self._context.push(dialog, self._accept)

    def go(self, direction: int) -> None:
        """Go to the next or previous match, around the ends."""
        place = self._story.go_to_hit(direction)
        if place is None:
            self._context.tell(f"“{shorten(self._story.wanted, _SHOWN)}” is not in this story.")
        else:
            number, count = place
            on, back, end = key_of("next_unread"), key_of("previous_found"), key_of("step_back")
            self._context.tell(f"{number} of {count:,} · {on} goes on, {back} back, {end} ends the search.")

    def clear(self) -> None:
        """End the search."""
        self._story.find("")

    def _accept(self, words: str | None) -> None:
        if words is None:
            self.clear()
        elif words:
            self.go(0)
