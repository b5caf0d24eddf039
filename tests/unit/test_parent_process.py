"""Helper processes end with the process that started them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsreader.library.index.lock import index_lock
from newsreader.library.indexing.client import Indexer

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes have no groups there")

PATIENCE = 60.0
"""Seconds after which a process that should have ended is taken for one that never will."""

_HELPER = """
import subprocess, sys, threading
from newsreader.parent_process import exit_with_parent
exit_with_parent()
forever = [sys.executable, "-c", "import threading; threading.Event().wait()"]
child = subprocess.Popen(forever, stdin=subprocess.DEVNULL)
print(child.pid, flush=True)
threading.Event().wait({wait})
child.kill()
child.wait()
"""


def _start(stdin: int, wait: str = "") -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _HELPER.format(wait=wait)],
        stdin=stdin,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


def test_a_closed_pipe_ends_the_process_and_its_children() -> None:
    with _start(subprocess.PIPE) as helper:
        assert helper.stdin is not None
        assert helper.stdout is not None
        assert helper.stdout.readline().strip().isdigit()
        helper.stdin.close()
        assert helper.wait(PATIENCE) != 0
        assert helper.stdout.read() == b""  # which the child held open, too


def test_an_input_that_is_no_pipe_ends_nothing() -> None:
    with _start(subprocess.DEVNULL, "0.2") as helper:
        assert helper.wait(PATIENCE) == 0


def test_an_indexing_process_ends_with_its_parent(tmp_path: Path) -> None:
    index = tmp_path / "index.sqlite"
    with index_lock(index):  # so that it waits
        indexer = Indexer(tmp_path, index, 86_400)
        next(indexer.progress())
        assert indexer._process.stdin is not None
        indexer._process.stdin.close()
        assert indexer._process.wait(PATIENCE) != 0
    indexer.stop()
