"""Text in terminal cells: how wide it is, cut and padded to fit, and wrapped.

Terminals disagree about emoji built from several characters (joiners, variation selectors, skin
tones, flags): some draw two cells, some six. `steady` reduces them to a part that all draw alike,
so that columns stay aligned everywhere. Only what is shown is reduced, never what is kept.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category

from rich.cells import cell_len, get_character_cell_size

__all__ = ["cell_len", "fit", "pad", "steady", "wrap"]

_UNSTEADY_RE = re.compile("[\u200d\ufe0e\ufe0f\u20e3\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
_PICTURE = "[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_JOINED_RE = re.compile(f"(?<={_PICTURE})\u200d{_PICTURE}")
_DROPPED_RE = re.compile(f"[\ufe0e\ufe0f\u20e3]|(?<={_PICTURE})[\U0001f3fb-\U0001f3ff]")
_FLAG_RE = re.compile("[\U0001f1e6-\U0001f1ff]")
_BREAK_AFTER = "/?&=-_.,;:)"
_WIDE_SCRIPT = re.compile(
    "[\u2e80-\u303e\u3041-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffdf\U0001f000-\U0001faff\U00020000-\U0003ffff]"
)
"""Characters around which a line may break without a space. Hangul is not among them: Korean has spaces."""

_NOT_FIRST = frozenset(
    "、。，．・：；？！）］｝」』】〕〉》〗〙〟’”…‥ー〜々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    "｡､｣･ﾞﾟｰ﹐﹑﹒﹔﹕﹖﹗％‰℃,.;:!?%)]}»›°"
)
"""What no line begins with in scripts without spaces; it takes the sign before it along."""

_NOT_LAST = frozenset("（［｛「『【〔〈《〖〘〝‘“｢＄￥￡＃([{«‹")
"""What no line ends with there."""


def steady(text: str) -> str:
    """The text with every emoji sequence reduced to its first picture, and flags to their letters."""
    if text.isascii() or not _UNSTEADY_RE.search(text):
        return text
    text = _DROPPED_RE.sub("", text)
    while (joined := _JOINED_RE.sub("", text)) != text:
        text = joined
    text = text.replace("\u200d", "")  # Rich gives no width to what follows a joiner, terminals do
    return _FLAG_RE.sub(lambda flag: chr(ord(flag[0]) - 0x1F1E6 + ord("A")), text)


def fit(text: str, width: int) -> str:
    """The text if it fits, else as much of it as does, ending in an ellipsis. May be narrower."""
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    return text[: _reach(text, 0, width - 1)].rstrip() + "…"


def pad(text: str, width: int) -> str:
    """The text cut or filled with spaces to exactly this many cells."""
    fitted = fit(text, width)
    return fitted + " " * (width - cell_len(fitted))


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Where the lines of a text start and end when it is wrapped to a width.

    Lines break at spaces, and beside characters of scripts that have none, where the rules of those
    scripts allow it. A word that is too long for a line breaks after punctuation as URLs have it, else
    anywhere but before a combining mark. The spaces at a break belong to no line. A text without words has
    no lines.
    """
    lines: list[tuple[int, int]] = []
    width = max(2, width)
    start = _skip_spaces(text, 0)
    while start < len(text):
        end = _reach(text, start, width)
        if end < len(text) and text[end] != " ":
            end = _break_point(text, start, end)
        lines.append((start, start + len(text[start:end].rstrip(" "))))
        start = _skip_spaces(text, end)
    return lines


def _reach(text: str, start: int, width: int) -> int:
    """The index after the last character from `start` on that still fits, with its combining marks."""
    if text.isascii():
        return min(len(text), start + width)
    used = 0
    for index in range(start, len(text)):
        used += get_character_cell_size(text[index])
        if used > width:
            return index
    return len(text)


def _break_point(text: str, start: int, end: int) -> int:
    """Where a line that is full at `end` breaks: at the last space, or beside the last wide character."""
    space = text.rfind(" ", start, end)
    if not text.isascii():
        for index in range(end, max(start, space), -1):
            if _may_break(text, index):
                return index
    if space > start:
        return space
    best = max(text.rfind(mark, start + 1, end - 1) for mark in _BREAK_AFTER)
    if best > start + (end - start) // 3:
        end = best + 1
    base = end
    while base > start and is_combining(text[base]):
        base -= 1
    return max(base if base > start else end, start + 1)


def _may_break(text: str, index: int) -> bool:
    before, behind = text[index - 1], text[index]
    return (
        (_WIDE_SCRIPT.match(before) or _WIDE_SCRIPT.match(behind)) is not None
        and behind not in _NOT_FIRST
        and before not in _NOT_LAST
        and not is_combining(behind)
    )


@lru_cache(maxsize=1024)
def is_combining(character: str) -> bool:
    """Whether a character is drawn onto, or joined to, the one before it."""
    return category(character)[0] == "M" or character in "\u200c\u200d"


def _skip_spaces(text: str, index: int) -> int:
    while index < len(text) and text[index] == " ":
        index += 1
    return index
