"""Marks of stories, notes, undo and redo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newsreader.app.marking import Marker, count_stories
from newsreader.app.undo import Change, UndoStack
from newsreader.domain.marks import Mark
from newsreader.domain.story_page import StoryPage
from newsreader.domain.tags import TagEdit
from newsreader.prompt.input import Ask
from newsreader.prompt.output import Output
from newsreader.prompt.parser import RefusedError

_NO_NOTE = "-"
"""What is typed in place of a note to remove it."""


class MarksHandler:
    """Marks stories, and undoes and redoes changes."""

    def __init__(self, marker: Marker, undo: UndoStack, output: Output, ask: Ask) -> None:
        self._marker = marker
        self._undo = undo
        self._output = output
        self._ask = ask

    def close(self) -> None:
        """Close the marks."""
        self._marker.close()

    def mark_shown(self, page: StoryPage) -> None:
        """Mark a story as read because it was printed."""
        if self._marker.marks_when_shown(page):
            self._open()
            self._marker.mark_shown(page)

    def toggle(self, mark: Mark, page: StoryPage) -> None:
        """Toggle a mark of a story."""
        self._open()
        self._report(self._marker.toggle(mark, page))

    def toggle_all(self, mark: Mark, ids: Sequence[int]) -> None:
        """Set a mark of several stories, or remove it if all have it."""
        self._open()
        self._report(self._marker.toggle_all(mark, ids))

    def mark_all_read(self, ids: Sequence[int]) -> None:
        """Mark these unread stories as read, after asking."""
        if not ids:
            raise RefusedError("Everything here is read.")
        if not self._ask(f"Mark {count_stories(len(ids))} as read?"):
            raise RefusedError("Nothing was marked.")
        self._open()
        self._report(self._marker.mark_all_read(ids))

    def note(self, page: StoryPage, text: str) -> None:
        """Set, remove or print the note on a story."""
        if text:
            self._open()
            self._report(self._marker.note(page, "" if text == _NO_NOTE else text))
        elif page.note:
            self._output.say(f"Note: {page.note}")
        else:
            raise RefusedError("This story has no note. E and a text sets one, E - removes it.")

    def tag(self, page: StoryPage, edit: TagEdit) -> None:
        """Add tags to a story and remove others from it."""
        if edit == TagEdit():
            raise RefusedError("Tags are words separated by spaces, such as # work later.")
        self._open()
        self._report(self._marker.tag(page, edit))

    def list_tags(self, tags: Mapping[str, int]) -> None:
        """Print the tags, with their numbers of records."""
        if not tags:
            raise RefusedError("No story has a tag. # and a word tags the open one.")
        self._output.say_all([f"#{tag}  {records:,}" for tag, records in tags.items()])

    def undo(self) -> None:
        """Undo the last change; also a mark of an earlier session."""
        self._report(self._undo.undo())

    def redo(self) -> None:
        """Redo the change that was undone last."""
        self._report(self._undo.redo())

    def _open(self) -> None:
        if notice := self._marker.open():
            self._output.say(notice)

    def _report(self, change: Change) -> None:
        report(change, self._output)


def report(change: Change, output: Output) -> None:
    """Print what was changed, and how it is reversed."""
    output.say(change.sentence(undo="“undo”", redo="“redo”"))
