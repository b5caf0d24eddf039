"""End a program that waits for the network, not for its terminal, when the terminal goes away."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Thread

GRACE = 1.0
"""Seconds for an orderly end."""

HUNG_UP = 129
"""Exit status when the terminal is gone: that of a program that SIGHUP ended."""


def end_with_terminal() -> None:
    """Watch the terminal of this process, and end the process when it is gone.

    A hangup signal does that too, but it may go to another process alone, or be ignored. A process without a
    terminal, as under `nohup`, goes on.
    """
    terminal = _terminal_among((0, 1, 2))
    if terminal is not None and hasattr(select, "poll"):
        Thread(target=watch, args=(terminal, _end), name="terminal-loss", daemon=True).start()


def watch(terminal: int, end: Callable[[], None]) -> None:
    """Wait until a terminal is gone, without a wakeup before; then call `end`."""
    poll = select.poll()
    poll.register(terminal, 0)  # a hangup is always reported
    if any(event & select.POLLHUP for _, event in poll.poll()):
        end()


def _terminal_among(descriptors: Iterable[int]) -> int | None:
    for descriptor in descriptors:
        with suppress(OSError):
            if os.isatty(descriptor):
                return descriptor
    return None


def _end() -> None:
    """Interrupt the main thread, which keeps what it has; exit if that does not end the process."""
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(GRACE)
    os._exit(HUNG_UP)
