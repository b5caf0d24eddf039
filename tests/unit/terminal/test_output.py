"""Writing to a terminal that may be gone."""

from __future__ import annotations

import os
import sys

import pytest

from newsreader.ui.terminal.output import TerminalOutput

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")


def test_what_is_written_arrives() -> None:
    read, write = os.pipe()
    with os.fdopen(read, encoding="utf-8") as reader, os.fdopen(write, "w", encoding="utf-8") as writer:
        gone: list[bool] = []
        output = TerminalOutput(writer, lambda: gone.append(True))
        assert output.write("text\n") == 5
        output.flush()
        assert reader.readline() == "text\n"
        assert not gone
        assert output.fileno() == write
        assert not output.isatty()


def test_an_encoding_without_a_sign_gets_question_marks() -> None:
    read, write = os.pipe()
    with (
        os.fdopen(read, "rb") as reader,
        os.fdopen(write, "w", encoding="latin-1", errors="strict") as writer,
    ):
        output = TerminalOutput(writer, lambda: None)
        output.write("naïve 新聞 €\n")
        output.flush()
        assert reader.readline() == b"na\xefve ???? ?\n"


def test_a_failure_is_reported_once_and_later_output_goes_nowhere() -> None:
    read, write = os.pipe()
    os.close(read)
    gone: list[bool] = []
    with os.fdopen(write, "w", encoding="utf-8") as writer:
        output = TerminalOutput(writer, lambda: gone.append(True))
        output.write("text\n")
        for _ in range(3):
            output.flush()
            output.write("more\n")
        assert gone == [True]
        writer.flush()  # as the interpreter does at its end
