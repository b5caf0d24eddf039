"""Refreshing the index in the background: progress, and when to read the list again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsreader.app.index_refresh import DAMAGED, describe, is_slow
from newsreader.ui.controllers.context import ScreenContext
from newsreader.ui.messages import (
    CorpusChanged,
    FolderDescribed,
    IndexGrew,
    IndexMissing,
    MarksChanged,
    QueryFailed,
    RefreshEnded,
    handles,
)

if TYPE_CHECKING:
    from textual.timer import Timer

    from newsreader.ui.controllers.list import ListController

GROWTH = 0.5
"""Least seconds between two reads of an index that is growing."""


class IndexingController:
    """Shows the progress of a refresh, and reads list, counts and story again when it matters."""

    def __init__(
        self,
        context: ScreenContext,
        rows: ListController,
        *,
        read_again: Callable[[], None],
        clock: Callable[[], int],
    ) -> None:
        self._context = context
        self._rows = rows
        self._read_again = read_again
        self._next_look: Timer | None = None
        self._again = False
        self._rebuilding = False
        self._is_first = False
        self._clock = clock
        self._began = clock()

    def refresh(self) -> None:
        """Start a refresh that a key asked for."""
        started = self._context.client.refresh(asked=True)
        self._context.tell("Looking for changed files …" if started else "Already looking for changed files.")

    @handles(CorpusChanged)
    def corpus_changed(self, _: CorpusChanged | None = None) -> None:
        """Refresh the index because files changed, now or when the current refresh has ended."""
        self._again = not self._context.client.refresh()

    @handles(IndexMissing)
    def missing(self, _: IndexMissing) -> None:
        """Note that the corpus is being read for the first time."""
        self._is_first = True

    @handles(FolderDescribed)
    def tell_format(self, message: FolderDescribed) -> None:
        """Tell how the files of a corpus of another program are read."""
        if message.format:
            self._context.tell(message.format)

    @handles(IndexGrew)
    def grew(self, event: IndexGrew) -> None:
        """Show the progress; read the first records at once, more of them from time to time."""
        progress = event.progress
        if progress.rebuilt and not self._rebuilding:
            self._rebuilding = True
            self._context.tell(DAMAGED)
        if is_slow(progress):
            if not progress.done and not progress.is_linking:
                self._began = self._clock()
            self._context.status.progress = progress.in_words(self._clock() - self._began)
        if progress.changed and self._next_look is None:
            self._next_look = self._context.screen.set_timer(
                GROWTH if self._rows.record_id is not None else 0.01, self._look
            )

    @handles(RefreshEnded)
    def ended(self, event: RefreshEnded) -> None:
        """Report a refresh that has ended, and read what has changed."""
        self._context.status.progress = ""
        self._rebuilding = False
        if event.failure:
            self._context.tell(event.failure)
        elif event.asked:
            self._context.tell(describe(has_changed=event.changed))
        # A refresh by key also shows what another process has indexed.
        if event.changed or event.failure or event.asked or self._rows.record_id is None:
            self._look()
        if self._is_first and not event.failure:
            self._is_first = False
            self._context.client.describe_format()
        if self._again and not event.failure:
            self.corpus_changed()

    @handles(MarksChanged)
    def follow_hiding(self, message: MarksChanged) -> None:
        """Read list and counts again if records were hidden or are shown again."""
        if message.hides:
            self._look()

    @handles(QueryFailed)
    def failed(self, event: QueryFailed) -> None:
        """Report a query that failed; rebuild a damaged index."""
        if event.damaged and self._rebuilding:
            return  # a query of the discarded index
        if event.damaged:
            self._rebuilding = True
            self._context.tell(DAMAGED)
            self._context.client.rebuild()
        else:
            self._context.tell(event.words)

    def _look(self) -> None:
        if self._next_look is not None:
            self._next_look.stop()
            self._next_look = None
        self._read_again()
