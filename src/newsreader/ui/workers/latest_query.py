"""Latest-only queries of the library, run in threads and answered by messages.

Each runs on a connection of its own. A newer query interrupts an older one; late answers are dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock

from textual.message import Message
from textual.widget import Widget

from newsreader.library import IndexFailedError, IndexUnusableError, Interrupted, Library, Reader
from newsreader.ui.messages import IndexMissing, QueryFailed

Question = Callable[[Reader], Iterable[Message]]


class LatestQuery:
    """Questions of one kind, of which only the newest matters."""

    def __init__(self, library: Library, node: Widget, name: str) -> None:
        self._library = library
        self._node = node
        self._name = name
        self._lock = Lock()
        self._reader: Reader | None = None
        self._generation = 0
        self._stale = False

    def ask(self, question: Question) -> None:
        """Run a query and post its answers, unless a newer one is started first."""
        self._generation += 1
        generation = self._generation
        if self._reader is not None:
            self._reader.interrupt()
        self._node.run_worker(
            lambda: self._answer(generation, question),
            thread=True,
            group=self._name,
            exclusive=True,
            exit_on_error=False,
        )

    def renew(self) -> None:
        """Reopen the index before the next query: its file may have been replaced."""
        self._stale = True

    def close(self) -> None:
        """Stop and close the index."""
        self._generation += 1
        if self._reader is not None:
            self._reader.interrupt()
        with self._lock:
            if self._reader is not None:
                self._reader.close()
                self._reader = None

    def _answer(self, generation: int, question: Question) -> None:
        with self._lock:
            if generation != self._generation:
                return
            try:
                for answer in question(self._open()):
                    self._tell(generation, answer)
            except Interrupted:
                return
            except IndexUnusableError:
                self._tell(generation, IndexMissing())
            except IndexFailedError as error:
                self._stale = True
                self._tell(generation, QueryFailed(str(error), damaged=error.damaged))

    def _tell(self, generation: int, answer: Message) -> None:
        if generation == self._generation:
            self._node.post_message(answer)

    def _open(self) -> Reader:
        if self._stale and self._reader is not None:
            self._reader.close()
            self._reader = None
        self._stale = False
        if self._reader is None:
            self._reader = self._library.reader()
        return self._reader
