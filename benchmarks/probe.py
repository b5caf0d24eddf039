"""Run a program on a pseudo-terminal and tell when it painted what.

The clock starts just before the program does; nothing runs in between, no shell and no launcher. A
thread stamps each chunk of output at the moment it is read and answers the questions that a program asks
its terminal. What the chunks paint is worked out later, so that slow parsing moves no time.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import queue
import re
import signal
import struct
import termios
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import TracebackType
from typing import Final, NamedTuple, Self

from tests.terminal.emulator import encode_keys

from benchmarks.memory import Memory, descendants, memory_of
from benchmarks.screen import WatchedScreen

COLUMNS: Final = 120
ROWS: Final = 40

_LULL: Final = 0.02
_BURST: Final = 0.25

# DECRQM: is a private mode known?  DA1: what kind of terminal is this?
_QUERY: Final = re.compile(rb"\x1b\[\?([0-9]+)\$p|\x1b\[0?c")
_LONGEST_QUERY: Final = 16
_TERMINAL_KIND: Final = b"\x1b[?62;22c"  # a VT220 with colours
_KNOWN_MODES: Final = frozenset({b"2026", b"25", b"1000", b"1006", b"1049", b"2004"})

Seen = Callable[[WatchedScreen], bool]


class NotSeenError(Exception):
    """The screen never showed what was waited for; the message holds what it showed."""


class Reaction(NamedTuple):
    """What followed a key, in milliseconds after it was sent; None where it did not happen."""

    first: float | None
    """A cell changed."""
    reached: tuple[float | None, ...]
    """The screen showed what was waited for, one by one."""
    settled: float | None
    """The last change before the program fell silent."""


class _Chunk(NamedTuple):
    """What one `read` returned, and when; no bytes at the end of all output."""

    at: float
    output: bytes


class Session:
    """A program on a terminal of its own, from construction until the end of the `with` block.

    Args:
        argv: The program, with its whole path, and its arguments.
        env: All of its environment.

    """

    def __init__(self, argv: Sequence[str], env: Mapping[str, str]) -> None:
        self.screen = WatchedScreen(COLUMNS, ROWS)
        self._chunks: queue.SimpleQueue[_Chunk] = queue.SimpleQueue()
        self._status: int | None = None
        self._ended = False
        self._master, slave = os.openpty()
        try:
            fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            terminal = os.ttyname(slave)
            # The first terminal that the leader of a session opens becomes its own.
            actions = [
                (os.POSIX_SPAWN_OPEN, 0, terminal, os.O_RDWR, 0),
                (os.POSIX_SPAWN_DUP2, 0, 1),
                (os.POSIX_SPAWN_DUP2, 0, 2),
            ]
            self.started = time.monotonic()
            self.pid = os.posix_spawn(
                argv[0], list(argv), env, file_actions=actions, setsid=True, setsigdef=[signal.SIGPIPE]
            )
        finally:
            os.close(slave)
        self._reader = threading.Thread(target=self._read, name="terminal-reader", daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def wait(self, seen: Seen, patience: float = 60.0) -> float:
        """Wait until the screen shows something; milliseconds from the start until the chunk that did it.

        Raises:
            NotSeenError: time was up, or the program ended.

        """
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and not self._ended:
            hit = None
            for at in self._painted(_LULL, _BURST):
                if hit is None and seen(self.screen):
                    hit = at
            if hit is not None:
                return (hit - self.started) * 1000
        reason = "before the program ended" if self._ended else f"within {patience:g} s"
        raise NotSeenError(f"not seen {reason}; the screen:\n{self.screen.text()}")

    def press(self, keys: str, *seen: Seen, quiet: float = 0.05, patience: float = 3.0) -> Reaction:
        """Send keys, see `encode_keys`, and follow what the screen does until it is quiet.

        Args:
            keys: What to send.
            seen: What to wait for; any change of a cell, unless given.
            quiet: Seconds of silence that end the reaction, once all was seen.
            patience: Seconds after which it is given up.

        """
        self.take_in()
        sent = self.send(keys)
        first = settled = None
        reached: list[float | None] = [None] * len(seen)
        while not self._ended and time.monotonic() < sent + patience:
            for at in self._painted(quiet, max(_BURST, 4 * quiet)):
                after = (at - sent) * 1000
                if self.screen.has_changed():
                    settled = after
                    first = after if first is None else first
                for place, condition in enumerate(seen):
                    if reached[place] is None and condition(self.screen):
                        reached[place] = after
            if first is not None and None not in reached:
                break
        return Reaction(first, tuple(reached), settled)

    def send(self, keys: str) -> float:
        """Send keys; the moment just before, on the monotonic clock."""
        data = encode_keys(keys)
        sent = time.monotonic()
        while data:
            data = data[os.write(self._master, data) :]
        return sent

    def take_in(self) -> None:
        """Paint what has come so far: it belongs to no later key."""
        for _ in self._painted(0.0, 0.0):
            pass
        self.screen.has_changed()

    def settle(self, quiet: float = 0.2, patience: float = 10.0) -> None:
        """Wait until the program has been silent for `quiet` seconds, at most `patience` seconds."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and not self._ended:
            chunks = self._collect(quiet, _BURST)
            for chunk in chunks:
                self.screen.feed(chunk.output)
            if not chunks:
                return

    def memory(self) -> Memory:
        """What the program holds now, and held at most."""
        return memory_of(self.pid)

    def close(self, keys: str = "q", patience: float = 3.0) -> None:
        """End the program: by its own key, or by force. May be called twice."""
        if self._status is not None:
            return
        with contextlib.suppress(OSError):
            self.send(keys)
        below = descendants(self.pid)
        if not self._has_ended(patience):
            for pid in [*below, self.pid]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self._has_ended(10.0)
        self._reader.join(1.0)
        os.close(self._master)

    def _has_ended(self, patience: float) -> bool:
        deadline = time.monotonic() + patience
        while self._status is None and time.monotonic() < deadline:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = status
            else:
                time.sleep(0.005)
        return self._status is not None

    def _painted(self, quiet: float, longest: float) -> Iterator[float]:
        """Collect a burst, then paint it chunk by chunk; yield the moment of each that ended a picture."""
        for chunk in self._collect(quiet, longest):
            self.screen.feed(chunk.output)
            if not self.screen.is_updating:
                yield chunk.at

    def _collect(self, quiet: float, longest: float) -> list[_Chunk]:
        """Chunks until none has come for `quiet` seconds, or for `longest` seconds in all."""
        chunks: list[_Chunk] = []
        end = time.monotonic() + longest
        with contextlib.suppress(queue.Empty):
            while True:
                patience = min(quiet, end - time.monotonic())
                chunk = self._chunks.get(timeout=patience) if patience > 0 else self._chunks.get_nowait()
                if not chunk.output:
                    self._ended = True
                    break
                chunks.append(chunk)
        return chunks

    def _read(self) -> None:
        tail = b""
        while True:
            try:
                output = os.read(self._master, 65_536)
            except OSError:
                output = b""  # on Linux, how the end of the output shows
            self._chunks.put(_Chunk(time.monotonic(), output))
            if not output:
                return
            tail = self._answer(tail + output)

    def _answer(self, output: bytes) -> bytes:
        """Answer the questions in the output; return what may be the start of another one."""
        end = 0
        for query in _QUERY.finditer(output):
            end = query.end()
            known = 2 if query[1] in _KNOWN_MODES else 0
            with contextlib.suppress(OSError):  # it does not listen any more
                os.write(self._master, b"\x1b[?%b;%d$y" % (query[1], known) if query[1] else _TERMINAL_KIND)
        return output[max(end, len(output) - _LONGEST_QUERY) :]
