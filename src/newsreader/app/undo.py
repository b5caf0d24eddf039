"""Undo and redo of everything that a reader changes: marks, notes and saved searches."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import NamedTuple, Protocol

from newsreader.domain.errors import NewsreaderError


class ChangeTarget(Enum):
    """What a change is about."""

    MARKS = "marks"
    SEARCHES = "searches"


class ChangeKind(Enum):
    """Whether a change was made, undone or redone."""

    DONE = "{}; {undo} undoes it."
    UNDONE = "Undone: {}; {redo} redoes it."
    REDONE = "Redone: {}; {undo} undoes it."


class Change(NamedTuple):
    """A change that was made, undone or redone; `words` are its description without a full stop.

    `hides` if it hides records or shows them again, so that lists change.
    """

    words: str
    target: ChangeTarget
    kind: ChangeKind = ChangeKind.DONE
    hides: bool = False

    def sentence(self, *, undo: str, redo: str) -> str:
        """Describe the change and how to reverse it, by the names of the keys or commands for that."""
        return self.kind.value.format(self.words, undo=undo, redo=redo)


class UnchangedError(NewsreaderError):
    """There was nothing to change, undo or redo; the message says so."""


class StaleEditError(NewsreaderError):
    """An edit cannot be reversed, since somebody else has changed the file; earlier ones cannot be either."""


class Step(Protocol):
    """Something that can be reversed: one edit, or a store that knows its own steps."""

    def undo(self) -> Change | None:
        """Undo the step; None if there is nothing to undo."""

    def redo(self) -> Change | None:
        """Redo the step; None if there is nothing to redo."""


class UndoStack:
    """The order of all changes of a session, on top of the steps that the marks remember of earlier ones.

    Attributes:
        marks: Undoes and redoes steps of marks.

    """

    def __init__(self) -> None:
        self.marks: Step | None = None
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._is_fresh = True

    def push(self, step: Step) -> None:
        """Note a change that was made; what was undone before cannot be redone any more."""
        self._done.append(step)
        self._undone.clear()
        self._is_fresh = False

    def undo(self) -> Change:
        """Undo the last change.

        Raises:
            UnchangedError: there is none.
            NewsreaderError: it cannot be undone.

        """
        change = self._reverse(self._done, self._undone, self.marks, lambda step: step.undo())
        if change is None:
            raise UnchangedError("Nothing to undo.")
        return change._replace(kind=ChangeKind.UNDONE)

    def redo(self) -> Change:
        """Redo the change that was undone last.

        Raises:
            UnchangedError: there is none.
            NewsreaderError: it cannot be redone.

        """
        older = self.marks if self._is_fresh else None
        change = self._reverse(self._undone, self._done, older, lambda step: step.redo())
        if change is None:
            raise UnchangedError("Nothing to redo.")
        return change._replace(kind=ChangeKind.REDONE)

    def _reverse(
        self,
        source: list[Step],
        target: list[Step],
        older: Step | None,
        reverse: Callable[[Step], Change | None],
    ) -> Change | None:
        """Reverse the last step of `source`, or else of `older`, and move it to `target`."""
        for step in (*reversed(source), *([older] if older else [])):
            try:
                change = reverse(step)
            except StaleEditError:
                for steps in (self._done, self._undone):
                    steps[:] = [other for other in steps if other is self.marks]
                raise
            del source[-1:]
            if change is not None:  # another instance may have undone it already
                target.append(step)
                return change
        return None
