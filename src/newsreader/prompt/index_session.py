"""The index behind the prompt: brought up to date while one waits, and built again where it is damaged."""

from __future__ import annotations

import time
from collections.abc import Callable

from newsreader.library import IndexFailedError, IndexUnusableError, Library, Reader
from newsreader.prompt.output import Output

EVERY = 3.0
"""Least seconds between two lines that tell how far indexing is."""


class IndexSession:
    """Reads and refreshes the index of a corpus.

    Args:
        library: The corpus.
        progress: Where it is told how far indexing is.
        clock: Counts seconds from any moment.

    Attributes:
        since: What was read after this time, in milliseconds since 1970 UTC, counts as unread in filters.

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
        """Answers about the index as it is now."""
        if self._reader is None:
            self._reader = self.library.reader()
        self._reader.marks.as_of = self.since
        return self._reader

    def refresh(self) -> bool:
        """Read the files that have changed; whether there were any.

        Raises:
            IndexingError: that failed; what was known before can still be read.

        """
        self.close()
        if not self.library.is_indexed:
            self._progress.say("The corpus is being read for the first time.")
        changed = False
        began = told = self._clock()
        indexer = self.library.refresh()
        try:
            for progress in indexer.progress():
                changed = changed or progress.changed
                now = self._clock()
                if now - told >= EVERY and progress.total > progress.done:
                    self._progress.say(progress.in_words(int(now - began)))
                    told = now
        finally:
            indexer.stop()
        return changed

    def mend(self, error: IndexFailedError | IndexUnusableError) -> bool:
        """Build the index again if that helps against an error; whether it did."""
        self.close()
        if isinstance(error, IndexFailedError) and not error.damaged:
            return False
        self._progress.say("The index was damaged; it is being built again.")
        self.library.discard_index()
        self.refresh()
        return True

    def close(self) -> None:
        """Let go of the index."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.close()
