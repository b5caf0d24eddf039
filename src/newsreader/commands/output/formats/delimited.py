"""CSV, TSV, addresses and Markdown: a row in one line, or nearly so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from newsreader.commands.output.formats.sheet import OutputColumn, Row

_FORMULA = ("=", "+", "-", "@")


def write_text(pieces: Iterable[str], out: TextIO) -> None:
    """Text of any form, piece by piece; what a terminal must not see is left out where it goes to one."""
    from newsreader.domain.sanitize import clean_source

    is_terminal = out.isatty()
    for piece in pieces:
        out.write(clean_source(piece) if is_terminal else piece)


def write_tsv(
    rows: Iterable[Row], columns: Sequence[OutputColumn[Row]], out: TextIO, *, header: bool
) -> None:
    """A line a row, cells parted by tabs. No cell has a tab or a line break: the text gate folds them."""
    if header:
        out.write("\t".join(column.name for column in columns) + "\n")
    texts = [column.text for column in columns]
    for row in rows:
        out.write("\t".join([_cell(text(row)) for text in texts]) + "\n")


def write_csv(
    rows: Iterable[Row], columns: Sequence[OutputColumn[Row]], out: TextIO, *, header: bool
) -> None:
    """RFC 4180, but with plain line ends.

    CSV is what spreadsheets are given, and they take a cell that begins with = + - or @ for a formula, which
    can send the other cells away. So such a text gets an apostrophe before it; numbers stay as they are. The
    other formats have the text itself.
    """
    import csv

    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([_harmless(_cell(column.text(row)), column.numeric) for column in columns])


def write_urls(rows: Iterable[Iterable[str]], out: TextIO) -> None:
    """An address a line; what has none is left out."""
    for urls in rows:
        for url in urls:
            out.write(_cell(url) + "\n")


def write_markdown(
    rows: Iterable[Row],
    as_line: Callable[[Row], str] | None,
    columns: Sequence[OutputColumn[Row]],
    out: TextIO,
) -> None:
    """A line of Markdown for each row, or a table where there is no such line."""
    if as_line is not None:
        for row in rows:
            out.write(as_line(row) + "\n")
        return
    out.write(_table_line([column.name for column in columns]))
    out.write(_table_line(["---:" if column.numeric else "---" for column in columns]))
    for row in rows:
        out.write(_table_line([column.text(row) for column in columns]))


def _table_line(cells: Sequence[str]) -> str:
    return "| " + " | ".join([_cell(cell).replace("|", "\\|") for cell in cells]) + " |\n"


def _harmless(text: str, is_number: bool) -> str:
    return f"'{text}" if not is_number and text.startswith(_FORMULA) else text


def _cell(text: str) -> str:
    """The text through the gate, which it has passed before unless it is the name of a file."""
    if text.isprintable():
        return text
    from newsreader.domain.sanitize import clean_line

    return clean_line(text)
