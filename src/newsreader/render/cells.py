"""Measure, shorten, pad and wrap text in terminal cells.

Terminals disagree about the width of emoji sequences (joiners, variation selectors, skin tones, flags).
`steady` reduces them to a part of known width, so that columns align everywhere. Only displayed text is
reduced.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category

from newsreader.render.cell_widths import cell_len, character_cells

__all__ = ["cell_len", "fit", "fit_end", "pad", "steady", "wrap"]

_UNSTEADY_RE = re.compile("[\u200d\ufe0e\ufe0f\u20e3\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
_PICTURE = "[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_JOINED_RE = re.compile(f"(?<={_PICTURE})\u200d{_PICTURE}")
_DROPPED_RE = re.compile(f"[\ufe0e\ufe0f\u20e3]|(?<={_PICTURE})[\U0001f3fb-\U0001f3ff]")
_FLAG_RE = re.compile("[\U0001f1e6-\U0001f1ff]")
_BREAK_AFTER = "/?&=-_.,;:)"

_NOT_FIRST = frozenset(
    "、。，．・：；？！）］｝」』】〕〉》〗〙〟’”…‥ー〜々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
    "｡､｣･ﾞﾟｰ﹐﹑﹒﹔﹕﹖﹗％‰℃,.;:!?%)]}»›°"
)
"""Characters that must not start a line."""

_NOT_LAST = frozenset("（［｛「『【〔〈《〖〘〝‘“｢＄￥￡＃([{«‹")
"""Characters that must not end a line."""


@lru_cache(maxsize=1)
def _wide_script() -> re.Pattern[str]:
    """Return the pattern of characters next to which a line may break without a space.

    Korean has spaces, so Hangul is excluded. The pattern is compiled with the first body.
    """
    return re.compile(
        "[\u2e80-\u303e\u3041-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffdf\U0001f000-\U0001faff\U00020000-\U0003ffff]"
    )


def steady(text: str) -> str:
    """Reduce emoji sequences to their first emoji, and flags to letters."""
    if text.isascii() or not _UNSTEADY_RE.search(text):
        return text
    text = _DROPPED_RE.sub("", text)
    while (joined := _JOINED_RE.sub("", text)) != text:
        text = joined
    text = text.replace("\u200d", "")  # Rich gives no width to what follows a joiner, terminals do
    return _FLAG_RE.sub(lambda flag: chr(ord(flag[0]) - 0x1F1E6 + ord("A")), text)


def fit(text: str, width: int) -> str:
    """Shorten text to a width, ending in an ellipsis."""
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    return text[: _reach(text, 0, width - 1)].rstrip() + "…"


def fit_end(text: str, width: int) -> str:
    """Shorten ASCII text to a width, beginning with an ellipsis."""
    if len(text) <= width:
        return text
    return "" if width < 2 else "…" + text[len(text) - width + 1 :]


def pad(text: str, width: int) -> str:
    """Shorten text or pad it with spaces to exactly this width."""
    fitted = fit(text, width)
    return fitted + " " * (width - cell_len(fitted))


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """Wrap text to a width; return the start and end of each line.

    Lines break at spaces, and in scripts without spaces where their rules allow it. A word longer than a line
    breaks after punctuation, as in URLs, or else anywhere except before a combining mark. Spaces at a break
    belong to no line. Blank text has no lines.
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
    """Return the end of the longest text from `start` that fits, including combining marks."""
    if text.isascii():
        return min(len(text), start + width)
    used = 0
    for index in range(start, len(text)):
        used += character_cells(text[index])
        if used > width:
            return _base(text, start, index)
    return len(text)


def _base(text: str, start: int, index: int) -> int:
    """Return where the character begins that the marks at `index` belong to, if after `start`."""
    while index > start and is_combining(text[index]):
        index -= 1
    return index


def _break_point(text: str, start: int, end: int) -> int:
    """Return where to break a line that is full at `end`."""
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
    base = _base(text, start, end)
    return max(base if base > start else end, start + 1)


def _may_break(text: str, index: int) -> bool:
    before, behind = text[index - 1], text[index]
    return (
        (_wide_script().match(before) or _wide_script().match(behind)) is not None
        and behind not in _NOT_FIRST
        and before not in _NOT_LAST
        and not is_combining(behind)
    )


@lru_cache(maxsize=1024)
def is_combining(character: str) -> bool:
    """Check whether a character combines with the previous one."""
    return category(character)[0] == "M" or character in "\u200c\u200d"


def _skip_spaces(text: str, index: int) -> int:
    while index < len(text) and text[index] == " ":
        index += 1
    return index
