"""Lay out a table in aligned columns, or as a list if there is no room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from newsreader.markup.blocks import Block
from newsreader.render.body_spans import BodyLine, spans_of
from newsreader.render.cells import cell_len, steady, wrap
from newsreader.render.headline_row import Span

_GAP = " │ "
_NARROWEST = 6
"""Minimum width of a column in cells."""


def table_lines(rows: Sequence[Block], width: int, first_link: int) -> list[BodyLine]:
    """Lay out the rows of a table.

    Args:
        rows: Blocks of table rows; those with a level are headers.
        width: No line is wider, in cells.
        first_link: The number of the first link of the first row.

    """
    first_links = list(accumulate((len(row.links) for row in rows), initial=first_link))
    cells = [row.cells or ((0, len(row.text)),) for row in rows]
    wanted = [0] * max(map(len, cells))
    for row, places in zip(rows, cells, strict=True):
        for column, (start, end) in enumerate(places):
            wanted[column] = max(wanted[column], cell_len(row.text[start:end]))
    widths = _widths(wanted, width - len(_GAP) * (len(wanted) - 1))
    if widths is None:
        return list(_as_list(rows, cells, width, first_links))
    lines: list[BodyLine] = []
    for row, places, link in zip(rows, cells, first_links, strict=False):
        if lines and not row.level and rows[0].level and row is _first_plain(rows):
            lines.append(((Span("─┼─".join("─" * wide for wide in widths), "note"),), -1))
        lines.extend(_row(row, places, widths, link))
    return lines


def _first_plain(rows: Sequence[Block]) -> Block | None:
    return next((row for row in rows if not row.level), None)


def _widths(wanted: Sequence[int], room: int) -> list[int] | None:
    """Return the column widths, the widest reduced until all fit; None if that is impossible."""
    wanted = [max(1, wide) for wide in wanted]
    spare = room
    for place, wide in enumerate(ordered := sorted(wanted)):
        share = spare // (len(ordered) - place)
        if wide > share:
            return [min(each, share) for each in wanted] if share >= _NARROWEST else None
        spare -= wide
    return wanted


def _row(
    row: Block, places: Sequence[tuple[int, int]], widths: Sequence[int], link: int
) -> Iterator[BodyLine]:
    wrapped = [
        [(start + low, start + high) for low, high in wrap(row.text[start:end], wide)]
        for (start, end), wide in zip(places, widths, strict=False)
    ]
    spans = spans_of(row, (line for cell in wrapped for line in cell), link)
    columns = [[next(spans) for _ in cell] for cell in wrapped]
    for number in range(max(1, *map(len, columns))):
        pieces: list[Span] = []
        found = -1
        for column, wide in enumerate(widths):
            if column:
                pieces.append(Span(_GAP, "note"))
            cell = columns[column] if column < len(columns) else []
            shown, first = cell[number] if number < len(cell) else ((), -1)
            before, behind = _padding(
                wide - sum(cell_len(span.text) for span in shown), row.aligned[column : column + 1]
            )
            pieces += filter(None, (before, *shown, behind))
            found = first if found < 0 else found
        while pieces and pieces[-1].role == "blank":
            pieces.pop()
        if pieces and pieces[-1].text == _GAP:
            pieces[-1] = Span(_GAP.rstrip(), "note")
        yield tuple(pieces), found


def _padding(cells: int, aligned: str) -> tuple[Span | None, Span | None]:
    before = {"r": cells, "c": cells // 2}.get(aligned, 0)
    spaces = [Span(" " * count, "blank") if count > 0 else None for count in (before, cells - before)]
    return spaces[0], spaces[1]


def _as_list(
    rows: Sequence[Block], cells: Sequence[Sequence[tuple[int, int]]], width: int, first_links: Sequence[int]
) -> Iterator[BodyLine]:
    """Yield one line per cell with its column name, and a blank line between rows."""
    has_header = rows[0].level > 0 and len(rows) > 1
    names = [steady(rows[0].text[start:end]) for start, end in cells[0]] if has_header else []
    for number in range(has_header, len(rows)):
        if number > has_header:
            yield (), -1
        row = rows[number]
        places = [(column, place) for column, place in enumerate(cells[number]) if place[0] < place[1]]
        texts: list[tuple[int, int, str]] = []
        for column, (start, end) in places:
            name = f"{names[column]}: " if column < len(names) and names[column] else ""
            if cell_len(name) > width // 2:
                texts += [(start, start, name[low:high]) for low, high in wrap(name, width)]
                name = ""
            room = width - cell_len(name)
            lines = wrap(row.text[start:end], room)
            texts += [(start + low, start + high, "" if at else name) for at, (low, high) in enumerate(lines)]
        spans = spans_of(row, [(low, high) for low, high, _ in texts], first_links[number])
        for (_, _, name), (pieces, link) in zip(texts, spans, strict=True):
            yield ((Span(name, "strong"), *pieces) if name else pieces), link
