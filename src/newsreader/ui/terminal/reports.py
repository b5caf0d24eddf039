"""Normalize control sequences for Textual's parser, and clamp the sizes that a terminal reports."""

from __future__ import annotations

import re
import sys
from typing import Final

from newsreader.ui.terminal.sequence_filter import Sequence, Text

MAX_PARSED: Final = 32
"""Characters of a sequence; Textual parses a longer one as keys."""

MAX_COLUMNS: Final = 1000
"""More than a 4K monitor shows with the smallest readable font."""

MAX_ROWS: Final = 500

MAX_PIXELS: Final = 32_768
"""Width or height of a window."""

DEFAULT: Final = (80, 24)
"""Columns and rows where the terminal reports none."""

ASK_BACKGROUND: Final = "\x1b]11;?\x1b\\"
"""Asks for the background colour; many terminals answer with `Background`, the others ignore it."""

_COLOUR: Final = re.compile(
    r"rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})(?:/[0-9a-fA-F]{1,4})?"
)
_LUMA: Final = (0.299, 0.587, 0.114)

_RESIZE: Final = re.compile(r"\x1b\[48;([0-9]{1,9})(?::[0-9:]*)?" + r";([0-9]{1,9})(?::[0-9:]*)?" * 3 + "t")
_KEY: Final = re.compile(r"\x1b\[([0-9:]*)(?:;([0-9:]*))?(?:;([0-9:]*))?([u~ABCDEFHPQRS])")
_RELEASED: Final = "3"
_MAX_MODIFIERS: Final = 256


def clamp_size(columns: int, rows: int) -> tuple[int, int]:
    """Return a size that can be drawn: a screen of a million cells needs half a gigabyte."""
    columns = columns if columns > 0 else DEFAULT[0]
    rows = rows if rows > 0 else DEFAULT[1]
    return min(columns, MAX_COLUMNS), min(rows, MAX_ROWS)


def clamp_pixels(pixels: int, cells: int) -> int:
    """Return the pixels along one side of a window; as many as cells where the terminal reports none."""
    return min(pixels, MAX_PIXELS) if pixels > 0 else cells


def normalize(sequence: str) -> Sequence | Text | None:
    """Return what a sequence means to Textual; None where it must not act.

    The size in an in-band resize is clamped. Of a key of the Kitty protocol the alternate keys are left out,
    a repeated key is pressed again, and a released one does nothing
    (https://sw.kovidgoyal.net/kitty/keyboard-protocol/).
    """
    if resize := _RESIZE.fullmatch(sequence):
        rows, columns, height, width = map(int, resize.groups())
        columns, rows = clamp_size(columns, rows)
        height, width = clamp_pixels(height, rows), clamp_pixels(width, columns)
        return Sequence(f"\x1b[48;{rows};{columns};{height};{width}t")
    if key := _KEY.fullmatch(sequence):
        return _key(sequence, key)
    return Sequence(sequence) if len(sequence) <= MAX_PARSED else None


def _key(sequence: str, key: re.Match[str]) -> Sequence | Text | None:
    code, modifiers, text, final = key.groups()
    code = code.partition(":")[0]
    characters = _characters(text or "")
    if characters is None or not _is_in(code, sys.maxunicode) or (final == "u" and _is_surrogate(code)):
        return None
    pressed, _, event = (modifiers or "").partition(":")
    event = event.partition(":")[0]
    if event == _RELEASED or not _is_in(pressed, _MAX_MODIFIERS):
        return None
    if len(characters) > 1:  # an input method committed several characters at once
        return Text(characters)
    if ":" not in sequence:
        return Sequence(sequence)
    fields = [code, *([] if modifiers is None else [pressed]), *([] if text is None else [text])]
    return Sequence(f"\x1b[{';'.join(fields)}{final}")


def _characters(codes: str) -> str | None:
    """Return the text that a key wrote; None where it is no text."""
    parts = codes.split(":") if codes else []
    if not all(part and _is_in(part, sys.maxunicode) and not _is_surrogate(part) for part in parts):
        return None
    characters = "".join([chr(int(part)) for part in parts])
    return characters if characters.isprintable() else None


def _is_in(number: str, maximum: int) -> bool:
    return len(number) <= 7 and int(number or "0") <= maximum


def _is_surrogate(number: str) -> bool:
    return 0xD800 <= int(number or "0") <= 0xDFFF


def is_dark(colour: str) -> bool | None:
    """Return whether a colour is dark, by the luma of ITU-R BT.601; None for what is no colour.

    The form is that of XParseColor: one to four hexadecimal digits a part, scaled by their number.
    """
    parts = _COLOUR.fullmatch(colour)
    if parts is None:
        return None
    values = [int(part, 16) / int("f" * len(part), 16) for part in parts.groups()]
    return sum(weight * value for weight, value in zip(_LUMA, values, strict=True)) < 0.5
