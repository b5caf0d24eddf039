"""Textual's driver, made safe against what terminals send and against their loss."""

from __future__ import annotations

import os
import select
import shutil
import signal
import termios
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TextIO, cast

from textual.drivers.linux_driver import LinuxDriver

from newsreader.ui.terminal.exit_guard import ExitGuard
from newsreader.ui.terminal.input_reader import InputReader
from newsreader.ui.terminal.output import TerminalOutput
from newsreader.ui.terminal.reports import clamp_size

if TYPE_CHECKING:
    from textual.app import App

GONE: Final = 129
"""Exit status when the terminal is gone: that of a program that SIGHUP ended."""

_RESET: Final = (
    "\x1b[?2048l\x1b[?1016l\x1b[?1015l\x1b[?1006l\x1b[?1003l\x1b[?1000l\x1b[?1004l\x1b[?2004l\x1b[?7h"
    "\x1b[<u\x1b[0m\x1b[?1049l\x1b[?25h"
)
"""Switches off all that may be on, in one piece."""


class TerminalDriver(LinuxDriver):
    """Reads and writes a terminal on POSIX systems."""

    guard = ExitGuard()
    """Ends the process when the terminal is gone and the app does not end by itself."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size or self._get_terminal_size())
        self._output = TerminalOutput(cast("TextIO", self._file), self._lose_terminal)
        self._file = self._output  # type: ignore[assignment]
        self._input: InputReader | None = None
        self._is_active = False
        self._is_gone = False
        self.guard.restore = self.restore

    def write(self, data: str) -> None:
        """Write, unless the writer thread has ended."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            super().write(data)

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        self._is_active = True
        self._input = InputReader(self.fileno, self.process_message, self._lose_terminal, debug=self._debug)
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def run_input_thread(self) -> None:
        """Read until the input is disabled."""
        reader = self._input
        if reader is not None:
            reader.run()

    def _run_input_thread(self) -> None:
        self.run_input_thread()  # what it raises is reported like a failure of any other thread

    def disable_input(self) -> None:
        """Read no more, and drop what was not read."""
        reader, self._input = self._input, None
        if reader is None:
            return
        with suppress(ValueError):  # not the main thread
            signal.signal(signal.SIGWINCH, signal.SIG_DFL)
        self._disable_mouse_support()
        reader.stop()
        if self._key_thread is not None:
            self._key_thread.join()
        self._drop_input()

    def stop_application_mode(self) -> None:
        """Give the terminal back, with nothing left to read that was meant for this program."""
        self.disable_input()
        self.write(_RESET)
        self.close()
        self._drop_input()
        if self.attrs_before is not None:
            with suppress(termios.error):
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)
        self._is_active = False

    def close(self) -> None:
        """Wait until all is written, and write no more."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            self._writer_thread.stop()

    def restore(self) -> None:
        """Give the terminal back at once, whatever state threads and queues are in."""
        if not self._is_active:
            return
        with suppress(OSError, ValueError):
            output = self._output.fileno()
            if select.select([], [output], [], 0)[1]:
                os.write(output, _RESET.encode())
        self._drop_input()
        with suppress(termios.error):
            if self.attrs_before is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self.attrs_before)

    def _drop_input(self) -> None:
        with suppress(termios.error):
            termios.tcflush(self.fileno, termios.TCIFLUSH)

    def _get_terminal_size(self) -> tuple[int, int]:
        return clamp_size(*shutil.get_terminal_size())

    def _lose_terminal(self) -> None:
        """End the program: nobody can see or use it any more. Called in any thread."""
        if not self._is_gone:
            self._is_gone = True
            self.guard.start(GONE)
            with suppress(RuntimeError):  # the loop is over
                self._loop.call_soon_threadsafe(self._app.call_later, self._app.exit, None, GONE)
