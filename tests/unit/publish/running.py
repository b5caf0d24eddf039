"""Running a command as a script would."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from newsreader.cli import main


class Answer(NamedTuple):
    """The exit status, and what was written to both outputs."""

    status: int
    out: str
    err: str


Run = Callable[..., Answer]


class Terminal(io.StringIO):
    """Standard output that is a terminal."""

    def isatty(self) -> bool:
        return True


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Answer:
    """Run the program in this process."""
    capsys.readouterr()
    try:
        status = main(list(arguments))
    except SystemExit as leaving:
        status = int(str(leaving.code))
    return Answer(status, *capsys.readouterr())


def run_unread(*arguments: str) -> Answer:
    """Run the program in a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "newsreader", *arguments],
            stdout=writing,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(writing)
    return Answer(done.returncode, "", done.stderr)
