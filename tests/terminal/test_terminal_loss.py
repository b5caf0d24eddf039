"""A terminal that goes away takes the reader and its helper processes along."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from tests.terminal.driver import Terminal, _descendants, _environment

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_content"
NEWSREADER = [sys.executable, "-m", "newsreader"]
READER = [*NEWSREADER, str(SAMPLE)]
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


@pytest.fixture
def silent_server() -> Iterator[socket.socket]:
    """A server that accepts connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(PATIENCE)
        yield server


@pytest.fixture
def network_home(tmp_path: Path, silent_server: socket.socket) -> Path:
    """A home whose corpus and source are on the server that never answers."""
    address = f"http://127.0.0.1:{silent_server.getsockname()[1]}"
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.md").write_text(f"---\ntitle: First\noriginalUrl: {address}/a\n---\n", encoding="utf-8")
    settings = tmp_path / ".config" / "newsreader" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        f'private_addresses = true\n[sources.ai]\ncorpus = "{corpus}"\nlisting = "{address}/"\n',
        encoding="utf-8",
    )
    return tmp_path


FETCH = ["fetch", "--corpus", "corpus", "--all"]


@pytest.mark.parametrize("command", [FETCH, ["sync"]], ids=["fetch", "sync"])
def test_a_command_that_waits_for_the_network_ends_with_its_terminal(
    command: list[str], network_home: Path, silent_server: socket.socket
) -> None:
    argv = [sys.executable, "-c", _IGNORING, *NEWSREADER, *command]
    with Terminal(argv, cwd=network_home, home=network_home) as terminal:
        connection, _ = silent_server.accept()
        with connection:
            pids = _descendants(terminal.pid)
            assert pids
            terminal.hang_up()
            _assert_ends(pids)


@pytest.mark.parametrize("command", [FETCH, ["sync"]], ids=["fetch", "sync"])
def test_a_killed_terminal_program_ends_a_command_that_waits_for_the_network(
    command: list[str], network_home: Path, silent_server: socket.socket
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _EMULATOR, *NEWSREADER, *command],
        env=_environment(network_home),
        cwd=network_home,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    ) as emulator:
        connection, _ = silent_server.accept()
        with connection:
            pids = _descendants(emulator.pid)
            assert pids
            emulator.send_signal(signal.SIGKILL)
            _assert_ends(pids)


def test_the_prompt_ends_with_its_terminal(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", _IGNORING, *NEWSREADER, "--linear", str(SAMPLE)]
    with Terminal(argv, cwd=ROOT, home=tmp_path) as terminal:
        terminal.wait_for(r"^>$")
        pids = _descendants(terminal.pid)
        assert pids
        terminal.hang_up()
        _assert_ends(pids)


def test_a_prompt_that_works_ends_with_its_terminal(network_home: Path, silent_server: socket.socket) -> None:
    argv = [sys.executable, "-c", _IGNORING, *NEWSREADER, "--linear", "corpus"]
    with Terminal(argv, cwd=network_home, home=network_home) as terminal:
        terminal.wait_for(r"^>$")
        terminal.send("t 1\r")
        connection, _ = silent_server.accept()
        with connection:
            pids = _descendants(terminal.pid)
            assert len(pids) >= 2
            terminal.hang_up()
            _assert_ends(pids)
