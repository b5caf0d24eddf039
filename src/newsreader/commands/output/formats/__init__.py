"""Write rows in the format that the user chose, one by one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from newsreader.commands.output.formats.sheet import Format, OutputColumn, Row, Sheet

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["Format", "OutputColumn", "Row", "Sheet", "add_format", "chosen_format", "write"]


def add_format(
    parser: ArgumentParser, columns: Sequence[OutputColumn[Any]], *formats: StrEnum, default: str = ""
) -> None:
    """Add the options that choose the format and the columns.

    Args:
        parser: The parser of the command.
        columns: All columns that can be chosen.
        formats: The formats offered, the one for terminals first; all of them unless given.
        default: Description of the output without `--format`.

    """
    offered = formats or tuple(Format)
    default = default or f"{offered[0]} on a terminal and tsv elsewhere"
    group = parser.add_argument_group("output")
    group.add_argument(
        "--format",
        choices=[str(name) for name in offered],
        metavar="FORMAT",
        help=f"one of {', '.join(offered)}; {default} unless given",
    )
    group.add_argument(
        "--json", action="store_const", const="json", dest="format", help="the same as --format json"
    )
    header = group.add_mutually_exclusive_group()
    header.add_argument(
        "--header",
        action="store_true",
        default=None,
        help="begin with the names of the columns, as table and csv do unless told otherwise",
    )
    header.add_argument(
        "--no-header",
        action="store_false",
        dest="header",
        default=None,
        help="begin with the first row, as tsv does unless told otherwise",
    )
    names = [column.name for column in columns]
    group.add_argument(
        "--columns",
        metavar="NAMES",
        type=_column_names(names),
        help=f"these columns in table, csv and tsv, comma-separated; of {', '.join(names)}",
    )


def _column_names(known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    def read(text: str) -> tuple[str, ...]:
        from argparse import ArgumentTypeError

        names = tuple(name.strip() for name in text.split(","))
        for name in names:
            if name not in known:
                raise ArgumentTypeError(f"there is no column “{name}”; there are {', '.join(known)}")
        return names

    return read


def chosen_format(options: Namespace) -> Format:
    """Return the format that was asked for, or the default: a table on a terminal, TSV elsewhere."""
    if options.format is not None:
        return Format(options.format)
    return Format.TABLE if sys.stdout.isatty() else Format.TSV


def write(options: Namespace, rows: Iterable[Row], sheet: Sheet[Row]) -> int:
    """Write rows to standard output as the options of `add_format` say. Return the number of rows."""
    count = 0

    def counted() -> Iterator[Row]:
        nonlocal count
        for count, row in enumerate(rows, 1):  # noqa: B007 - the count is the result
            yield row

    chosen, out = chosen_format(options), sys.stdout
    if chosen in (Format.JSON, Format.JSONL):
        from newsreader.commands.output.formats.json_output import write_json, write_lines

        (write_json if chosen is Format.JSON else write_lines)(map(sheet.as_json, counted()), out)
        return count
    columns = _columns(options, sheet, in_table=chosen is Format.TABLE)
    if chosen is Format.TABLE:
        from newsreader.commands.output.formats.table import write_table

        write_table(counted(), columns, out, header=options.header is not False)
        return count
    from newsreader.commands.output.formats import delimited

    if chosen is Format.URLS and sheet.as_urls:
        delimited.write_urls(map(sheet.as_urls, counted()), out)
    elif chosen is Format.MD:
        delimited.write_markdown(counted(), sheet.as_md, columns, out)
    elif chosen is Format.CSV:
        delimited.write_csv(counted(), columns, out, header=options.header is not False)
    else:
        delimited.write_tsv(counted(), columns, out, header=options.header is True)
    return count


def _columns(options: Namespace, sheet: Sheet[Row], *, in_table: bool) -> list[OutputColumn[Row]]:
    """Return the chosen columns, or those that the format shows by default."""
    if options.columns:
        by_name = {column.name: column for column in sheet.columns}
        return [by_name[name] for name in options.columns]
    return [column for column in sheet.columns if (column.in_table if in_table else column.in_files)]
