"""Statements with any number of parameters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

Ask = Callable[..., list[tuple[Any, ...]]]
"""Runs a statement with parameters and returns its rows."""

_CHUNK = 900
"""Parameters in one statement; SQLite allows at least 999."""


def select_in(
    execute: Callable[..., Iterable[tuple[Any, ...]]],
    statement: str,
    values: Iterable[Any],
    ending: str = "",
) -> Iterator[tuple[Any, ...]]:
    """Run a statement that ends in `IN`, followed by `ending`, for any number of values."""
    for chunk in chunks(values):
        yield from execute(f"{statement} ({placeholders(chunk)}) {ending}", chunk)


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Split values into lists that fit into one statement."""
    rest = list(values)
    for start in range(0, len(rest), _CHUNK):
        yield rest[start : start + _CHUNK]


def placeholders(values: list[Any]) -> str:
    """Return a comma-separated question mark for each value."""
    return ",".join("?" * len(values))
