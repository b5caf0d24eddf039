"""Marking stories: by keys, and by reading them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from newsreader.app.marking import Marker, count_stories
from newsreader.domain.marks import Mark
from newsreader.keymap.active import key_of
from newsreader.ui.messages import MarksChanged, PageRead, UnreadCounted, handles

if TYPE_CHECKING:
    from textual.timer import Timer

    from newsreader.domain.story_page import StoryPage
    from newsreader.ui.controllers.changes import ChangesController
    from newsreader.ui.controllers.context import ScreenContext
    from newsreader.ui.controllers.story import StoryController


class MarksController:
    """Marks stories in the background."""

    def __init__(
        self,
        context: ScreenContext,
        marker: Marker,
        changes: ChangesController,
        *,
        stories: StoryController,
        is_visible: Callable[[int], bool],
    ) -> None:
        self._context = context
        self._marker = marker
        self._changes = changes
        self._stories = stories
        self._is_visible = is_visible
        self._stopped = Event()
        self._resting_on: int | None = None
        self._rest: Timer | None = None

    def start(self) -> None:
        """Open the marks, and watch for those that another instance sets."""
        if self._context.library.marks_file is None:
            return

        def open_marks() -> MarksChanged:
            # Posted in any case: marks may have changed since the rows were read.
            return MarksChanged(self._marker.open())

        def follow() -> None:
            from newsreader.library.marks.watch import marks_changes

            for _ in marks_changes(lambda: self._marker.store, self._stopped):
                self._context.post(MarksChanged())

        self._changes.run(open_marks, is_change=False)
        self._context.run_in_thread(follow, "watch")

    def stop(self) -> None:
        """Stop watching, and close the marks."""
        self._stopped.set()
        self._marker.close()

    def toggle(self, mark: Mark, page: StoryPage) -> None:
        """Toggle a mark of a story."""
        self._changes.run(partial(self._marker.toggle, mark, page))

    def toggle_all(self, mark: Mark, ids: Sequence[int]) -> None:
        """Set a mark of several stories, or remove it if all have it."""
        self._changes.run(partial(self._marker.toggle_all, mark, ids))

    def note(self, page: StoryPage, text: str) -> None:
        """Set the note on a story; an empty text removes it."""
        self._changes.run(partial(self._marker.note, page, text))

    @handles(UnreadCounted)
    def confirm_mark_all(self, message: UnreadCounted) -> None:
        """Ask whether these unread stories should be marked as read."""
        ids = message.ids
        if not ids:
            self._context.tell("Everything here is read.")
            return
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        words = f"Mark {count_stories(len(ids))} as read"
        choices = [Choice(words, f"{key_of('undo')} undoes it"), Choice("Cancel", "")]
        self._context.push(
            ChooserScreen("Mark all as read", choices),
            lambda index: self._changes.run(partial(self._marker.mark_all_read, ids)) if index == 0 else None,
        )

    @handles(PageRead)
    def start_rest(self, _: PageRead | None = None) -> None:
        """Mark the story in the pane as read after a while, unless another one is shown by then."""
        page = self._stories.page
        if page is None:
            return
        delay, record_id = self._context.settings.mark_read_after, page.record_id
        if record_id == self._resting_on:
            return  # read again; what was marked by hand meanwhile stays
        self._resting_on = record_id
        if self._rest is not None:
            self._rest.stop()
            self._rest = None
        if record_id is None or delay is None:
            return

        def finish() -> None:
            if self._is_visible(record_id):
                self.finish(page)
            else:
                self._resting_on = None

        if delay:
            self._rest = self._context.screen.set_timer(delay, finish)
        else:
            finish()

    def finish(self, page: StoryPage) -> None:
        """Mark a story as read because it was shown."""

        def mark() -> MarksChanged | None:
            return MarksChanged() if self._marker.mark_shown(page) else None

        if self._marker.marks_when_shown(page):
            self._changes.run(mark)
