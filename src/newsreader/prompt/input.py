"""Input of lines, from a terminal or a script."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

from newsreader.domain.mark_changes import LONGEST_NOTE
from newsreader.domain.sanitize import clean_line
from newsreader.prompt.output import Output

Ask = Callable[[str], bool]
"""Asks a question that is answered by yes or no; no answer is a no."""


PROMPT = "> "
_YES = ("y", "yes")


class Prompt:
    """Reads lines: prompts a person, and echoes a script for the log."""

    def __init__(self, source: TextIO, output: Output) -> None:
        self._source = source
        self._output = output
        self.is_terminal = source.isatty() and sys.stdout.isatty()
        if self.is_terminal:
            _edit_lines()

    def read(self, prompt: str = PROMPT) -> str | None:
        """The next line; None at the end, or when nothing can be read any more.

        Raises:
            KeyboardInterrupt: ctrl-c was pressed.

        """
        if self.is_terminal:
            try:
                return input(self._output.spelled(prompt))
            except EOFError:
                self._output.say()
                return None
            except OSError:  # the terminal is gone
                return None
            except KeyboardInterrupt:
                self._output.say()
                raise
        try:
            line = self._source.readline()
        except OSError:
            return None
        if not line:
            return None
        self._output.say(prompt + clean_line(line, LONGEST_NOTE))
        return line

    def ask(self, question: str) -> bool:
        """Ask something that is answered by yes or no; anything but yes is a no."""
        try:
            answer = self.read(f"{question} yes or no: ")
        except KeyboardInterrupt:
            if self.is_terminal:
                return False
            raise
        return answer is not None and answer.strip().lower() in _YES


def _edit_lines() -> None:
    """Let a line be edited, and earlier ones be fetched, where Python can."""
    with suppress(ImportError):
        import readline

        for setting in ("enable-bracketed-paste off", "enable-meta-key off"):  # they write escape codes
            readline.parse_and_bind(f"set {setting}")
