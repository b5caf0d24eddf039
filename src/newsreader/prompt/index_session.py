"""Refreshing the index and syncing at the prompt, while the reader waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from newsreader.app.index_refresh import (
    DAMAGED,
    WAITING,
    IndexRefresh,
    is_repairable,
    repair,
    repair_unreadable_marks,
)
from newsreader.library import IndexFailedError, IndexUnusableError, Library, Progress, Reader
from newsreader.prompt.output import Output
from newsreader.prompt.parser import letter_of
from newsreader.settings.model import Settings

EVERY = 3.0
"""Least seconds between two lines of progress."""


class IndexSession:
    """Reads and refreshes the index of a corpus.

    Attributes:
        since: What was read after this time counts as unread in filters; in milliseconds since 1970 UTC.

    """

    def __init__(
        self, library: Library, progress: Output, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.library = library
        self._progress = progress
        self._clock = clock
        self._reader: Reader | None = None
        self.enter_view()

    def enter_view(self) -> None:
        """Note when a view is entered: what is read from now on stays in a list of unread stories."""
        self.since = time.time_ns() // 1_000_000

    @property
    def reader(self) -> Reader:
        """The reader of the index."""
        if self._reader is None:
            self._reader = self.library.reader()
            if notice := repair_unreadable_marks(self.library, self._reader):
                self._progress.say(notice)
        self._reader.marks.as_of = self.since
        return self._reader

    def refresh(self) -> bool:
        """Read the files that have changed; return whether there were any.

        Raises:
            IndexingError: it failed; what was known before can still be read.

        """
        self.close()
        if not self.library.is_indexed:
            self._progress.say("The corpus is being read for the first time.")
        began = printed = self._clock()
        before = Progress(0, 0)
        refresh = IndexRefresh(
            self.library, f"{letter_of('refresh_corpus')} starts it again.", undo=letter_of("undo")
        )
        try:
            for progress in refresh.progress():
                now = self._clock()
                if now - printed >= EVERY and progress.total > progress.done:
                    self._progress.say(progress.in_words(int(now - began)))
                    printed = now
                if progress.rebuilt and not before.rebuilt:
                    self._progress.say(DAMAGED)
                if progress.waiting and not before.waiting:
                    self._progress.say(WAITING)
                before = progress
        finally:
            refresh.stop()
        if refresh.notice:
            self._progress.say(refresh.notice)
        return refresh.has_changed

    def mend(self, error: IndexFailedError | IndexUnusableError) -> bool:
        """Rebuild the index if that helps against an error; return whether it did."""
        self.close()
        if not is_repairable(error):
            return False
        self._progress.say(repair(self.library))
        self.refresh()
        return True

    def close(self) -> None:
        """Close the reader."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()


def sync(
    root: Path,
    settings: Settings,
    output: Output,
    names: Sequence[str] = (),
    clock: Callable[[], float] = time.monotonic,
) -> bool:
    """Sync a corpus, or its sources of these names; return whether files may have changed.

    Raises:
        NoSourceError: no source is declared for it.
        SyncFailedError: the process ended without a report.

    """
    from newsreader.app.sync_plans import STOPPED, SyncRun, plan_for

    plan = plan_for(settings, root, names)
    output.say("Asking for fresh records; ctrl-c stops that.")
    run = SyncRun(plan)
    printed = clock()
    try:
        for progress in run.progress():
            if progress.is_done or clock() - printed >= EVERY:
                output.say(f"{progress.source}, {progress.new:,} new.")
                printed = clock()
    except KeyboardInterrupt:
        output.say(STOPPED)
        return True
    finally:
        run.stop()
    result = run.result()
    output.say_all(result.details)
    output.say(result.message)
    return result.has_changed
