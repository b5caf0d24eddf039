"""Count terminal cells where terminals disagree, and keep what follows in its column everywhere.

Terminals count vowel signs of Indic scripts, Khmer and Burmese (general category Mc), and a few symbols, as
zero, one or two cells. Three steps keep panes apart in all of them:

1. `cell_len` counts the most that a terminal takes (that of wcwidth(3) in the GNU C library).
2. `reserve` appends fillers, so that Textual, which counts less, reserves as many cells.
3. `place_words` writes each such word between a saved cursor and a movement to the column behind the reserved
   cells. So a terminal that counts otherwise still prints what follows in its place.
"""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import Final
from unicodedata import category

from rich.cells import cell_len as rich_cell_len
from rich.cells import get_character_cell_size

FILLER: Final = "\u2007"
"""A cell that is reserved and never printed. Sanitized text has no spaces but U+0020, so this is never part
of it."""

_SCRIPTS: Final = (
    "\u0900-\u0dff\u0f00-\u109f\u1700-\u17ff\u1900-\u1cff\ua800-\ua8ff\ua930-\ua9ff\uaa00-\uaaff\uabc0-\uabff"
    "\U00011000-\U00011fff\U00016f00-\U00016fff\U0001d100-\U0001d1ff"
)
"""Blocks that have spacing marks."""

_EXTRA: Final = {"\u3164": 2, "\uffa0": 1, "\u302e": 2, "\u302f": 2, "\U00016ff0": 2, "\U00016ff1": 2} | {
    chr(number): 1 for number in range(0x3248, 0x3250)
}
"""Other characters for which some terminals take more cells than Rich counts."""

_EXTRA_RE: Final = re.compile(f"[{_SCRIPTS}{''.join(_EXTRA)}]")
_SIGNS: Final = f"\u2630-\u2637\u268a-\u268f\U0001d300-\U0001d376\U0001f000-\U0001faff{''.join(_EXTRA)}"
_WORD: Final = re.compile(f"[{_SCRIPTS}\u200c]+|[{_SIGNS}]+")

# A string sequence (a title, a link) is skipped: its text is not printed.
_STRING_OR_WORD: Final = re.compile(
    rf"\x1b[\]PX^_][^\x07\x1b]*|((?:[{_SCRIPTS}\u200c]+|[{_SIGNS}]+){FILLER}*)|{FILLER}"
)


def cell_len(text: str) -> int:
    """Return how many cells a text takes, at most."""
    if text.isascii():
        return len(text)
    return rich_cell_len(text) + (_extra(text) if _EXTRA_RE.search(text) else 0)


def character_cells(character: str) -> int:
    """Return how many cells a character takes, at most."""
    return get_character_cell_size(character) + (0 if character.isascii() else _extra(character))


@lru_cache(maxsize=1024)
def _extra(text: str) -> int:
    """Return how many more cells than Rich counts a text may take."""
    return sum(_EXTRA.get(character, category(character) == "Mc") for character in text)


def reserve(text: str) -> str:
    """Return a text that takes as many cells in Textual's count as in `cell_len`."""
    if text.isascii() or not _EXTRA_RE.search(text):
        return text
    return _WORD.sub(lambda word: word[0] + FILLER * _extra(word[0]), text)


def place_words(output: str) -> str:
    """Return terminal output in which what follows a disputed word stands in the column that was reserved."""
    if output.isascii():
        return output
    return _STRING_OR_WORD.sub(_placed, output)


def question_marks(text: str, encoding: str) -> str:
    """Replace what an encoding lacks by as many question marks as the cells that Rich counts."""
    return text.encode(encoding, _QUESTION_MARKS).decode(encoding)


def _mark_cells(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    shown = (" " if sign == FILLER else "?" * get_character_cell_size(sign) for sign in lacking)
    return "".join(shown), error.end


_QUESTION_MARKS: Final = "newsreader.question_marks"
codecs.register_error(_QUESTION_MARKS, _mark_cells)


def _placed(found: re.Match[str]) -> str:
    shown: str | None = found[1]
    if shown is None:
        return " " if found[0] == FILLER else found[0]  # a filler whose word is out of sight
    cells = rich_cell_len(shown)
    return f"\x1b7{' ' * cells}\x1b8{shown.rstrip(FILLER)}\x1b8\x1b[{cells}C"
