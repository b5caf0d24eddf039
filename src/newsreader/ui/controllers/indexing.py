"""An index that grows while it is looked at: when to look again, and what to say of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsreader.library import Progress
from newsreader.ui.controllers.context import ScreenContext
from newsreader.ui.message_router import handles
from newsreader.ui.messages import CorpusChanged, IndexGrew, QueryFailed, RefreshEnded

if TYPE_CHECKING:
    from textual.timer import Timer

    from newsreader.ui.controllers.list import ListController

GROWTH = 0.5
"""Least seconds between two looks at an index that is growing."""


MANY = 200
"""Files from which on progress is shown; fewer are read before anybody could see it."""


class IndexingController:
    """Follows the indexing process, shows how far it is, and has everything read anew when it matters.

    Args:
        context: Of the main screen; its client starts the process.
        rows: The list.
        read_again: Reads list, counts and story again.
        clock: Returns the time in seconds.

    """

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
        self._clock = clock
        self._began = clock()

    def refresh(self) -> None:
        """The reader asks for changed files."""
        started = self._context.client.refresh(asked=True)
        self._context.tell("Looking for changed files …" if started else "Already looking for changed files.")

    @handles(CorpusChanged)
    def corpus_changed(self, _: CorpusChanged | None = None) -> None:
        """Files changed: read them, now or when the refresh that is under way has ended."""
        self._again = not self._context.client.refresh()

    @handles(IndexGrew)
    def grew(self, event: IndexGrew) -> None:
        """The index has more records than before; the first are shown at once, more of them now and then."""
        if event.total > event.done and event.total >= MANY:
            if not event.done:
                self._began = self._clock()
            seconds = self._clock() - self._began
            self._context.status.progress = Progress(event.done, event.total).in_words(seconds)
        if event.changed and self._next_look is None:
            self._next_look = self._context.screen.set_timer(
                GROWTH if self._rows.record_id is not None else 0.01, self._look
            )

    @handles(RefreshEnded)
    def ended(self, event: RefreshEnded) -> None:
        """The index is as new as the corpus, or the process failed."""
        self._context.status.progress = ""
        self._rebuilding = False
        if event.failure:
            self._context.tell(event.failure)
        elif event.asked:
            self._context.tell("The list is up to date." if event.changed else "No file has changed.")
        # Whoever asks may also want what another reader of this corpus has indexed.
        if event.changed or event.failure or event.asked or self._rows.record_id is None:
            self._look()
        if self._again and not event.failure:
            self.corpus_changed()

    @handles(QueryFailed)
    def failed(self, event: QueryFailed) -> None:
        """A question could not be answered; a damaged index is built again."""
        if event.damaged and self._rebuilding:
            return  # asked of the index that was thrown away
        if event.damaged:
            self._rebuilding = True
            self._context.tell("The index was damaged; it is being built again.")
            self._context.client.rebuild()
        else:
            self._context.tell(event.words)

    def _look(self) -> None:
        if self._next_look is not None:
            self._next_look.stop()
            self._next_look = None
        self._read_again()
