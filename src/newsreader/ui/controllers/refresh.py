"""Syncing sources by themselves while the reader runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsreader.ui.messages import SourcesDue, SyncEnded, handles

if TYPE_CHECKING:
    from textual.timer import Timer

    from newsreader.ui.controllers.context import ScreenContext
    from newsreader.ui.controllers.sync import SyncController

AT_LEAST = 60
"""Least seconds between two looks at what is due."""

AT_MOST = 3_600
"""Most seconds between two looks; a computer may have slept meanwhile."""


class RefreshController:
    """Starts a quiet sync of the sources of the corpus that are due."""

    def __init__(self, context: ScreenContext, sync: SyncController, clock: Callable[[], int]) -> None:
        self._context = context
        self._sync = sync
        self._clock = clock
        self._timer: Timer | None = None

    def look(self) -> None:
        """Look for sources that are due, unless none refreshes by itself."""
        settings, root, now = self._sync.settings, self._context.library.root, self._clock()
        if not settings.refresh and not any(source.refresh for source in settings.sources):
            return

        def work() -> None:
            from newsreader.app.refresh_due import due_sources

            names, wait = due_sources(settings, now, root)
            if wait is not None:
                self._context.post(SourcesDue(names, wait))

        self._context.run_in_thread(work, "due")

    @handles(SourcesDue)
    def start(self, event: SourcesDue) -> None:
        """Sync what is due, and look again when more is."""
        self._look_in(event.wait)
        if event.names:
            self._sync.sync_quietly(event.names)

    @handles(SyncEnded)
    def wait(self, _: SyncEnded) -> None:
        """Look again soon after a sync: it may have brought a source that refreshes by itself."""
        self._look_in(AT_LEAST)

    def _look_in(self, seconds: int) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self._context.screen.set_timer(min(max(seconds, AT_LEAST), AT_MOST), self.look)
