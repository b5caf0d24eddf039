"""Running a command: where its words go, and what becomes of it when nobody reads them."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from newsreader.commands.registry import CommandEntry
from newsreader.domain.errors import NewsreaderError

NOBODY_READS = 141
"""Exit status when whoever read the output went away: that of a program that SIGPIPE ended (128 + 13)."""


class OutputError(NewsreaderError):
    """Standard output does not take what is written to it."""


def run(command: CommandEntry, arguments: Sequence[str]) -> int:
    """Run a command.

    Returns:
        The exit status: 0 where something was found, 1 where nothing was or something is wrong with it.

    Raises:
        NewsreaderError: the command line or the surroundings do not allow it; the message says why.

    """
    _prepare_output()
    try:
        module = command.load()
        if not gc.isenabled():  # the start switched it off; what it made lives until the end
            gc.freeze()
            gc.enable()
        status = module.run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _write_nowhere()
        return NOBODY_READS
    except OSError as error:
        _write_nowhere()
        if error.filename is not None:
            raise NewsreaderError(f"{error.filename}: {error.strerror}.") from error
        raise OutputError(f"standard output: cannot be written ({error.strerror or error}).") from error
    except KeyboardInterrupt:
        _write_nowhere()  # what waits in the buffer was not wanted
        raise
    return status


def _prepare_output() -> None:
    """Write UTF-8 with plain line ends to a pipe or file; to a terminal what it can show."""
    if sys.stdout is None:  # closed by the caller
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - until the end
    if isinstance(sys.stdout, TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _write_nowhere() -> None:
    """Give standard output up, so that the interpreter's last flush finds nothing to complain of."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
