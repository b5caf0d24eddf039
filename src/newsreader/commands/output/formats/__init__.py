"""Rows as text for people and programs: written one by one, however many there are."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Generic

from newsreader.commands.output.formats.sheet import Format, OutputColumn, Row, Sheet

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

__all__ = ["Format", "OutputColumn", "Row", "Sheet", "add_format", "chosen_format", "write"]


def add_format(
    parser: ArgumentParser, *formats: StrEnum, columns: Sequence[str] = (), usual: str = ""
) -> None:
    """How to write the answer; all formats unless some are given. `usual` is what comes without a choice."""
    offered = formats or tuple(Format)
    usual = usual or f"{offered[0]} on a terminal and tsv elsewhere"
    group = parser.add_argument_group("output")
    group.add_argument(
        "--format",
        choices=[str(name) for name in offered],
        metavar="FORMAT",
        help=f"one of {', '.join(offered)}; {usual} unless given",
    )
    group.add_argument(
        "--json", action="store_const", const="json", dest="format", help="the same as --format json"
    )
    header = group.add_mutually_exclusive_group()
    header.add_argument(
        "--header",
        action="store_const",
        const=True,
        default=None,
        dest="header",
        help="begin with the names of the columns, as table and csv do unless told otherwise",
    )
    header.add_argument(
        "--no-header",
        action="store_const",
        const=False,
        dest="header",
        help="begin with the first row, as tsv does unless told otherwise",
    )
    if columns:
        group.add_argument(
            "--columns",
            metavar="NAMES",
            type=_Columns(columns),
            help=f"these columns in table, csv and tsv, parted by commas; of {', '.join(columns)}",
        )


class _Columns:
    """Reads the names of columns."""

    def __init__(self, known: Sequence[str]) -> None:
        self._known = known

    def __call__(self, text: str) -> tuple[str, ...]:
        from argparse import ArgumentTypeError

        names = tuple(name.strip() for name in text.split(","))
        for name in names:
            if name not in self._known:
                raise ArgumentTypeError(f"there is no column “{name}”; there are {', '.join(self._known)}")
        return names


def chosen_format(options: Namespace) -> Format:
    """The format that is asked for, or the one that fits where the output goes."""
    if options.format is not None:
        return Format(options.format)
    return Format.TABLE if sys.stdout.isatty() else Format.TSV


def write(options: Namespace, rows: Iterable[Row], sheet: Sheet[Row]) -> int:
    """Write rows to standard output, as the options of `add_format` ask for; gives how many there were."""
    counted = _Counted(rows)
    wanted = chosen_format(options)
    if wanted in (Format.JSON, Format.JSONL):
        from newsreader.commands.output.formats.json_output import write_json, write_lines

        (write_json if wanted is Format.JSON else write_lines)(map(sheet.as_json, counted), sys.stdout)
    elif wanted is Format.TABLE:
        from newsreader.commands.output.formats.table import write_table

        columns = _columns(options, sheet, in_table=True)
        write_table(counted, columns, sys.stdout, header=options.header is not False)
    else:
        from newsreader.commands.output.formats import delimited

        columns = _columns(options, sheet, in_table=False)
        if wanted is Format.URLS and sheet.as_urls:
            delimited.write_urls(map(sheet.as_urls, counted), sys.stdout)
        elif wanted is Format.MD:
            delimited.write_markdown(counted, sheet.as_md, columns, sys.stdout)
        elif wanted is Format.CSV:
            delimited.write_csv(counted, columns, sys.stdout, header=options.header is not False)
        else:
            delimited.write_tsv(counted, columns, sys.stdout, header=options.header is True)
    return counted.count


def _columns(options: Namespace, sheet: Sheet[Row], *, in_table: bool) -> list[OutputColumn[Row]]:
    """The columns that are asked for, or those that the format has by itself."""
    names = getattr(options, "columns", None)
    if names:
        by_name = {column.name: column for column in sheet.columns}
        return [by_name[name] for name in names]
    return [column for column in sheet.columns if (column.in_table if in_table else column.in_files)]


class _Counted(Generic[Row]):
    """Counts what is taken from it."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.count = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.count += 1
            yield row
