"""Plain text output: wrapped, encodable, and free of control characters."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from typing import TextIO
from unicodedata import combining, normalize

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_block, clean_line
from newsreader.render.ascii_glyphs import PLAIN_SIGNS
from newsreader.render.cells import steady, wrap

USUAL_WIDTH = 80
"""Cells of a line where the width of the terminal is not known."""

_NARROWEST = 20
_LONGEST = 1_000_000
"""Characters of one line before it is wrapped; a paragraph of a body may be long."""


class PromptOutputError(NewsreaderError):
    """What is said does not arrive, as on a disk that is full."""


class Output:
    """Writes plain text.

    With `plain`, only ASCII is written.
    """

    def __init__(self, stream: TextIO, *, plain: bool = False) -> None:
        self._stream = stream
        self._plain = plain
        self._encoding = stream.encoding or "ascii"

    @property
    def width(self) -> int:
        """Cells of a line."""
        # Of the terminal, or as $COLUMNS says.
        return max(_NARROWEST, shutil.get_terminal_size((USUAL_WIDTH, 24)).columns)

    def say(self, words: str = "", *, hang: int = 0) -> None:
        """Write a paragraph. It passes the text gate; its further lines are indented by `hang` cells."""
        self._write(self.wrapped(words, hang))

    def say_whole(self, words: str) -> None:
        """Write a line that is not wrapped, such as an address that is to be copied."""
        self._write([clean_line(words, _LONGEST)])

    def say_all(self, paragraphs: Iterable[str], *, hang: int = 0) -> None:
        """Write paragraphs, each on lines of its own."""
        self._write(line for words in paragraphs for line in self.wrapped(words, hang))

    def wrapped(self, words: str, hang: int = 0) -> list[str]:
        """A paragraph in lines; what it is indented by, all of its lines are."""
        body = words.lstrip(" ")
        indent = " " * min(len(words) - len(body), _NARROWEST // 2)
        text = steady(clean_block(body.replace("\n", " "), _LONGEST)).strip(" ")
        if not text:
            return [""]
        further = indent + " " * hang
        first = wrap(text, self.width - len(indent))[0][1]
        lines = [f"{indent}{text[:first]}"]
        rest = text[first:].lstrip(" ")
        return lines + [f"{further}{rest[start:end]}" for start, end in wrap(rest, self.width - len(further))]

    def spelled(self, text: str) -> str:
        """Replace signs that the stream cannot encode."""
        if text.isascii():
            return text
        if self._plain:
            text = text.translate(PLAIN_SIGNS)
        if _fits(text, self._encoding):
            return text
        return "".join(sign if _fits(sign, self._encoding) else self._replaced(sign) for sign in text)

    def _write(self, lines: Iterable[str]) -> None:
        try:
            self._stream.write("".join(f"{self.spelled(line)}\n" for line in lines))
            self._stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise PromptOutputError(f"Nothing more can be written ({error.strerror}).") from error

    def _replaced(self, sign: str) -> str:
        """A plain sign that says the same, or a letter without its accents, where that helps."""
        plain = sign.translate(PLAIN_SIGNS)
        if _fits(plain, self._encoding):
            return plain
        bare = "".join(part for part in normalize("NFKD", sign) if not combining(part))
        if _fits(bare, self._encoding) and bare.isprintable():
            return bare
        return "" if combining(sign) else "?"


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
