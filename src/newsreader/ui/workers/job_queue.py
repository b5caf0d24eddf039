"""Work that changes something: done outside the event loop, one job after the other."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Lock

from textual.message import Message
from textual.widget import Widget

Job = Callable[[], Message | None]


class JobQueue:
    """Does jobs in the order in which they were given."""

    def __init__(self, node: Widget, name: str) -> None:
        self._node = node
        self._name = name
        self._jobs: deque[Job] = deque()
        self._lock = Lock()

    def do(self, job: Job) -> None:
        """Do a job when those before it are done. It must not raise."""
        self._jobs.append(job)
        self._node.run_worker(self._next, thread=True, group=self._name, exit_on_error=False)

    def finish(self) -> None:
        """Do what is left at once: the program ends, and workers that have not begun will not."""
        with self._lock:
            while self._jobs:
                self._jobs.popleft()()

    def _next(self) -> None:
        # Workers may start in any order; jobs do not, and each worker finds one that is left.
        with self._lock:
            answer = self._jobs.popleft()() if self._jobs else None
        if answer is not None:
            self._node.post_message(answer)
