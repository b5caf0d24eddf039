"""A terminal that goes away takes the reader and its helper processes along."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.terminal.driver import Terminal, _descendants, _environment

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_content"
READER = [sys.executable, "-m", "newsreader", str(SAMPLE)]
PATIENCE = 60.0
"""Seconds after which a process that should have ended is taken for one that never will."""
MAX_CPU = 2.0
"""Seconds of processor time for an exit; a process that spins soon has used more."""

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked up in /proc"),
]

# Leads the session, as `make` does in a window that is closed, and ignores that.
_IGNORING = """
import signal, subprocess, sys
signal.signal(signal.SIGHUP, signal.SIG_IGN)
sys.exit(subprocess.call(sys.argv[1:]))
"""

# Is a terminal by itself: passes on what the reader paints.
_EMULATOR = """
import os, pty, signal, sys
pid, master = pty.fork()
if pid == 0:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    os.execv(sys.argv[1], sys.argv[1:])
while True:
    os.write(1, os.read(master, 65536))
"""

_UNREADABLE = """
import errno, os, sys
from newsreader.ui.terminal.input_reader import InputReader
available = InputReader._available
def broken(self):
    data = available(self)
    if b"!" in data:
        raise OSError(errno.EIO, "Input/output error")
    return data
InputReader._available = broken
from newsreader.cli import main
sys.exit(main(sys.argv[1:]))
"""


def _is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _cpu_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _assert_ends(pids: Iterable[int]) -> None:
    left = {pid: _cpu_seconds(pid) for pid in pids}
    deadline = time.monotonic() + PATIENCE
    while left and time.monotonic() < deadline:
        for pid, before in tuple(left.items()):
            assert _cpu_seconds(pid) - before < MAX_CPU
            if not _is_running(pid):
                del left[pid]
        time.sleep(0.02)
    assert not left


def test_a_closed_terminal_whose_hangup_is_ignored_ends_all_processes_and_keeps_marks(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", _IGNORING, *READER]
    with Terminal(argv, cwd=ROOT, home=tmp_path) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.settle()
        terminal.send("f")
        terminal.settle()
        pids = _descendants(terminal.pid)
        assert len(pids) >= 2  # the reader and the watcher
        terminal.hang_up()
        _assert_ends(pids)
    export = subprocess.run(
        [sys.executable, "-m", "newsreader", "list", "is:starred", "--corpus", str(SAMPLE)],
        env=_environment(tmp_path),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(export.stdout.splitlines()) == 1


def test_an_input_that_cannot_be_read_ends_all_processes(tmp_path: Path) -> None:
    with Terminal([sys.executable, "-c", _UNREADABLE, str(SAMPLE)], cwd=ROOT, home=tmp_path) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.settle()
        pids = [terminal.pid, *_descendants(terminal.pid)]
        terminal.send("!")
        _assert_ends(pids)
        assert terminal.wait_exit() == 129
        assert not terminal.modes().alternate_screen


def test_a_terminal_program_that_is_killed_ends_all_processes(tmp_path: Path) -> None:
    emulator = subprocess.Popen(
        [sys.executable, "-c", _EMULATOR, *READER],
        env=_environment(tmp_path),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    with emulator:
        assert emulator.stdout is not None
        painted = b""
        while b"1 of 40" not in painted:
            output = os.read(emulator.stdout.fileno(), 65_536)
            assert output
            painted += output
        pids = _descendants(emulator.pid)
        assert pids
        emulator.send_signal(signal.SIGKILL)
        _assert_ends(pids)
