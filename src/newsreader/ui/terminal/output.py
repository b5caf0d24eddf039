"""Write to the terminal, as long as there is one."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

from newsreader.render.cell_widths import place_words, question_marks


class TerminalOutput:
    """A text file that stays quiet when writing fails.

    Args:
        file: Writes to the terminal.
        on_gone: Called once, in the thread that writes, when that has failed.

    """

    def __init__(self, file: TextIO, on_gone: Callable[[], None]) -> None:
        self._file = file
        self._on_gone = on_gone
        self._is_gone = False
        encoding = file.encoding or "ascii"
        self._encoding = None if codecs.lookup(encoding).name.startswith("utf") else encoding

    def write(self, text: str) -> int:
        """Write a text, or drop it where the terminal is gone.

        What the terminal's encoding lacks is replaced by question marks of the same width.
        """
        if not self._is_gone:
            if self._encoding is not None:
                text = question_marks(text, self._encoding)
            try:
                self._file.write(place_words(text))
            except (OSError, ValueError):
                self._give_up()
        return len(text)

    def flush(self) -> None:
        """Write what is buffered."""
        if not self._is_gone:
            try:
                self._file.flush()
            except (OSError, ValueError):
                self._give_up()

    def fileno(self) -> int:
        """Return the descriptor of the terminal."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Return whether the file is a terminal."""
        return self._file.isatty()

    def _give_up(self) -> None:
        """Let later writes go nowhere, also those of the interpreter at its end."""
        self._is_gone = True
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, self._file.fileno())
            os.close(nowhere)
        self._on_gone()
