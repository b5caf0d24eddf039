"""An index that grows while it is looked at: when to look again, and what to say of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsreader.library import Progress
from newsreader.ui.messages import IndexGrew, QueryFailed, RefreshEnded
from newsreader.ui.widgets.status_line import StatusLine
from newsreader.ui.workers.library_client import LibraryClient

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.timer import Timer

GROWTH = 0.5
"""Least seconds between two looks at an index that is growing."""


MANY = 200
"""Files from which on progress is shown; fewer are read before anybody could see it."""


class IndexingController:
    """Follows the indexing process, shows how far it is, and has everything read anew when it matters.

    Args:
        screen: Runs the timer.
        loader: Starts the process.
        status: Shows the progress.
        look_again: Reads list, numbers and story anew.
        tell: Says something on the status line.
        clock: Tells the time in seconds.

    """

    def __init__(
        self,
        screen: Screen[None],
        loader: LibraryClient,
        status: StatusLine,
        *,
        look_again: Callable[[], None],
        tell: Callable[[str], None],
        clock: Callable[[], int],
    ) -> None:
        self._screen = screen
        self._loader = loader
        self._status = status
        self._look_again = look_again
        self._tell = tell
        self._next_look: Timer | None = None
        self._again = False
        self._rebuilding = False
        self._clock = clock
        self._began = clock()

    def refresh(self) -> None:
        """The reader asks for changed files."""
        started = self._loader.refresh(asked=True)
        self._tell("Looking for changed files …" if started else "Already looking for changed files.")

    def corpus_changed(self) -> None:
        """Files changed: read them, now or when the refresh that is under way has ended."""
        self._again = not self._loader.refresh()

    def grew(self, event: IndexGrew, *, something_shown: bool) -> None:
        """The index has more records than before; the first are shown at once, more of them now and then."""
        if event.total > event.done and event.total >= MANY:
            if not event.done:
                self._began = self._clock()
            seconds = self._clock() - self._began
            self._status.progress = Progress(event.done, event.total).in_words(seconds)
        if event.changed and self._next_look is None:
            self._next_look = self._screen.set_timer(GROWTH if something_shown else 0.01, self._look)

    def ended(self, event: RefreshEnded, *, something_shown: bool) -> None:
        """The index is as new as the corpus, or the process failed."""
        self._status.progress = ""
        self._rebuilding = False
        if event.failure:
            self._tell(event.failure)
        elif event.asked:
            self._tell("The list is up to date." if event.changed else "No file has changed.")
        # Whoever asks may also want what another reader of this corpus has indexed.
        if event.changed or event.failure or event.asked or not something_shown:
            self._look()
        if self._again and not event.failure:
            self.corpus_changed()

    def failed(self, event: QueryFailed) -> None:
        """A question could not be answered; a damaged index is built again."""
        if event.damaged and self._rebuilding:
            return  # asked of the index that was thrown away
        if event.damaged:
            self._rebuilding = True
            self._tell("The index was damaged; it is being built again.")
            self._loader.rebuild()
        else:
            self._tell(event.words)

    def _look(self) -> None:
        if self._next_look is not None:
            self._next_look.stop()
            self._next_look = None
        self._look_again()
