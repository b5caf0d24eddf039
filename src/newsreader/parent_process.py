"""End a helper process together with the process that started it."""

from __future__ import annotations

import os
import signal
import stat
import threading
from typing import Final

STANDARD_INPUT: Final = 0


def exit_with_parent(file: int = STANDARD_INPUT) -> None:
    """End this process and those it has started when a pipe from its parent closes, however the parent ended.

    Args:
        file: The reading end; nothing must ever be written to it from now on. Not a pipe: nothing happens.

    """
    if stat.S_ISFIFO(os.fstat(file).st_mode):
        threading.Thread(target=_wait, args=(file,), name="parent-watch", daemon=True).start()


def _wait(file: int) -> None:
    # Not through `sys.stdin`: a thread that holds its lock when the interpreter ends brings it down.
    while os.read(file, 1024):
        pass
    end_process_group()


def end_process_group() -> None:
    """End this process at once, with its children where it leads a group of its own."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(0)
