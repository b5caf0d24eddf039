"""Detection of the protocol for pictures, by environment variables.

The terminal is not asked. Its answer would come through the keyboard, which Textual reads by then; before
that, a question costs time at each start, a tenth of a second where nobody answers. Names are enough: a
terminal that we do not know gets half blocks, which all of them can draw.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping
from enum import StrEnum

from newsreader.render.picture_fit import Cell

USUAL_CELL = Cell(10, 20)
"""The size where the terminal reports none. Only the proportions matter to half blocks."""

_MULTIPLEXERS = ("TMUX", "STY", "ZELLIJ")
"""Set by programs that redraw the screen, in which pictures get lost or stay behind."""

_KITTY_TERMS = frozenset({"xterm-kitty", "xterm-ghostty"})
"""Terminals that draw pictures in the place of signs. Konsole and WezTerm know the rest of the protocol."""

_SIXEL_TERMS = ("foot", "mlterm", "contour")
"""How the names of terminals begin that draw Sixel by default."""

_SIXEL_PROGRAMS = frozenset({"WezTerm", "contour"})
"""The same of names that they give to `TERM_PROGRAM`."""

_COLOURS = frozenset({"truecolor", "256"})


class PictureProtocol(StrEnum):
    """A protocol to draw a picture in a terminal."""

    KITTY = "the graphics of Kitty"
    SIXEL = "Sixel"
    HALF_BLOCKS = "half blocks"


def best_protocol(
    environ: Mapping[str, str], color_system: str | None, *, is_plain: bool, knows_cells: bool
) -> PictureProtocol | None:
    """The best protocol that a terminal has; None where a picture would not be recognizable.

    Args:
        environ: The surroundings of the program. `KITTY_WINDOW_ID` is not looked at: it is also set in other
            terminals that were started from Kitty.
        color_system: What colours there are, by Rich's names.
        is_plain: Whether only signs of ASCII are drawn.
        knows_cells: Whether it is known how many pixels a cell has. Sixel counts in pixels alone, and would
            run over what stands below.

    """
    if is_plain or "NO_COLOR" in environ or color_system not in _COLOURS:
        return None
    if any(environ.get(name) for name in _MULTIPLEXERS):
        return PictureProtocol.HALF_BLOCKS
    term, program = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "")
    # The number of the picture travels as a colour, so that colours must arrive as they are.
    if term in _KITTY_TERMS and color_system == "truecolor":
        return PictureProtocol.KITTY
    if knows_cells and (term.startswith(_SIXEL_TERMS) or program in _SIXEL_PROGRAMS):
        return PictureProtocol.SIXEL
    return PictureProtocol.HALF_BLOCKS


def cell_size() -> Cell | None:
    """How many pixels a cell has, None if the terminal does not report it."""
    try:
        from fcntl import ioctl
        from termios import TIOCGWINSZ

        answer = array("H", [0, 0, 0, 0])
        ioctl(sys.__stderr__.fileno(), TIOCGWINSZ, answer)  # type: ignore[union-attr]
    except (ImportError, OSError, ValueError, AttributeError):
        return None
    rows, columns, width, height = answer
    if not (rows and columns and width >= columns and height >= rows):
        return None
    return Cell(width // columns, height // rows)
