"""A progress line on standard error."""

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
"""Width of the bar in cells."""

_INTERVAL = 0.1
"""Seconds between two updates."""


class ProgressLine:
    """A progress bar with the number of finished and failed items, and the current item.

    Args:
        verb: The activity, such as "fetching".
        total: The number of items.
        out: The output; nothing is written unless it is a terminal.
        glyphs: The characters of the bar.

    """

    def __init__(self, verb: str, total: int, out: TextIO | None, glyphs: GlyphSet = GlyphSet.AUTO) -> None:
        self._verb = verb
        self._total = total
        self._out = out if out is not None and out.isatty() else None
        self._chosen = glyphs
        self._done = self._failed = 0
        self._current = ""
        self._painted_at = 0.0

    def show(self, current: str) -> None:
        """Show the current item."""
        self._current = current
        self._paint()

    def count(self, *, failed: bool) -> None:
        """Count a finished item."""
        self._done += 1
        self._failed += failed
        self._paint()

    def clear(self) -> None:
        """Clear the line until the next update."""
        if self._out is not None and self._painted_at:
            self._write(CLEAR_LINE)
            self._painted_at = 0.0

    def cleared_for(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield rows to write; on a terminal, clear the line before each of them."""
        for row in rows:
            if sys.stdout.isatty():
                self.clear()
            yield row

    def line(self, width: int) -> str:
        """Format the line for a width in cells; the bar is left out if there is no room."""
        from newsreader.domain.sanitize import clean_line
        from newsreader.render.cells import fit, steady

        counted = f"{self._verb} {self._done:,} of {self._total:,}"
        failed = f", {self._failed:,} failed" if self._failed else ""
        words = f"  {steady(clean_line(self._current))}" if self._current else ""
        room = width - len(counted) - len(failed) - 2
        bar = f"  {self._bar(min(_BAR, room))}" if room >= _BAR // 2 else ""
        return fit(f"{counted}{failed}{bar}{words}", width)

    def _bar(self, width: int) -> str:
        from newsreader.render.glyphs import glyphs_for

        glyphs = glyphs_for(self._chosen, os.environ)
        full = width * min(self._done, self._total) // max(1, self._total)
        return glyphs.levels[-1] * full + glyphs.axis * (width - full)

    def _paint(self) -> None:
        if self._out is None or (self._painted_at and monotonic() - self._painted_at < _INTERVAL):
            return
        from newsreader.commands.output.formats.table import terminal_width

        self._painted_at = monotonic()
        # Leave the last cell free, since some terminals wrap after it.
        self._write(f"{CLEAR_LINE}{self.line((terminal_width(self._out) or 80) - 1)}")

    def _write(self, text: str) -> None:
        if self._out is not None:
            with suppress(OSError):
                self._out.write(text)
                self._out.flush()


@contextmanager
def progress_line(verb: str, total: int, glyphs: GlyphSet) -> Iterator[ProgressLine]:
    """Show a progress line, and clear it at the end."""
    line = ProgressLine(verb, total, sys.stderr, glyphs)
    try:
        yield line
    finally:
        line.clear()
