"""An aligned table that takes wide characters into account and fits the terminal."""

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
"""Number of rows that determine the widths of the columns."""

_GAP = "  "
_LEAST = 24
"""Width that the last column gets by dropping other columns, in cells."""

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


class _TableColumn(NamedTuple):
    """A column in the table: its index among all columns, its width in cells, whether it holds numbers."""

    number: int
    width: int
    numeric: bool


def write_table(
    rows: Iterable[Row], columns: Sequence[OutputColumn[Row]], out: TextIO, *, header: bool
) -> None:
    """Write an aligned table; write nothing if there are no rows."""
    remaining = iter(rows)
    measured = [_cells(columns, row) for row in islice(remaining, _MEASURED)]
    if not measured:
        return
    headings = [column.heading or column.name.upper() for column in columns]
    places = _fitted(columns, [headings, *measured] if header else measured, terminal_width(out))
    if header:
        line = _line(headings, places)
        out.write(f"{_BOLD}{line}{_PLAIN}\n" if may_be_bold(out) else f"{line}\n")
    for cells in measured:
        out.write(_line(cells, places) + "\n")
    for row in remaining:
        out.write(_line(_cells(columns, row), places) + "\n")


def terminal_width(out: TextIO) -> int | None:
    """Return the width of the terminal in cells; None if the output is not a terminal."""
    if not out.isatty():
        return None
    try:
        return os.get_terminal_size(out.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def may_be_bold(out: TextIO) -> bool:
    """Whether the output may use bold type."""
    return out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _cells(columns: Sequence[OutputColumn[Row]], row: Row) -> list[str]:
    return [steady(clean_line(column.text(row))) for column in columns]


def _fitted(
    columns: Sequence[OutputColumn[Row]], lines: Sequence[list[str]], room: int | None
) -> list[_TableColumn]:
    """Choose the columns that fit: drop the least important, and give the last one the remaining width."""
    places = [
        _TableColumn(
            number, min(max(cell_len(line[number]) for line in lines), column.widest), column.numeric
        )
        for number, column in enumerate(columns)
    ]
    if room is None:
        return [*places[:-1], places[-1]._replace(width=10**9)]
    while len(places) > 1 and _width_before_last(places) + min(_LEAST, places[-1].width) > room:
        least = min(places[:-1], key=lambda place: columns[place.number].weight)
        places.remove(least)
    return [*places[:-1], places[-1]._replace(width=max(1, room - _width_before_last(places)))]


def _width_before_last(places: Sequence[_TableColumn]) -> int:
    """Return the width before the last column, in cells."""
    return sum(place.width + len(_GAP) for place in places[:-1])


def _line(cells: Sequence[str], places: Sequence[_TableColumn]) -> str:
    *before, last = places
    shown = [_aligned(cells[place.number], place) for place in before]
    return _GAP.join([*shown, fit(cells[last.number], last.width)]).rstrip()


def _aligned(text: str, place: _TableColumn) -> str:
    if place.numeric:
        return " " * (place.width - cell_len(text)) + fit(text, place.width)
    return pad(text, place.width)
