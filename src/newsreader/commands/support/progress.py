"""One line on standard error that tells how far a long run is, where somebody looks on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TextIO, TypeVar

from newsreader.commands.support.refresh import CLEAR_LINE
from newsreader.domain.setting_values import GlyphSet

Row = TypeVar("Row")

_BAR = 20
"""Cells of the bar where there is room for it."""

_SELDOM = 0.1
"""Seconds between two pictures of the line; more of them nobody could read."""


class ProgressLine:
    """How many of how many are done, as a bar, with what is being done and how many failed.

    Args:
        verb: What is done, such as "fetching".
        total: How many there are.
        out: Where to; nothing is written unless it is a terminal.
        glyphs: What is drawn with.

    """

    def __init__(self, verb: str, total: int, out: TextIO | None, glyphs: GlyphSet = GlyphSet.AUTO) -> None:
        self._verb = verb
        self._total = total
        self._out = out if out is not None and out.isatty() else None
        self._chosen = glyphs
        self._done = self._failed = 0
        self._words = ""
        self._painted_at = 0.0

    def tell(self, words: str) -> None:
        """Say what is being done."""
        self._words = words
        self._paint()

    def count(self, *, failed: bool) -> None:
        """One more is done."""
        self._done += 1
        self._failed += failed
        self._paint()

    def clear(self) -> None:
        """Take the line away until there is more to tell."""
        if self._out is not None and self._painted_at:
            self._write(CLEAR_LINE)
            self._painted_at = 0.0

    def making_way(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Rows that are about to be written; on a terminal the line goes away for each of them."""
        for row in rows:
            if sys.stdout.isatty():
                self.clear()
            yield row

    def line(self, width: int) -> str:
        """The line in at most so many cells: the numbers first, the bar only where there is room."""
        from newsreader.domain.sanitize import clean_line
        from newsreader.render.cells import fit, steady

        counted = f"{self._verb} {self._done:,} of {self._total:,}"
        failed = f", {self._failed:,} failed" if self._failed else ""
        words = f"  {steady(clean_line(self._words))}" if self._words else ""
        room = width - len(counted) - len(failed) - 2
        bar = f"  {self._bar(min(_BAR, room))}" if room >= _BAR // 2 else ""
        return fit(f"{counted}{failed}{bar}{words}", width)

    def _bar(self, width: int) -> str:
        from newsreader.render.glyphs import glyphs_for

        glyphs = glyphs_for(self._chosen, os.environ)
        full = width * min(self._done, self._total) // max(1, self._total)
        return glyphs.levels[-1] * full + glyphs.axis * (width - full)

    def _paint(self) -> None:
        if self._out is None or (self._painted_at and monotonic() - self._painted_at < _SELDOM):
            return
        from newsreader.commands.output.formats.table import terminal_width

        self._painted_at = monotonic()
        # The last cell stays free: some terminals begin a new line behind it.
        self._write(f"{CLEAR_LINE}{self.line((terminal_width(self._out) or 80) - 1)}")

    def _write(self, text: str) -> None:
        if self._out is not None:
            with suppress(OSError):
                self._out.write(text)
                self._out.flush()


@contextmanager
def progress_line(verb: str, total: int, glyphs: GlyphSet) -> Iterator[ProgressLine]:
    """A line that is gone at the end, however it comes."""
    line = ProgressLine(verb, total, sys.stderr, glyphs)
    try:
        yield line
    finally:
        line.clear()
