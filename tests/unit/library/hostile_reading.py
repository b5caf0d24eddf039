"""What worker processes do in tests: they die, hang or fail on files whose names ask for it.

It stands apart from the tests so that a worker need not import them.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from threading import Event

from newsreader.domain.checks.problem import Defect
from newsreader.library.index.record_rows import FileRow


def read(root: Path, path: bytes) -> FileRow:
    """Do what the name says; a file that is read tells the process that read it as the line of a defect."""
    if b"exit" in path:
        os._exit(3)
    if b"crash" in path:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"fail" in path:
        raise LookupError("no such luck")
    if b"hang" in path:
        (root / f"hung-{os.getpid()}").touch()
        Event().wait()
    return FileRow(path, defects=(Defect(os.getpid(), "read"),))
