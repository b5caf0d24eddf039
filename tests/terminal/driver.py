"""Drive a real program on a pseudo-terminal: send keys, read the screen, watch what it leaves switched on.

The program sees an xterm of a given size and a small, fixed environment.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final, NoReturn, Self

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals of this kind", allow_module_level=True)

import fcntl
import termios

from newsreader.state.welcome import note_welcome
from tests.terminal.emulator import Emulator, Modes, encode_keys, modes_after

# The launcher runs in the child: a session leader that takes the terminal and then becomes the program. It is
# a program of its own, because running code between fork and exec is unsafe while other threads exist.
_LAUNCHER: Final = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
try:
    os.execvp(sys.argv[1], sys.argv[1:])
except OSError as error:
    print(f"{sys.argv[1]}: {error.strerror}", file=sys.stderr)
    sys.exit(127)
"""

# DECRQM: is a private mode known?  DA1: what kind of terminal is this?
_QUERY: Final = re.compile(rb"\x1b\[\?([0-9]+)\$p|\x1b\[0?c")
_LONGEST_QUERY: Final = 16
_TERMINAL_KIND: Final = b"\x1b[?62;22c"  # a VT220 with colours

PATIENCE: Final = 60.0
"""Seconds after which a program is taken to hang, on the busiest machine."""


