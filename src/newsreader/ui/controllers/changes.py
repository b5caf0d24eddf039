"""Changes of marks and saved searches: made in the background, reported, undone and redone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsreader.app.undo import Change, ChangeTarget, StaleEditError, UndoStack
from newsreader.domain.errors import NewsreaderError
from newsreader.keymap.active import key_of
from newsreader.library import IndexFailedError, IndexUnusableError
from newsreader.settings.saved_searches import SearchesError
from newsreader.ui.messages import MarksChanged, Notification, SearchesChanged, WorkerMessage, handles
from newsreader.ui.workers.job_queue import JobQueue

if TYPE_CHECKING:
    from newsreader.ui.controllers.context import ScreenContext


class ChangesController:
    """Makes changes one after another, so that undo always means the last one.

    Only its background thread uses `undo`.
    """

    def __init__(self, context: ScreenContext, undo: UndoStack) -> None:
        self._context = context
        self._undo = undo
        self._queue = JobQueue(context.screen, "changes")
        self._unsaved: set[Callable[[], WorkerMessage | None]] = set()

    @property
    def has_unsaved(self) -> bool:
        """Whether a change has not been written yet."""
        return bool(self._unsaved)

    def run(self, work: Callable[[], Change | WorkerMessage | None], *, is_change: bool = True) -> None:
        """Run `work` in the background after earlier changes; report its change or failure."""

        def job() -> WorkerMessage | None:
            try:
                return _message(work)
            finally:
                self._unsaved.discard(job)

        if is_change:
            self._unsaved.add(job)
        self._queue.do(job)

    def undo(self) -> None:
        """Undo the last change."""
        self.run(self._undo.undo)

    def redo(self) -> None:
        """Redo the change that was undone last."""
        self.run(self._undo.redo)

    def stop(self) -> None:
        """Finish all changes."""
        self._queue.finish()

    @handles(MarksChanged, SearchesChanged)
    def report(self, message: MarksChanged | SearchesChanged) -> None:
        """Show what was changed, if there is anything to say."""
        if message.words:
            self._context.tell(message.words)


def _message(work: Callable[[], Change | WorkerMessage | None]) -> WorkerMessage | None:
    try:
        change = work()
    except (IndexUnusableError, IndexFailedError):
        return Notification("The index did not answer; nothing was marked.")
    except (SearchesError, StaleEditError) as error:
        return SearchesChanged(str(error))  # the file is not what the sidebar shows
    except NewsreaderError as error:
        return Notification(str(error))
    if not isinstance(change, Change):
        return change
    words = change.sentence(undo=key_of("undo"), redo=key_of("redo"))
    if change.target is ChangeTarget.MARKS:
        return MarksChanged(words, hides=change.hides)
    return SearchesChanged(words)
