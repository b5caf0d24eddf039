"""End the process when an orderly exit takes too long."""

from __future__ import annotations

import os
import select
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final

EXIT_TIMEOUT: Final = 1.0
"""Seconds that an orderly exit may take."""


def _nothing() -> None:
    return


class ExitGuard:
    """Ends the process some time after `start`, whatever it is doing then.

    Args:
        timeout: Seconds after which the process is ended.
        leave: Ends the process with a status.

    Attributes:
        restore: Gives the terminal back; called first, must not block.
        report: Writes what is to be said at the end.

    """

    def __init__(self, timeout: float = EXIT_TIMEOUT, leave: Callable[[int], object] = os._exit) -> None:
        self.restore: Callable[[], None] = _nothing
        self.report: Callable[[], None] = _nothing
        self._timeout = timeout
        self._leave = leave
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()

    def start(self, status: int = 0) -> None:
        """Begin to wait; a second call changes nothing."""
        with self._lock:
            if self._timer is None:
                self._timer = threading.Timer(self._timeout, self._end, (status,))
                self._timer.name = "exit-guard"
                self._timer.daemon = True
                self._timer.start()

    def _end(self, status: int) -> None:
        for last in (self.restore, self.report):
            with suppress(Exception):  # nothing may keep the process from ending
                last()
        self._leave(status)


def write_error(message: str) -> None:
    """Write a line to standard error, which Textual captures while it runs; drop it rather than wait."""
    stream = sys.__stderr__
    if stream is not None and select.select([], [stream], [], 0)[1]:
        stream.write(f"{message}\n")
        stream.flush()
