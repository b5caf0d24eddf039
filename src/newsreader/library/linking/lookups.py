"""Look up rows of the index by many values at once."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from newsreader.library.sqlite.statements import chunks, placeholders, select_in

_ROWS_PER_VALUE = 8
"""Rows that a chunk returns for each value on average before its values are looked up one by one."""


def rows_in(
    connection: sqlite3.Connection, statement: str, values: Iterable[int | None]
) -> Iterator[tuple[Any, ...]]:
    """Run a statement that ends in `IN` for any number of values."""
    return select_in(connection.execute, statement, values)


def update_in(connection: sqlite3.Connection, statement: str, values: Iterable[int]) -> None:
    """Run an update that ends in `IN` for any number of values."""
    for chunk in chunks(values):
        connection.execute(f"{statement} ({placeholders(chunk)})", chunk)


def groups_in(
    connection: sqlite3.Connection,
    columns: str,
    table_and_column: tuple[str, str],
    values: Collection[int],
    *,
    most: int,
    slack: Mapping[int, int] | None = None,
) -> dict[int, list[tuple[Any, ...]]]:
    """Look up rows by value, without reading all rows of a value that has too many.

    Args:
        connection: To the index.
        columns: To select.
        table_and_column: Where to look; the column has to be the first of an index.
        values: Of that column.
        most: Rows that are wanted of each value. One more is returned where there are more.
        slack: By value, how many rows are wanted in addition.

    Returns:
        By value, the rows; none for a value without rows.

    """
    table, column = table_and_column
    statement = f"SELECT {column}, {columns} FROM {table} WHERE {column}"  # noqa: S608 - fixed names
    groups: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for chunk in chunks(values):
        limit = _ROWS_PER_VALUE * len(chunk)
        rows = connection.execute(
            f"{statement} IN ({placeholders(chunk)}) LIMIT {limit + 1}", chunk
        ).fetchall()
        if len(rows) > limit:
            rows = []
            for value in chunk:
                bound = most + (slack or {}).get(value, 0) + 1
                rows += connection.execute(f"{statement} = ? LIMIT {bound}", (value,)).fetchall()
        for value, *row in rows:
            groups[value].append(tuple(row))
    return dict(groups)


def crowded(
    connection: sqlite3.Connection, table_and_column: tuple[str, str], values: Iterable[int], most: int
) -> set[int]:
    """Return the values that more than `most` rows have, reading no more than that of each."""
    table, column = table_and_column
    one_more = f"SELECT 1 FROM {table} WHERE {column} = value LIMIT 1 OFFSET {most}"  # noqa: S608 - fixed names
    found = connection.execute(
        f"SELECT value FROM json_each(?) WHERE ({one_more})",  # noqa: S608
        (json.dumps(list(values)),),
    )
    return {value for (value,) in found}
