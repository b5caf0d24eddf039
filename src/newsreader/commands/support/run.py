"""Run a command, and handle errors of standard output."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from newsreader.commands.registry import CommandEntry
from newsreader.domain.errors import NewsreaderError

BROKEN_PIPE = 141
"""Exit status when the reader of the output exited: as after SIGPIPE (128 + 13)."""


class OutputError(NewsreaderError):
    """Standard output cannot be written."""


def run(command: CommandEntry, arguments: Sequence[str]) -> int:
    """Run a command.

    Returns:
        The exit status: 0 if something was found, 1 if nothing was found or a problem was found.

    Raises:
        NewsreaderError: the command line or the environment is invalid; the message says why.

    """
    from newsreader.commands.support.repair import run_again_after_repair

    _prepare_output()
    try:
        module = command.load()
        if not gc.isenabled():  # disabled at the start, whose objects live until the exit
            gc.freeze()
            gc.enable()
        status = run_again_after_repair(lambda: module.run(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        _write_nowhere()
        return BROKEN_PIPE
    except OSError as error:
        _write_nowhere()
        if error.filename is not None:
            raise NewsreaderError(f"{error.filename}: {error.strerror}.") from error
        raise OutputError(f"standard output: cannot be written ({error.strerror or error}).") from error
    except KeyboardInterrupt:
        _write_nowhere()  # drop the buffered output
        raise
    return status


def _prepare_output() -> None:
    """Write UTF-8 with LF line ends to a pipe or file; replace what a terminal cannot show."""
    if sys.stdout is None:  # closed by the caller
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - until the end
    if isinstance(sys.stdout, TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _write_nowhere() -> None:
    """Redirect standard output to the null device, so that the flush at exit cannot fail."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
