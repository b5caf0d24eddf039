"""Marks of stories and changes of saved searches, each with a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from newsreader.app.marking import Marked, Marker, stories_in_words
from newsreader.domain.mark_changes import MarkStep
from newsreader.domain.marks import Mark
from newsreader.domain.story_page import StoryPage
from newsreader.library import Library
from newsreader.library.marks.store import Marks
from newsreader.prompt.input import Ask
from newsreader.prompt.output import Output
from newsreader.prompt.parser import RefusedError
from newsreader.settings.model import Settings
from newsreader.settings.saved_searches import Edit, SearchesError, SearchesFile

_NO_NOTE = "-"
"""What is typed in place of a note to take it off."""


class _Step(NamedTuple):
    """A change of the saved searches, and what it was in words."""

    edit: Edit
    words: str


class MarksHandler:
    """Marks stories, and takes back what was changed, the newest first.

    Args:
        library: Whose stories are marked.
        searches: Of which changes can be taken back, too.
        settings: For when a story counts as read.
        output: Where it is told what was done.
        ask: Asks before much is marked.

    """

    def __init__(
        self, library: Library, searches: SearchesFile, settings: Settings, output: Output, ask: Ask
    ) -> None:
        self._library = library
        self._searches = searches
        self._output = output
        self._ask = ask
        self._by_hand = settings.mark_read_after is None
        self._marker = Marker(library, with_coverage=settings.mark_coverage)
        self._marks: Marks | None = None
        self._done: list[_Step | None] = []  # None stands for marks, which remember their steps themselves
        self._undone: list[_Step | None] = []

    def close(self) -> None:
        """Let go of the database."""
        if self._marks is not None:
            self._marks.close()

    def read(self, page: StoryPage) -> None:
        """A story has been told: it is read, unless the reader wants to say so by hand."""
        if page.record_id is not None and not self._by_hand and self._marker.is_to_be_read(page):
            self._note(self._marker.read(self._open(), page))

    def toggle(self, mark: Mark, page: StoryPage) -> None:
        """Set a mark of a story, or take it off."""
        if page.record_id is None and not page.record.urls():
            raise RefusedError("A story without an address that is not in this corpus cannot be marked.")
        self._tell(self._marker.toggle(self._open(), mark, page))

    def toggle_all(self, mark: Mark, ids: Sequence[int]) -> None:
        """Set a mark of several stories, or take it off where all have it."""
        self._tell(self._marker.toggle_all(self._open(), mark, ids))

    def offer_to_mark(self, ids: Sequence[int]) -> None:
        """Mark these unread stories as read, after asking."""
        if not ids:
            raise RefusedError("Everything here is read.")
        if not self._ask(f"Mark {stories_in_words(len(ids))} as read?"):
            raise RefusedError("Nothing was marked.")
        self._tell(self._marker.read_all(self._open(), ids))

    def note(self, page: StoryPage, text: str) -> None:
        """Put a note on a story, take it off, or tell it."""
        if text:
            self._tell(self._marker.note(self._open(), page, "" if text == _NO_NOTE else text))
        elif page.note:
            self._output.say(f"Note: {page.note}")
        else:
            raise RefusedError("This story has no note. E and some words put one on it, E - takes it off.")

    def edited(self, make: Callable[[], Edit], words: str) -> None:
        """Change the saved searches."""
        self._done.append(_Step(make(), words))
        self._undone.clear()
        self._output.say(f"{words}; undo takes that back.")

    def undo(self) -> None:
        """Take the last change back; what was marked in an earlier session can be, too."""
        step = self._done.pop() if self._done else None
        words = self._walk_marks(Marks.undo) if step is None else self._replay(step.edit.reversed(), step)
        if words is None:
            raise RefusedError("There is nothing to undo.")
        self._undone.append(step)
        self._output.say(f"Undone: {words}; redo does it again.")

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        step = self._undone.pop() if self._undone else None
        words = self._walk_marks(Marks.redo) if step is None else self._replay(step.edit, step)
        if words is None:
            raise RefusedError("There is nothing to do again.")
        self._done.append(step)
        self._output.say(f"Done again: {words}; undo takes it back.")

    def _walk_marks(self, walk: Callable[[Marks], MarkStep | None]) -> str | None:
        step = walk(self._open())
        return None if step is None else step.words

    def _replay(self, edit: Edit, step: _Step) -> str:
        try:
            self._searches.replay(edit)
        except SearchesError:
            # Nor would what was done before fit to the file as it is now.
            self._done = [other for other in self._done if other is None]
            self._undone = [other for other in self._undone if other is None]
            raise
        return step.words

    def _tell(self, marked: Marked) -> None:
        self._note(marked)
        self._output.say(f"{marked.words}.".replace("..", "."))

    def _note(self, marked: Marked) -> None:
        if marked.changes:
            self._done.append(None)
            self._undone.clear()

    def _open(self) -> Marks:
        if self._marks is None:
            if self._library.marks_file is None:
                raise RefusedError("Nothing can be marked here.")
            self._marks = Marks(self._library.marks_file)
            if self._marks.notice:
                self._output.say(self._marks.notice)
        return self._marks
