"""Refreshing the index: following the process, when to show progress, when to rebuild."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

from newsreader.domain.errors import NewsreaderError
from newsreader.library import IndexFailedError, IndexingError, IndexUnusableError, Library, Progress, Reader

MANY = 200
"""Files from which on progress is shown; fewer are read before anybody could see it."""

DAMAGED = "The index was damaged; it is being built again."
"""Front ends say so when a refresh reports `rebuilt`, or a query finds the damage."""

WAITING = "Another newsreader is indexing this corpus; waiting until it is done."
"""Front ends without a screen say so when a refresh reports `waiting`."""

_SCREEN_HINT = " R starts it again."


class IndexRefresh:
    """One refresh of an index, in a separate process that is started at once.

    Args:
        library: The corpus.
        next_step: Appended to the message of a failure, as a sentence.
        undo: The key or command that undoes what rules have done, "" if there is none.

    Attributes:
        last: The latest progress.
        has_changed: Whether the index has changed up to now.
        notice: What the rules have done in the end, or why nothing; "" without any effect.

    """

    def __init__(self, library: Library, next_step: str = "", *, undo: str = "") -> None:
        self._library = library
        self._indexer = library.refresh()
        self._next_step = next_step
        self._undo = undo
        self._lock = Lock()
        self._is_stopped = False
        self.last = Progress(0, 0)
        self.has_changed = False
        self.notice = ""

    def progress(self) -> Iterator[Progress]:
        """Yield the progress until the index is up to date, then stop the process.

        Raises:
            IndexingError: the index could not be brought up to date; what was known can still be read.

        """
        try:
            for progress in self._indexer.progress():
                self.last = progress
                self.has_changed = self.has_changed or progress.changed
                yield progress
            self._apply_rules()
        except IndexingError as error:
            reason = str(error).removesuffix(_SCREEN_HINT).rstrip(".")
            raise IndexingError(f"{reason}. {self._next_step}".rstrip()) from error
        except ValueError as error:  # what it wrote is no JSON, or its pipe was closed by `stop`
            raise IndexingError(f"The indexing process was not understood: {error}") from error
        finally:
            self.stop()

    def _apply_rules(self) -> None:
        if not self._library.rules:
            return
        from newsreader.app.rules import apply_to_new

        try:
            stories = apply_to_new(self._library)
        except (NewsreaderError, IndexUnusableError, IndexFailedError) as error:
            self.notice = f"The rules were not applied. {error}"
            return
        if stories:
            from newsreader.app.marking import count_stories

            undo = f"; {self._undo} undoes it" if self._undo else ""
            self.notice = f"The rules have changed {count_stories(stories)}{undo}."

    def stop(self) -> None:
        """Stop the process. What it has written stays. Safe from any thread, and more than once."""
        with self._lock:
            is_first, self._is_stopped = not self._is_stopped, True
        if is_first:
            self._indexer.stop()


def is_slow(progress: Progress) -> bool:
    """Return whether a refresh is slow enough to show its progress."""
    return progress.total >= MANY and progress.total > progress.done


def is_repairable(error: IndexFailedError | IndexUnusableError) -> bool:
    """Return whether building the index again helps against an error."""
    return isinstance(error, IndexUnusableError) or error.damaged


def repair(library: Library) -> str:
    """Repair what made a query fail: recover damaged marks, or else discard the index; say which."""
    notice = _repair_marks(library)
    if not notice:
        library.discard_index()
    return notice or DAMAGED


def repair_unreadable_marks(library: Library, reader: Reader) -> str:
    """Recover marks that a reader cannot attach because they are damaged; return a message, or ""."""
    return "" if reader.marks.attach() else _repair_marks(library)


def _repair_marks(library: Library) -> str:
    if library.marks_file is None:
        return ""
    from newsreader.library.marks.schema import repair_marks

    return repair_marks(library.marks_file)


def describe(*, has_changed: bool) -> str:
    """Return the message of a refresh that was asked for."""
    return "The list is up to date." if has_changed else "No file has changed."
