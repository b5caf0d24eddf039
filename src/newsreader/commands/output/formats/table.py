"""A table whose columns align, whatever the width of their characters; on a terminal it fits."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TextIO

from newsreader.domain.sanitize import clean_line
from newsreader.render.cells import cell_len, fit, pad, steady

if TYPE_CHECKING:
    from newsreader.commands.output.formats.sheet import OutputColumn, Row

_MEASURED = 1_000
"""Rows whose cells decide how wide the columns are."""

_GAP = "  "
_LEAST = 24
"""Cells that the last column has at least where others can make room for it."""

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


class _Place(NamedTuple):
    """A column that is shown: its number among all, its width in cells, and whether it holds numbers."""

    number: int
    width: int
    numeric: bool


def write_table(
    rows: Iterable[Row], columns: Sequence[OutputColumn[Row]], out: TextIO, *, header: bool
) -> None:
    """Write an aligned table; without rows there is nothing to write."""
    remaining = iter(rows)
    measured = [_cells(columns, row) for row in islice(remaining, _MEASURED)]
    if not measured:
        return
    headings = [column.heading for column in columns]
    places = _fitted(columns, [headings, *measured] if header else measured, terminal_width(out))
    if header:
        line = _line(headings, places)
        out.write(f"{_BOLD}{line}{_PLAIN}\n" if may_be_bold(out) else f"{line}\n")
    for cells in measured:
        out.write(_line(cells, places) + "\n")
    for row in remaining:
        out.write(_line(_cells(columns, row), places) + "\n")


def terminal_width(out: TextIO) -> int | None:
    """The cells of a line of the terminal, None where the output goes elsewhere: there nothing is cut."""
    if not out.isatty():
        return None
    try:
        return os.get_terminal_size(out.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def may_be_bold(out: TextIO) -> bool:
    """Whether words may be set off by more than their place."""
    return out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _cells(columns: Sequence[OutputColumn[Row]], row: Row) -> list[str]:
    return [steady(clean_line(column.text(row))) for column in columns]


def _fitted(
    columns: Sequence[OutputColumn[Row]], lines: Sequence[list[str]], room: int | None
) -> list[_Place]:
    """The columns that fit; those that matter least make way, and the last takes what room is left."""
    places = [
        _Place(number, min(max(cell_len(line[number]) for line in lines), column.widest), column.numeric)
        for number, column in enumerate(columns)
    ]
    if room is None:
        return [*places[:-1], places[-1]._replace(width=10**9)]
    while len(places) > 1 and _taken(places) + min(_LEAST, places[-1].width) > room:
        least = min(places[:-1], key=lambda place: columns[place.number].weight)
        places.remove(least)
    return [*places[:-1], places[-1]._replace(width=max(1, room - _taken(places)))]


def _taken(places: Sequence[_Place]) -> int:
    """The cells before the last column."""
    return sum(place.width + len(_GAP) for place in places[:-1])


def _line(cells: Sequence[str], places: Sequence[_Place]) -> str:
    *before, last = places
    shown = [_aligned(cells[place.number], place) for place in before]
    return _GAP.join([*shown, fit(cells[last.number], last.width)]).rstrip()


def _aligned(text: str, place: _Place) -> str:
    if place.numeric:
        return " " * (place.width - cell_len(text)) + fit(text, place.width)
    return pad(text, place.width)