class Terminal:
    """A program running on a terminal of its own, from construction until the end of the `with` block.

    Args:
        argv: The program and its arguments.
        columns: Of the terminal.
        rows: Of the terminal.
        env: Added to the fixed environment of the program.
        cwd: Where the program runs; here, unless given.
        home: The folder for `HOME` and the XDG folders; a temporary one, unless given.
        first_run: Whether the reader is welcomed.

    """

    def __init__(
        self,
        argv: Sequence[str | Path],
        *,
        columns: int = 120,
        rows: int = 40,
        env: Mapping[str, str] | None = None,
        cwd: str | Path | None = None,
        home: str | Path | None = None,
        first_run: bool = False,
    ) -> None:
        self._emulator = Emulator(columns, rows)
        self._raw = bytearray()
        self._painted = 0
        self._ended = False
        self._arrived = threading.Condition()
        with contextlib.ExitStack() as cleanup:
            if home is None:
                made = tempfile.TemporaryDirectory(prefix="terminal-home-", ignore_cleanup_errors=True)
                home = cleanup.enter_context(made)
            if not first_run:
                note_welcome(Path(home, ".local/state/newsreader/welcomed"))
            self._master, slave = os.openpty()
            cleanup.callback(self._close_master)
            try:
                _set_size(slave, columns, rows)
                self._process = subprocess.Popen(
                    [sys.executable, "-I", "-S", "-c", _LAUNCHER, *map(str, argv)],
                    stdin=slave,
                    stdout=slave,
                    stderr=slave,
                    cwd=cwd,
                    env=_environment(Path(home)) | dict(env or {}),
                    start_new_session=True,
                )
            finally:
                os.close(slave)
            cleanup.callback(self._end_program)
            os.set_blocking(self._master, False)
            self._wake_read, self._wake_write = os.pipe()
            cleanup.callback(os.close, self._wake_read)
            cleanup.callback(os.close, self._wake_write)
            self._reader = threading.Thread(target=self._read, name="terminal-reader")
            self._reader.start()
            cleanup.callback(self._stop_reading)
            self._cleanup = cleanup.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the program, if it still runs, and give back all that was held. May be called twice."""
        self._cleanup.close()

    @property
    def pid(self) -> int:
        """The process id of the program, which is the id of its process group as well."""
        return self._process.pid

    @property
    def raw(self) -> bytes:
        """Everything that the program has written so far."""
        with self._arrived:
            return bytes(self._raw)

    def modes(self) -> Modes:
        """Return what is switched on in the terminal now."""
        return modes_after(self.raw)

    def screen(self) -> list[str]:
        """Return the lines of the screen as they are now, without the blanks at their ends."""
        with self._arrived:
            fresh = bytes(self._raw[self._painted :])
            self._painted = len(self._raw)
        self._emulator.feed(fresh)
        return self._emulator.lines()

    def cells(self) -> list[list[tuple[Any, ...]]]:
        """Return all cells of the screen as they are now; see `Emulator.cells`."""
        self.screen()
        return self._emulator.cells()

    def text(self) -> str:
        """Return the whole screen as one text."""
        return "\n".join(self.screen())

    def send(self, keys: str) -> None:
        """Press keys; see `encode_keys`. A program that does not read them for a minute fails the test."""
        self._write(encode_keys(keys))

    def wait_for(self, pattern: str, timeout: float = PATIENCE) -> str:
        """Wait until a regular expression is found on the screen, and return what it found.

        `.` stays on its line; `^` and `$` are the ends of a line.

        Raises:
            AssertionError: time was up, or the program closed the terminal without showing it.

        """
        wanted = re.compile(pattern, re.MULTILINE)
        found: list[str] = []

        def shown() -> bool:
            match = wanted.search(self.text())
            found.extend([match[0]] if match else [])
            return match is not None

        self._wait_until(shown, timeout, f"{pattern!r} did not appear")
        return found[0]

    def wait_gone(self, pattern: str, timeout: float = PATIENCE) -> None:
        """Wait until a regular expression is found nowhere on the screen.

        Raises:
            AssertionError: it was still there when time was up, or when the program closed the terminal.

        """
        unwanted = re.compile(pattern, re.MULTILINE)
        self._wait_until(
            lambda: unwanted.search(self.text()) is None, timeout, f"{pattern!r} did not go away"
        )

    def wait_for_output(self, wanted: bytes, timeout: float = PATIENCE) -> None:
        """Wait until the program has written `wanted`, whether it shows on the screen or not.

        Raises:
            AssertionError: time was up, or the program closed the terminal without writing it.

        """
        self._wait_until(lambda: wanted in self.raw, timeout, f"{wanted!r} was not written")

    def wait_for_screen(self, lines: list[str], timeout: float = PATIENCE) -> None:
        """Wait until the screen shows exactly these lines.

        Raises:
            AssertionError: time was up, or the program closed the terminal without showing them.

        """
        self._wait_until(lambda: self.screen() == lines, timeout, "The screen is another one")

    def settle(self, quiet: float = 0.15, timeout: float = PATIENCE) -> None:
        """Wait until the program has written nothing for `quiet` seconds, counted from now on.

        Raises:
            AssertionError: it was still writing when time was up.

        """
        deadline = time.monotonic() + timeout
        with self._arrived:
            while self._more_than(len(self._raw), quiet):
                if time.monotonic() > deadline:
                    self._fail(f"The program was never quiet for {quiet} s")

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal. The kernel tells the program by SIGWINCH."""
        self.screen()
        self._emulator.resize(columns, rows)
        _set_size(self._master, columns, rows)

    def interrupt(self) -> None:
        """Press ctrl+c once the program waits for input.

        Python's line editing loses the signal of a ctrl+c that arrives between its last look for signals and
        its wait for the next key; a person would press it again.
        """
        self._wait_asleep()
        self.send("<ctrl+c>")

    def _wait_asleep(self, timeout: float = PATIENCE) -> None:
        """Wait until the program is blocked in a system call."""
        deadline = time.monotonic() + timeout
        while _state_of(self._process.pid) != "S":
            if time.monotonic() > deadline:
                self._fail(f"The program was never idle within {timeout} s")

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program alone."""
        self._process.send_signal(number)

    def hang_up(self) -> None:
        """Take the terminal away, as when a connection is lost."""
        self._stop_reading()
        self._close_master()

    def wait_exit(self, timeout: float = PATIENCE) -> int:
        """Wait for the end of the program and return its exit status; that of a signal is negative.

        Raises:
            AssertionError: it was still running when time was up.

        """
        try:
            status = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            self._fail(f"The program was still running after {timeout} s")
        with self._arrived:  # the last words; a child that it left behind may hold the terminal open
            self._arrived.wait_for(lambda: self._ended, 0.5)
        return status

    def _wait_until(self, reached: Callable[[], bool], timeout: float, complaint: str) -> None:
        deadline = time.monotonic() + timeout
        while True:
            seen = len(self.raw)
            if reached():
                return
            left = deadline - time.monotonic()
            changed = left > 0 and self._more_than(seen, left)
            if not changed:
                when = "before the program closed the terminal" if self._ended else f"within {timeout} s"
                self._fail(f"{complaint} {when}")

    def _more_than(self, size: int, patience: float) -> bool:
        """Wait for output beyond `size` bytes; False when none came, or when none will come any more."""
        with self._arrived:
            self._arrived.wait_for(lambda: len(self._raw) > size or self._ended, patience)
            return len(self._raw) > size

    def _fail(self, complaint: str) -> NoReturn:
        frame = "-" * 20
        raise AssertionError(f"{complaint}. The screen:\n{frame}\n{self.text().rstrip()}\n{frame}")

    def _read(self) -> None:
        """Take in what the program writes, so that it never waits for a test, and answer its questions."""
        answered = 0
        try:
            while self._wake_read not in select.select([self._master, self._wake_read], [], [])[0]:
                output = os.read(self._master, 65_536)
                if not output:
                    return
                with self._arrived:
                    self._raw += output
                    self._arrived.notify_all()
                answered = self._answer(answered)
        except OSError:
            return  # on Linux, how the end of the output shows
        finally:
            with self._arrived:
                self._ended = True
                self._arrived.notify_all()

    def _answer(self, start: int) -> int:
        """Answer the questions in the output from `start`; return from where to look for the next one."""
        output = bytes(self._raw[start:])
        end = 0
        for query in _QUERY.finditer(output):
            end = query.end()
            not_recognised = b"\x1b[?%b;0$y" % query[1] if query[1] else b""
            with contextlib.suppress(OSError):  # it does not listen any more
                self._write(not_recognised or _TERMINAL_KIND, patience=0)
        return start + max(end, len(output) - _LONGEST_QUERY)

    def _write(self, data: bytes, patience: float = PATIENCE) -> None:
        while data:
            if not select.select([], [self._master], [], patience)[1]:
                raise TimeoutError("the program does not read what is sent to it")
            with contextlib.suppress(BlockingIOError):  # the other thread filled the buffer first
                data = data[os.write(self._master, data) :]

    def _stop_reading(self) -> None:
        os.write(self._wake_write, b"!")
        self._reader.join()

    def _close_master(self) -> None:
        if self._master >= 0:
            master, self._master = self._master, -1
            os.close(master)

    def _end_program(self) -> None:
        if self._process.poll() is None:
            left = _descendants(self._process.pid)  # some may have a session of their own
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            for pid in left:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        self._process.wait()


def _environment(home: Path) -> dict[str, str]:
    places = {"CONFIG_HOME": ".config", "CACHE_HOME": ".cache", "DATA_HOME": ".local/share"}
    places |= {"STATE_HOME": ".local/state", "RUNTIME_DIR": ".run"}
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        **{f"XDG_{name}": str(home / folder) for name, folder in places.items()},
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TEXTUAL_ANIMATIONS": "none",
    }


def _set_size(terminal: int, columns: int, rows: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def _descendants(pid: int) -> list[int]:
    """Return the children of a process, theirs and so on; none where the kernel lists none."""
    found: list[int] = []
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in map(int, children.read_text().split()):
                found += [child, *_descendants(child)]
    return found


def _state_of(pid: int) -> str:
    """The letter of a process's state; S is a wait that a signal can interrupt."""
    status = Path(f"/proc/{pid}/stat")
    if status.exists():
        return status.read_text().rpartition(")")[2].split()[0]
    listed = subprocess.run(
        ["ps", "-o", "state=", "-p", str(pid)], stdout=subprocess.PIPE, text=True, check=False
    )
    return listed.stdout.strip()[:1]
