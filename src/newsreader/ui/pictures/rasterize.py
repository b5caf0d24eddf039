"""A small PNG -> lines for the terminal. Slow, with many imports: only for worker threads."""

from __future__ import annotations

import io
import warnings
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from itertools import count
from random import randint
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console
from textual.strip import Strip

from newsreader.render.picture_fit import Cell, Room, fit
from newsreader.ui.pictures.capabilities import PictureProtocol

if TYPE_CHECKING:
    from types import ModuleType

_CHUNK = 4_096
"""Characters of a picture that a command of Kitty's may carry."""

_DEVICE_CONTROL = "\x1bP"

_ids = count(randint(1, 2**31))  # noqa: S311 - not to be guessed by chance is enough
"""Numbers of pictures, by which other programs in the same window call theirs, too."""


class Drawing(NamedTuple):
    """A picture as lines. `before` is sent to the terminal before they are shown, `after` when they go.

    `over` is sent each time that they were painted, with the cursor where they begin.
    """

    size: Room
    lines: tuple[Strip, ...]
    before: str = ""
    after: str = ""
    over: str = ""


class Shown(NamedTuple):
    """A picture to draw: a PNG, and how many pixels it had before it was made smaller."""

    png: bytes
    width: int
    height: int


def draw(shown: Shown, protocol: PictureProtocol, room: Room, cell: Cell) -> Drawing:
    """Draw a picture as large as it fits.

    Raises:
        OSError: It cannot be read.

    """
    from PIL import Image

    size = fit(shown.width, shown.height, room, cell)
    renderables = _renderables(cell)
    with Image.open(io.BytesIO(shown.png), formats=("PNG",)) as image:
        if protocol is PictureProtocol.HALF_BLOCKS:
            return Drawing(size, tuple(_lines(renderables.HalfcellImage(image, *size), size)))
        if protocol is PictureProtocol.SIXEL:
            blank = Strip.blank(size.columns)
            return Drawing(
                size, (blank,) * size.rows, over=_sixels(renderables.SixelImage(image, *size), size)
            )
        drawn = renderables.TGPImage(image, *size)
    # With a number it assumes that the picture was sent. It would write to standard output itself, into the
    # middle of what Textual writes.
    number = drawn.terminal_image_id = next(_ids)
    return Drawing(
        size,
        tuple(_lines(drawn, size)),
        before="".join(_sending(shown.png, number, size)),
        after=_command(f"a=d,d=I,i={number},q=2"),
    )


@cache
def _package() -> ModuleType:
    """The renderables of textual-image, imported so that they do not ask the terminal.

    On import it writes questions to the terminal and reads the answers from the keyboard. Textual reads that
    by now: answers would be typed into the program, keys be lost. So the one function through which it asks
    is replaced, before anything has taken hold of it, by one that fails as it does without a terminal.
    """
    from textual_image import _terminal

    def refuse(*_arguments: object, **_more: object) -> object:
        raise _terminal.TerminalError("the terminal is not asked")

    setattr(_terminal, "capture_terminal_response", refuse)  # noqa: B010 - types forbid it otherwise
    from textual_image import renderable

    return renderable


def _renderables(cell: Cell) -> ModuleType:
    """Return the renderables, set to a size of cells."""
    from textual_image._terminal import CellSize, get_cell_size

    package = _package()
    # It calls what Pillow 14 will lack, which the extra `images` therefore leaves out.
    warnings.filterwarnings("ignore", category=DeprecationWarning, module="textual_image")
    # Where it keeps the size that it found.
    setattr(get_cell_size, "_result", CellSize(*cell))  # noqa: B010
    return package


def _sixels(drawn: object, size: Room) -> str:
    """What draws the picture at the cursor, out of what is meant for a screen without Textual."""
    segments = _console(size).render(drawn)  # type: ignore[arg-type]
    return "".join(segment.text for segment in segments if segment.text.startswith(_DEVICE_CONTROL))


def _lines(drawn: object, size: Room) -> Iterator[Strip]:
    console = _console(size)
    options = console.options.update(width=size.columns, height=size.rows)
    for segments in console.render_lines(drawn, options, pad=False)[: size.rows]:  # type: ignore[arg-type]
        yield Strip(segments, size.columns)


def _console(size: Room) -> Console:
    return Console(
        file=io.StringIO(),
        width=size.columns,
        height=size.rows,
        color_system="truecolor",
        force_terminal=True,
        legacy_windows=False,
        _environ={},
    )


def _sending(png: bytes, number: int, size: Room) -> Iterator[str]:
    """Commands that give a picture to the terminal, and make room for it among the signs."""
    data = b64encode(png).decode("ascii")
    for start in range(0, len(data), _CHUNK):
        is_last = start + _CHUNK >= len(data)
        yield _command(f"i={number},f=100,q=2,m={int(not is_last)}", data[start : start + _CHUNK])
    yield _command(f"a=p,U=1,i={number},c={size.columns},r={size.rows},q=2")


def _command(keys: str, data: str = "") -> str:
    return f"\x1b_G{keys}{';' if data else ''}{data}\x1b\\"
