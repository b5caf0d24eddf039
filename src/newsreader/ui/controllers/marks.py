"""Marking stories: by keys, by reading them, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Event
from typing import TYPE_CHECKING

from newsreader.app.marking import Marked, Marker, stories_in_words
from newsreader.domain.mark_changes import MarkStep
from newsreader.domain.marks import Mark
from newsreader.keymap.active import key_of
from newsreader.library import IndexFailedError, IndexUnusableError
from newsreader.ui.message_router import handles
from newsreader.ui.messages import MarksChanged, PageRead, UnreadCounted
from newsreader.ui.workers.job_queue import JobQueue

if TYPE_CHECKING:
    from textual.timer import Timer

    from newsreader.domain.story_page import StoryPage
    from newsreader.library.marks.store import Marks
    from newsreader.ui.controllers.context import ScreenContext
    from newsreader.ui.controllers.story import StoryController


class MarksController:
    """Sets marks in the background, and has rows, story and counts follow.

    Args:
        context: Of the main screen.
        stories: The story in the pane.
        is_shown: Whether a story is in sight.

    """

    def __init__(
        self,
        context: ScreenContext,
        stories: StoryController,
        is_shown: Callable[[int], bool],
    ) -> None:
        self._context = context
        self._stories = stories
        self._library = context.library
        self._marker = Marker(context.library, with_coverage=context.settings.mark_coverage)
        self._is_shown = is_shown
        self._queue = JobQueue(context.screen, "marks")
        self._marks: Marks | None = None
        self._stopped = Event()
        self._resting_on: int | None = None
        self._rest: Timer | None = None

    def start(self) -> None:
        """Open the marks, and watch for those that another instance sets."""
        if self._library.marks_file is None:
            return

        def open_them() -> MarksChanged:
            # Posted in any case: marks may have changed since the rows were read.
            return MarksChanged(self._open() or (self._marks.notice if self._marks else ""))

        def follow() -> None:
            from newsreader.library.marks.watch import marks_changes

            for _ in marks_changes(lambda: self._marks, self._stopped):
                self._context.post(MarksChanged())

        self._queue.do(open_them)
        self._context.run_in_thread(follow, "watch")

    def stop(self) -> None:
        """Leave nothing running, and nothing undone."""
        self._stopped.set()
        self._queue.finish()
        if self._marks is not None:
            self._marks.close()

    def toggle(self, mark: Mark, page: StoryPage) -> None:
        """Set a mark of a story, or take it off; a lead is read and unread with all its reports."""

        def work(marks: Marks) -> MarksChanged:
            return MarksChanged(self._marker.toggle(marks, mark, page).words, is_step=True)

        self._do(work)

    def toggle_all(self, mark: Mark, ids: Sequence[int]) -> None:
        """Set a mark of several stories, or take it off where all have it."""
        self._do(lambda marks: _told(self._marker.toggle_all(marks, mark, ids)))

    @handles(MarksChanged)
    def report(self, message: MarksChanged) -> None:
        """Tell what was done, and how it is undone."""
        if message.words:
            way_back = f"; {key_of('undo')} undoes it." if message.is_step else ""
            self._context.tell(f"{message.words}{way_back}")

    @handles(UnreadCounted)
    def offer_to_mark(self, message: UnreadCounted) -> None:
        """Ask whether these unread stories shall be marked as read."""
        ids = message.ids
        if not ids:
            self._context.tell("Everything here is read.")
            return
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        words = f"Mark {stories_in_words(len(ids))} as read"
        choices = [Choice(words, f"{key_of('undo')} undoes it"), Choice("Leave them", "")]
        self._context.push(
            ChooserScreen("Mark all as read", choices),
            lambda index: self.mark_read(ids) if index == 0 else None,
        )

    def mark_read(self, ids: Sequence[int]) -> None:
        """Mark these stories as read."""
        self._do(lambda marks: _told(self._marker.read_all(marks, ids)))

    def note(self, page: StoryPage, text: str) -> None:
        """Put a note on a story; an empty one takes it off."""
        self._do(lambda marks: _told(self._marker.note(marks, page, text)))

    @handles(PageRead)
    def rest_on(self, _: PageRead | None = None) -> None:
        """Count the story in the pane as read after a while, unless the reader has gone on by then."""
        page = self._stories.page
        if page is None:
            return
        delay, record_id = self._context.settings.mark_read_after, page.record_id
        if record_id == self._resting_on:
            return  # shown anew; what was marked by hand meanwhile stays
        self._resting_on = record_id
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if record_id is None or delay is None:
            return

        def rested() -> None:
            if self._is_shown(record_id):
                self.finish(page)
            else:
                self._resting_on = None

        if delay:
            self._rest = self._context.screen.set_timer(delay, rested)
        else:
            rested()

    def finish(self, page: StoryPage) -> None:
        """A story has been read, unless the reader wants to say so by hand."""
        by_hand = self._context.settings.mark_read_after is None
        if by_hand or not self._marker.is_to_be_read(page):
            return

        def work(marks: Marks) -> MarksChanged | None:
            return MarksChanged(is_step=True) if self._marker.read(marks, page).changes else None

        self._do(work)

    def undo(self) -> None:
        """Take the last step back."""
        back = f"{key_of('redo')} does it again."
        self._walk(lambda marks: marks.undo(), ("Undone", back), "There is nothing to undo.", is_undo=True)

    def redo(self) -> None:
        """Make the step again that was taken back last."""
        back, nothing = f"{key_of('undo')} undoes it.", "There is nothing to do again."
        self._walk(lambda marks: marks.redo(), ("Done again", back), nothing, is_undo=False)

    def _walk(
        self,
        walk: Callable[[Marks], MarkStep | None],
        words: tuple[str, str],
        nothing: str,
        *,
        is_undo: bool,
    ) -> None:
        """Take a step; `words` tell what was done with it, and how it is reversed."""
        if self._library.marks_file is None:
            self._context.post(MarksChanged(nothing, undone=is_undo))
            return

        def work(marks: Marks) -> MarksChanged:
            step = walk(marks)
            if step is None:
                return MarksChanged(nothing, undone=is_undo)
            done, back = words
            return MarksChanged(f"{done}: {step.words}; {back}")

        self._do(work)

    def _open(self) -> str:
        """Open the marks if they are not open yet; gives the reason where that fails."""
        from newsreader.library.marks.schema import MarksError
        from newsreader.library.marks.store import Marks

        path = self._library.marks_file
        if path is None:
            return "Nothing can be marked here."
        if self._marks is not None:
            return ""
        try:
            self._marks = Marks(path)
        except MarksError as error:
            return str(error)
        return ""

    def _do(self, work: Callable[[Marks], MarksChanged | None]) -> None:
        from newsreader.library.marks.schema import MarksError

        def job() -> MarksChanged | None:
            words = self._open()
            if self._marks is None:
                return MarksChanged(words)
            try:
                return work(self._marks)
            except MarksError as error:
                return MarksChanged(str(error))
            except (IndexUnusableError, IndexFailedError):
                return MarksChanged("The index did not answer; nothing was marked.")

        self._queue.do(job)


def _told(marked: Marked) -> MarksChanged:
    return MarksChanged(marked.words, is_step=marked.changes > 0)
