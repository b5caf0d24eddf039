"""CSV, TSV, URLs and Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from newsreader.commands.output.formats.sheet import OutputColumn, Row

_FORMULA = ("=", "+", "-", "@")


def write_text(pieces: Iterable[str], out: TextIO) -> None:
    """Write text piece by piece; sanitize it if the output is a terminal."""
    from newsreader.domain.sanitize import clean_source

    is_terminal = out.isatty()
    for piece in pieces:
        out.write(clean_source(piece) if is_terminal else piece)


def write_tsv(
    rows: Iterable[Row], columns: Sequence[OutputColumn[Row]], out: TextIO, *, header: bool
) -> None:
    """Write tab-separated values. Sanitizing has replaced tabs and line breaks within cells."""
    if header:
        out.write("\t".join(column.name for column in columns) + "\n")
    texts = [column.text for column in columns]
    for row in rows:
        out.write("\t".join([_cell(text(row)) for text in texts]) + "\n")


def write_csv(
    rows: Iterable[Row], columns: Sequence[OutputColumn[Row]], out: TextIO, *, header: bool
) -> None:
    """Write CSV as in RFC 4180, but with LF line ends.

    Spreadsheets evaluate a cell that begins with = + - or @ as a formula, which can leak the other cells, so
    such text is prefixed with an apostrophe. Numbers and the other formats are unchanged.
    """
    import csv

    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow([column.name for column in columns])
    for row in rows:
        writer.writerow([_escape_formula(_cell(column.text(row)), column.numeric) for column in columns])


def write_urls(rows: Iterable[Iterable[str]], out: TextIO) -> None:
    """Write one URL a line; skip rows without one."""
    for urls in rows:
        for url in urls:
            out.write(_cell(url) + "\n")


def write_markdown(
    rows: Iterable[Row],
    as_line: Callable[[Row], str] | None,
    columns: Sequence[OutputColumn[Row]],
    out: TextIO,
) -> None:
    """Write one line of Markdown a row, or a table if `as_line` is None."""
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


def _escape_formula(text: str, is_number: bool) -> str:
    return f"'{text}" if not is_number and text.startswith(_FORMULA) else text


def _cell(text: str) -> str:
    """Sanitize a cell; only file names have not been sanitized before."""
    if text.isprintable():
        return text
    from newsreader.domain.sanitize import clean_line

    return clean_line(text)
