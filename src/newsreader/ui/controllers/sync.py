"""Syncing the corpus on the screen in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newsreader.keymap.active import key_of
from newsreader.ui.messages import SyncEnded, SyncMoved, handles

if TYPE_CHECKING:
    from newsreader.app.sync_plans import SyncRun
    from newsreader.ui.controllers.context import ScreenContext
    from newsreader.web.sources.plan import Plan
    from newsreader.web.sync.client import Syncer


def _start(plan: Plan) -> Syncer:
    from newsreader.web.sync.client import Syncer

    return Syncer(plan)


class SyncController:
    """Starts a sync, shows its progress, and refreshes the index at its end.

    Attributes:
        settings: Those that declare the sources.
        start: Starts the process for a plan.

    """

    def __init__(self, context: ScreenContext, refresh: Callable[[], None]) -> None:
        self._context = context
        self._refresh = refresh
        self._run: SyncRun | None = None
        self._next_source = ""
        self._is_quiet = False
        self.settings = context.settings
        self.start: Callable[[Plan], Syncer] = _start

    def sync(self) -> None:
        """Start a sync, or say how a source is declared."""
        if self._run is not None:
            self._is_quiet = False
            self._context.tell(f"Fresh records are on their way; {key_of('step_back')} stops that.")
            return
        self._sync()

    def sync_source(self, name: str) -> None:
        """Sync one source, after the sync that is running."""
        if self._run is None:
            self._sync(name)
        else:
            self._next_source = name

    def sync_quietly(self, names: Sequence[str]) -> None:
        """Sync sources without progress, and only tell of new records; do nothing while another sync runs."""
        if self._run is None:
            self._sync(*names, is_quiet=True)

    def _sync(self, *names: str, is_quiet: bool = False) -> None:
        from newsreader.app.sync_plans import NoSourceError, SyncRun, plan_for

        try:
            plan = plan_for(self.settings, self._context.library.root, names)
        except NoSourceError as error:
            self._context.tell(str(error))
            return
        self._is_quiet = is_quiet
        self._run = run = SyncRun(plan._replace(by_itself=is_quiet), self.start)
        if not is_quiet:
            self._context.status.progress = "fresh records: asking …"
        self._context.run_in_thread(lambda: self._follow(run), "sync")

    def stop(self) -> bool:
        """Stop the sync; return False if there is none."""
        run, self._run = self._run, None
        self._next_source = ""
        if run is None:
            return False
        run.stop()
        self._context.status.progress = ""
        return True

    def cancel(self) -> bool:
        """Stop the sync because the reader wants to; return False if there is none."""
        if self._is_quiet or not self.stop():
            return False
        from newsreader.app.sync_plans import STOPPED

        self._context.tell(STOPPED)
        self._refresh()
        return True

    @handles(SyncMoved)
    def show_progress(self, event: SyncMoved) -> None:
        """Show the progress of a source."""
        if self._run is not None and not self._is_quiet:
            self._context.status.progress = event.words

    @handles(SyncEnded)
    def report(self, event: SyncEnded) -> None:
        """Show the result, and refresh the index if files were written."""
        self._run = None
        if not self._is_quiet:
            self._context.status.progress = ""
        if event.new or not self._is_quiet:
            self._context.tell(event.words)
        self._is_quiet = False
        if event.has_changed:
            self._refresh()
        name, self._next_source = self._next_source, ""
        if name:
            self._sync(name)

    def _follow(self, run: SyncRun) -> None:
        from newsreader.web.sync.client import SyncFailedError

        failure = ""
        try:
            for progress in run.progress():
                self._context.post(SyncMoved(progress.in_words))
        except SyncFailedError as error:
            failure = str(error)
        if self._run is run:  # and was not stopped
            run.stop()
            result = run.result(failure)
            self._context.post(SyncEnded(result.message, has_changed=result.has_changed, new=result.new))
