"""The end of the input of the prompt, in all its forms."""

from __future__ import annotations

import builtins
import errno
import sys
from io import StringIO

import pytest

from newsreader.prompt.input import Prompt
from newsreader.prompt.output import Output


class Unreadable(StringIO):
    """A terminal, or a pipe, that is gone."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal

    def readline(self, *_: object) -> str:  # type: ignore[override]
        raise OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize("is_terminal", [True, False])
def test_an_input_that_cannot_be_read_is_at_its_end(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool
) -> None:
    def broken(_: str) -> str:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(builtins, "input", broken)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    prompt = Prompt(Unreadable(is_terminal=is_terminal), Output(StringIO()))
    assert prompt.is_terminal is is_terminal
    assert prompt.read() is None
    assert not prompt.ask("Sure?")
