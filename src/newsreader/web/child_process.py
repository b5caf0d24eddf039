"""Child processes that exchange lines with this one over pipes."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress

from newsreader.domain.sanitize import clean_block


class ChildProcess:
    """A running program in its own session, so that Ctrl+C at the terminal does not reach it."""

    def __init__(self, program: Sequence[str]) -> None:
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed in `close`
        try:
            self._process = subprocess.Popen(
                program,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._stderr,
                start_new_session=True,
            )
        except OSError:
            self._stderr.close()
            raise

    def write(self, line: bytes) -> None:
        """Send a line. Ignores a dead process, which shows in `lines`."""
        with suppress(OSError, ValueError):
            if self._process.stdin is not None:
                self._process.stdin.write(line)
                self._process.stdin.flush()

    def lines(self) -> Iterator[bytes]:
        """Yield the lines of its output until it ends."""
        yield from self._process.stdout or ()

    def wait(self) -> str:
        """Wait for its end; return the exit status and the last line of standard error."""
        status = self._process.wait()
        self._stderr.seek(0)
        lines = clean_block(self._stderr.read().decode("utf-8", "replace"), 10_000).splitlines()
        return f"status {status}" + (f": {lines[-1]}" if lines else "")

    def close(self) -> None:
        """Wait for its end and close its files."""
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout, self._stderr):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def kill(self) -> None:
        """Kill it and its own children now."""
        with suppress(ProcessLookupError):
            if self._process.poll() is not None:
                pass
            elif hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)  # it leads the group of its session
            else:
                self._process.kill()
