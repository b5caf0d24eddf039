"""The fetching process ends soon after the reader, whatever it is doing."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

PATIENCE = 60.0
"""Seconds after which a process that should have ended is taken for one that never will."""

_STUCK = """
import asyncio, sys, threading
from newsreader.web.fetch import process
async def work(client, request, tell):
    print("at work", flush=True)
    await asyncio.to_thread(threading.Event().wait)
process._handler = lambda kind: work
sys.exit(process.main())
"""


@pytest.mark.skipif(os.name != "posix", reason="processes have no groups there")
def test_stuck_work_does_not_keep_the_process_alive() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _STUCK],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b'{"id": 1, "do": "page"}\n')
        process.stdin.flush()
        assert process.stdout.readline() == b"at work\n"
        process.stdin.close()
        assert process.wait(PATIENCE) is not None
