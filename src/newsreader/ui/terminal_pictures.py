"""What the terminal can draw pictures with, as far as its surroundings tell.

The terminal is not asked. Its answer would come through the keyboard, which Textual reads by then; before
that, a question costs time at each start, a tenth of a second where nobody answers. Names are enough: a
terminal that we do not know gets half blocks, which all of them can draw.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping
from enum import StrEnum

from newsreader.layout.picture_fit import Cell

USUAL_CELL = Cell(10, 20)
"""Where the terminal does not tell. Only the proportions matter to half blocks."""

_MULTIPLEXERS = ("TMUX", "STY", "ZELLIJ")
"""Set by programs that draw the screen anew, in which pictures get lost or stay behind."""

_KITTY_TERMS = frozenset({"xterm-kitty", "xterm-ghostty"})
"""Terminals that draw pictures in the place of signs. Konsole and WezTerm know the rest of the protocol."""

_COLOURS = frozenset({"truecolor", "256"})


class Way(StrEnum):
    """A way to draw a picture in a terminal."""

    KITTY = "the graphics of Kitty"
    HALF_BLOCKS = "half blocks"


def way_of(environ: Mapping[str, str], color_system: str | None, *, is_plain: bool) -> Way | None:
    """The best way that a terminal has; None where a picture could not be told from noise.

    Args:
        environ: The surroundings of the program. `KITTY_WINDOW_ID` is not looked at: it is also set in other
            terminals that were started from Kitty.
        color_system: What colours there are, by Rich's names.
        is_plain: Whether only signs of ASCII are drawn.

    """
    if is_plain or "NO_COLOR" in environ or color_system not in _COLOURS:
        return None
    # The number of the picture travels as a colour, so that colours must arrive as they are.
    is_kitty = environ.get("TERM", "") in _KITTY_TERMS and color_system == "truecolor"
    if is_kitty and not any(environ.get(name) for name in _MULTIPLEXERS):
        return Way.KITTY
    return Way.HALF_BLOCKS


def cell_size() -> Cell:
    """How many pixels a cell has, by what the terminal driver of the system knows."""
    try:
        from fcntl import ioctl
        from termios import TIOCGWINSZ

        answer = array("H", [0, 0, 0, 0])
        ioctl(sys.__stderr__.fileno(), TIOCGWINSZ, answer)  # type: ignore[union-attr]
    except (ImportError, OSError, ValueError, AttributeError):
        return USUAL_CELL
    rows, columns, width, height = answer
    if not (rows and columns and width >= columns and height >= rows):
        return USUAL_CELL
    return Cell(width // columns, height // rows)
