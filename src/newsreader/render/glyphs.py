"""What bars are drawn with: block elements, or signs that every terminal has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from newsreader.domain.setting_values import GlyphSet

_WITHOUT_BLOCKS = re.compile(r"linux|vt[0-9]|ansi|cons25|dumb")
_UTF_8 = re.compile(r"utf-?8", re.IGNORECASE)


class Glyphs(NamedTuple):
    """The signs of a chart. `levels` are fillings of a cell from nothing to full."""

    levels: str
    axis: str
    pointer: str
    gap: str


BLOCKS = Glyphs(" ▁▂▃▄▅▆▇█", "─", "▲", "┄")
PLAIN = Glyphs(" .:-=+*#", "-", "^", "~")


def is_plain(chosen: GlyphSet, environ: Mapping[str, str]) -> bool:
    """Whether only signs that every terminal has are to be drawn: as chosen, or as the terminal needs it.

    The consoles of kernels have fonts without many signs, and a locale that names an encoding other than
    UTF-8 tells what the terminal takes.
    """
    if chosen is not GlyphSet.AUTO:
        return chosen is GlyphSet.ASCII
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    speaks_other = "." in locale and not _UTF_8.search(locale)
    return speaks_other or bool(_WITHOUT_BLOCKS.match(environ.get("TERM", "")))


def glyphs_for(chosen: GlyphSet, environ: Mapping[str, str]) -> Glyphs:
    """The signs to draw charts with."""
    return PLAIN if is_plain(chosen, environ) else BLOCKS


def bar(value: int, most: int, height: int, glyphs: Glyphs) -> str:
    """A bar from its top down, a sign a line. What is more than nothing is never shown as nothing."""
    steps = len(glyphs.levels) - 1
    filled = 0 if not value else max(1, round(value * height * steps / max(1, most)))
    cells = (min(steps, max(0, filled - line * steps)) for line in reversed(range(height)))
    return "".join(glyphs.levels[cell] for cell in cells)


def sparkline(values: list[int], width: int, glyphs: Glyphs) -> str:
    """Values side by side as bars of one cell; where there are more than fit, neighbours are added up."""
    count = min(width, len(values))
    if count < 1:
        return ""
    edges = [index * len(values) // count for index in range(count + 1)]
    sums = [sum(values[start:end]) for start, end in pairwise(edges)]
    most = max(sums)
    return "".join(bar(value, most, 1, glyphs) for value in sums)
