"""Lay out the help: titles, keys and descriptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from newsreader.keymap.help_content import HelpEntry, HelpSection
from newsreader.render.cells import cell_len, pad, wrap
from newsreader.render.headline_row import Line, Span
from newsreader.render.story_lines import text_width

_KEYS = 21
"""Preferred width of the keys in cells."""

_GAP = 2
_BETWEEN = "  "
_MARGIN = 1


def help_lines(sections: Iterable[HelpSection], width: int) -> list[Line]:
    """Lay out sections, separated by blank lines and with margins, wrapped to a width in cells."""
    room = text_width(width - 2 * _MARGIN)
    column = min(_KEYS, room // 3)
    lines: list[Line] = []
    for title, entries in sections:
        if lines:
            lines.append(())
        lines.extend(_text(title, "title", room))
        for entry in entries:
            lines.extend(_entry(entry, column, room) if entry.keys else _text(entry.text, "about", room))
    margin = Span(" " * _MARGIN, "blank")
    return [(margin, *line) for line in lines]


def _text(text: str, role: str, room: int) -> Iterator[Line]:
    return ((Span(text[start:end], role),) for start, end in wrap(text, room))


def _entry(entry: HelpEntry, column: int, room: int) -> Iterator[Line]:
    """Yield keys and description; keys that do not fit the column go on lines above."""
    keys = list(_packed(entry.keys, column))
    while keys and cell_len(keys[0]) > column:
        yield from _text(keys.pop(0), "key", room)
    text_room = room - column - _GAP
    texts = [entry.text[start:end] for start, end in wrap(entry.text, text_room)]
    for number in range(max(len(keys), len(texts))):
        left = keys[number] if number < len(keys) else ""
        right = texts[number] if number < len(texts) else ""
        yield Span(pad(left, column + _GAP), "key"), Span(right, "text")


def _packed(keys: Sequence[str], column: int) -> Iterator[str]:
    """Join keys to lines, as many as fit."""
    line = ""
    for key in keys:
        together = f"{line}{_BETWEEN}{key}" if line else key
        if line and cell_len(together) > column:
            yield line
            together = key
        line = together
    yield line
