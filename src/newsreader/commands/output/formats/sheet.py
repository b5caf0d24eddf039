"""The columns and formats in which a command writes its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

Row = TypeVar("Row")


class Format(StrEnum):
    """Output format of rows."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    URLS = "urls"
    MD = "md"


class OutputColumn(NamedTuple, Generic[Row]):
    """A column of the output.

    `name` heads the column in files, `heading` on a terminal: the name in capitals unless given. `widest` is
    the maximum width on a terminal, in cells; the last column takes the remaining width. Columns with the
    least `weight` are dropped first from a table that is too wide. `in_table` and `in_files` say where the
    column is shown by default.
    """

    name: str
    text: Callable[[Row], str]
    heading: str = ""
    numeric: bool = False
    widest: int = 40
    weight: int = 5
    in_table: bool = True
    in_files: bool = True


class Sheet(NamedTuple, Generic[Row]):
    """The output formats of a command's rows. Without `as_md`, Markdown is a table."""

    columns: Sequence[OutputColumn[Row]]
    as_json: Callable[[Row], object]
    as_urls: Callable[[Row], Iterable[str]] | None = None
    as_md: Callable[[Row], str] | None = None
