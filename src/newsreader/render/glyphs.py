"""Draw bars with block elements or ASCII characters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import NamedTuple

from newsreader.domain.setting_values import GlyphSet

_WITHOUT_BLOCKS = re.compile(r"linux|vt[0-9]|ansi|cons25|dumb")
_UTF_8 = re.compile(r"utf-?8", re.IGNORECASE)


class Glyphs(NamedTuple):
    """The characters of a chart. `levels` fill a cell from empty to full."""

    levels: str
    axis: str
    pointer: str
    gap: str


BLOCKS = Glyphs(" ▁▂▃▄▅▆▇█", "─", "▲", "┄")
PLAIN = Glyphs(" .:-=+*#", "-", "^", "~")


def is_plain(chosen: GlyphSet, environ: Mapping[str, str]) -> bool:
    """Check whether to draw with ASCII only, as configured or as the terminal requires.

    Fonts of kernel consoles lack many symbols; the locale may name an encoding other than UTF-8.
    """
    if chosen is not GlyphSet.AUTO:
        return chosen is GlyphSet.ASCII
    locale = environ.get("LC_ALL") or environ.get("LC_CTYPE") or environ.get("LANG") or ""
    speaks_other = "." in locale and not _UTF_8.search(locale)
    return speaks_other or bool(_WITHOUT_BLOCKS.match(environ.get("TERM", "")))


def glyphs_for(chosen: GlyphSet, environ: Mapping[str, str]) -> Glyphs:
    """Return the characters for charts."""
    return PLAIN if is_plain(chosen, environ) else BLOCKS


def bar(value: int, most: int, height: int, glyphs: Glyphs) -> str:
    """Draw a bar from top to bottom, one character per line; a positive value is never empty."""
    steps = len(glyphs.levels) - 1
    filled = 0 if not value else max(1, round(value * height * steps / max(1, most)))
    cells = (min(steps, max(0, filled - line * steps)) for line in reversed(range(height)))
    return "".join(glyphs.levels[cell] for cell in cells)


def sparkline(values: list[int], width: int, glyphs: Glyphs) -> str:
    """Draw values as one-cell bars; sum adjacent values if they do not fit."""
    count = min(width, len(values))
    if count < 1:
        return ""
    edges = [index * len(values) // count for index in range(count + 1)]
    sums = [sum(values[start:end]) for start, end in pairwise(edges)]
    most = max(sums)
    return "".join(bar(value, most, 1, glyphs) for value in sums)
