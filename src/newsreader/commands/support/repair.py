"""Repairing damaged databases, and running the command again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

from newsreader.domain.errors import NewsreaderError
from newsreader.library import IndexFailedError, Library


class RepairedError(NewsreaderError):
    """A damaged database was repaired, so the command can be run again; the message says which."""


@contextmanager
def repairing(library: Library) -> Iterator[None]:
    """Repair what a query finds damaged.

    Raises:
        RepairedError: run the command again.

    """
    try:
        yield
    except IndexFailedError as error:
        if not error.damaged:
            raise
        from newsreader.app.index_refresh import repair

        raise RepairedError(repair(library)) from error


def run_again_after_repair(command: Callable[[], int]) -> int:
    """Run a command, once more if a database was repaired before any output; return its exit status.

    Raises:
        RepairedError: there was output already.

    """
    output = _Output(sys.stdout)
    sys.stdout = cast("TextIO", output)
    try:
        return command()
    except RepairedError as repaired:
        if output.is_written:
            message = f"{repaired} The output above is incomplete: run the command again."
            raise RepairedError(message) from repaired
        print(f"newsreader: {repaired}", file=sys.stderr)
    finally:
        sys.stdout = output.stream
    return command()


class _Output:
    """Standard output that knows whether anything was written."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.is_written = False

    def write(self, text: str) -> int:
        """Write a text."""
        self.is_written = True
        return self.stream.write(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write lines."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)
