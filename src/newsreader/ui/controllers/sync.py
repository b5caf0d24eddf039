"""Fresh records for the corpus on the screen, brought in by a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsreader.keymap.active import key_of
from newsreader.ui.message_router import handles
from newsreader.ui.messages import SyncEnded, SyncMoved

if TYPE_CHECKING:
    from newsreader.ui.controllers.context import ScreenContext
    from newsreader.web.sources.plan import Plan
    from newsreader.web.sync.client import Syncer


def _start(plan: Plan) -> Syncer:
    from newsreader.web.sync.client import Syncer

    return Syncer(plan)


class SyncController:
    """Starts the process, shows how far it is, and has what came in read.

    Args:
        context: Of the main screen; its settings declare the sources.
        look_for_changes: Has changed files read.

    Attributes:
        start: Starts the process for a plan.

    """

    def __init__(
        self,
        context: ScreenContext,
        look_for_changes: Callable[[], None],
    ) -> None:
        self._context = context
        self._look_for_changes = look_for_changes
        self._syncer: Syncer | None = None
        self.start: Callable[[Plan], Syncer] = _start

    @property
    def is_at_work(self) -> bool:
        """Whether records are being brought in."""
        return self._syncer is not None

    def sync(self) -> None:
        """Bring fresh records in, or say how a source is declared."""
        if self.is_at_work:
            self._context.tell(f"Fresh records are on their way; {key_of('step_back')} stops that.")
            return
        from newsreader.app.sync_plans import NoSourceError, plans_of

        try:
            (plan,) = plans_of(self._context.settings, root=self._context.library.root)
        except NoSourceError as error:
            self._context.tell(f"{error} newsreader sync shows an example.")
            return
        self._syncer = syncer = self.start(plan)
        self._context.status.progress = "fresh records: asking …"
        self._context.run_in_thread(lambda: self._follow(syncer), "sync")

    def stop(self) -> bool:
        """End it now, if it is at work; what came in is whole and stays."""
        syncer, self._syncer = self._syncer, None
        if syncer is None:
            return False
        syncer.stop()
        self._context.status.progress = ""
        return True

    def cancel(self) -> bool:
        """End it because the reader wants to; False where nothing is at work."""
        if not self.stop():
            return False
        self._context.tell("Stopped; what had come in stays.")
        self._look_for_changes()
        return True

    @handles(SyncMoved)
    def moved(self, event: SyncMoved) -> None:
        """A source got further."""
        if self.is_at_work:
            self._context.status.progress = event.words

    @handles(SyncEnded)
    def ended(self, event: SyncEnded) -> None:
        """All sources were asked, or none could be."""
        self._syncer = None
        self._context.status.progress = ""
        self._context.tell(event.words)
        if event.has_changed:
            self._look_for_changes()

    def _follow(self, syncer: Syncer) -> None:
        from newsreader.web.sync.client import SyncFailedError
        from newsreader.web.sync.report import RecordOutcome, in_short

        words = ""
        try:
            for progress in syncer.progress():
                self._context.post(SyncMoved(progress.in_words))
        except (SyncFailedError, ValueError) as error:  # a pipe that is closed while it is read
            words = str(error)
        if self._syncer is not syncer:
            return  # it was stopped
        report = syncer.report
        syncer.stop()
        has_changed = report is None or bool(
            report.count(RecordOutcome.NEW) + report.count(RecordOutcome.CHANGED)
        )
        self._context.post(SyncEnded(in_short([report]) if report else words, has_changed=has_changed))
