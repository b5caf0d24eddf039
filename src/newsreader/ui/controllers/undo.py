"""One way back through all that was changed: marks and saved searches, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import NamedTuple

from newsreader.ui.message_router import handles
from newsreader.ui.messages import MarksChanged


class UndoSource(Enum):
    """Where something was changed."""

    MARKS = "marks"
    SEARCHES = "searches"


class Undoer(NamedTuple):
    """How changes of one kind are taken back, and made again."""

    undo: Callable[[], None]
    redo: Callable[[], None]


class UndoController:
    """Remembers the order of changes. What was marked before the program started can be undone, too.

    Args:
        undoers: One for each source.

    """

    def __init__(self, undoers: Mapping[UndoSource, Undoer]) -> None:
        self._undoers = undoers
        self._done: list[UndoSource] = []
        self._undone: list[UndoSource] = []

    def note(self, source: UndoSource) -> None:
        """Something was changed."""
        self._done.append(source)
        self._undone.clear()

    @handles(MarksChanged)
    def follow_marks(self, message: MarksChanged) -> None:
        """Remember a change of marks, or forget one that could not be undone or redone."""
        if message.is_step:
            self.note(UndoSource.MARKS)
        if message.undone is not None:
            self.was_empty(undone=message.undone)

    def was_empty(self, *, undone: bool) -> None:
        """There was nothing to take back, or to make again, after all."""
        trail = self._undone if undone else self._done
        if trail:
            trail.pop()

    def undo(self) -> None:
        """Take the last change back."""
        source = self._done.pop() if self._done else UndoSource.MARKS
        self._undone.append(source)
        self._undoers[source].undo()

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        source = self._undone.pop() if self._undone else UndoSource.MARKS
        self._done.append(source)
        self._undoers[source].redo()
