"""End a child process together with its parent."""

from __future__ import annotations

import os
import signal
import stat
import threading
from typing import Final

STANDARD_INPUT: Final = 0


def exit_with_parent(file: int = STANDARD_INPUT) -> None:
    """End this process and its children when a pipe from its parent closes, however the parent ended.

    Args:
        file: The reading end of the pipe, which must not be read elsewhere. Ignored if it is not a pipe.

    """
    if stat.S_ISFIFO(os.fstat(file).st_mode):
        threading.Thread(target=_wait, args=(file,), name="parent-watch", daemon=True).start()


def _wait(file: int) -> None:
    # Not through `sys.stdin`: a thread that holds its lock at interpreter shutdown causes a crash.
    while os.read(file, 1024):
        pass
    end_process_group()


def end_process_group() -> None:
    """Kill this process, with its children if it leads a process group."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)
