"""Which story is open, how the reader got there, and the way back."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.history import History
from newsreader.domain.story_page import StoryPage, entry_page
from newsreader.render.story_lines import Follow, Show

PositionT = TypeVar("PositionT")


class NoVisitError(NewsreaderError):
    """There is no story to go back or forward to."""


class StoryVisit(NamedTuple, Generic[PositionT]):
    """A story, and where the reader was in it."""

    page: StoryPage
    position: PositionT


Trail = tuple[StoryPage, ...]
"""The stories from which others were followed, the first one from the list."""


class StoryHistory(Generic[PositionT]):
    """The open story and the visited ones.

    A story that was only previewed is replaced by the next. One that was entered or followed is a visit:
    going back returns to it. Positions are those of the open story, as the front end has them.

    Attributes:
        page: The open story.
        trail: How the reader came to it from a story of the list.
        wanted: The record that will be opened when it has been read, None if none is under way.

    """

    def __init__(self) -> None:
        self._history = History[tuple[StoryVisit[PositionT], Trail]]()
        self._is_visit = False
        self._next: Trail = ()
        self.page: StoryPage | None = None
        self.trail: Trail = ()
        self.wanted: int | None = None

    def preview(self, record_id: int, position: PositionT) -> bool:
        """Preview a record; return whether it has to be read."""
        if self.is_at(record_id) or self.wanted == record_id:
            return False
        if self._is_visit:
            self._leave(position)
        self._is_visit = False
        self._next = ()
        self.wanted = record_id
        return True

    def is_at(self, record_id: int | None) -> bool:
        """Whether a record is open, and no other one is under way."""
        return self.wanted is None and self.page is not None and self.page.record_id == record_id

    def enter(self) -> None:
        """Make the open story a visit."""
        self._is_visit = True

    def clear(self) -> None:
        """Close the story."""
        self.page, self.wanted, self._is_visit = None, None, False
        self.trail = self._next = ()

    def show(self, page: StoryPage) -> None:
        """Note what is shown: the story that was wanted, or the open one read again."""
        self.page, self.wanted, self.trail = page, None, self._next

    def visit(self, target: int | StoryPage, position: PositionT) -> None:
        """Follow the open story to a record, which has to be read, or to a story."""
        self._leave(position)
        self._next = self.trail if self.page is None else (*self.trail, self.page)
        self._is_visit = True
        if isinstance(target, int):
            self.wanted = target
        else:
            self.show(target)

    def back(self, position: PositionT) -> StoryVisit[PositionT]:
        """Open the story visited before.

        Raises:
            NoVisitError: there is none.

        """
        here = self._here(position)
        visit = None if here is None else self._history.back(here)
        return self._opened(visit, "This is the first story visited.")

    def forward(self, position: PositionT) -> StoryVisit[PositionT]:
        """Open the story that `back` came from.

        Raises:
            NoVisitError: there is none.

        """
        here = self._here(position)
        visit = None if here is None else self._history.forward(here)
        return self._opened(visit, "This is the last story visited.")

    def shows(self, page: StoryPage) -> bool:
        """Whether a story is open; one that the corpus lacks is recognized by its record."""
        if not self.is_at(page.record_id) or self.page is None:
            return False
        return page.record_id is not None or self.page.record == page.record

    def _opened(
        self, found: tuple[StoryVisit[PositionT], Trail] | None, refusal: str
    ) -> StoryVisit[PositionT]:
        if found is None:
            raise NoVisitError(refusal)
        visit, self._next = found
        self._is_visit = True
        self.show(visit.page)
        return visit

    def _leave(self, position: PositionT) -> None:
        if (here := self._here(position)) is not None:
            self._history.leave(here)

    def _here(self, position: PositionT) -> tuple[StoryVisit[PositionT], Trail] | None:
        return None if self.page is None else (StoryVisit(self.page, position), self.trail)


def target_of(target: Follow | Show) -> int | StoryPage:
    """The record that a link of a story leads to, or a story made from an entry that the corpus lacks."""
    if isinstance(target, Show):
        return target.record_id
    record_id = target.coverage.record_id
    return entry_page(target.coverage.entry) if record_id is None else record_id
