"""The columns and forms in which a command writes its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Generic, TypeVar

Row = TypeVar("Row")


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    URLS = "urls"
    MD = "md"


class OutputColumn(Generic[Row]):
    """A column of a table.

    Args:
        name: In the first line of files.
        text: Gives its cell of a row.
        heading: Above it on a terminal.
        numeric: Whether it holds numbers.
        widest: Most cells on a terminal; the last column takes what room is left.
        weight: Where there is no room, those with the least are left out first.
        in_table: Whether a table on a terminal has it unless told otherwise.
        in_files: Whether files have it unless told otherwise.

    """

    def __init__(
        self,
        name: str,
        text: Callable[[Row], str],
        heading: str = "",
        *,
        numeric: bool = False,
        widest: int = 40,
        weight: int = 5,
        in_table: bool = True,
        in_files: bool = True,
    ) -> None:
        self.name = name
        self.text = text
        self.heading = heading or name.upper()
        self.numeric = numeric
        self.widest = widest
        self.weight = weight
        self.in_table = in_table
        self.in_files = in_files


class Sheet(Generic[Row]):
    """How the rows of a command are written; None where a format makes no sense for them.

    Args:
        columns: In their order.
        as_json: Gives what JSON is made of.
        as_urls: Gives the addresses of a row.
        as_md: Gives a line of Markdown; without it, Markdown is a table.

    """

    def __init__(
        self,
        columns: Sequence[OutputColumn[Row]],
        as_json: Callable[[Row], object],
        as_urls: Callable[[Row], Iterable[str]] | None = None,
        as_md: Callable[[Row], str] | None = None,
    ) -> None:
        self.columns = columns
        self.as_json = as_json
        self.as_urls = as_urls
        self.as_md = as_md
