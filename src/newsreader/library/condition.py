"""A piece of SQL that is true or false of a record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Condition(NamedTuple):
    """SQL with its parameters.

    `is_whole` where it needs no parentheses beside others: the stack of SQLite's parser holds about a hundred
    signs of what is not closed yet.
    """

    sql: str
    parameters: tuple[str | int, ...] = ()
    is_whole: bool = True

    @property
    def closed(self) -> str:
        """The SQL as it may stand beside any other."""
        return self.sql if self.is_whole else f"({self.sql})"


def joined(conditions: Sequence[Condition], operator: str) -> Condition:
    """Several conditions as one, with ` AND ` or ` OR ` between them."""
    if len(conditions) == 1:
        return conditions[0]
    sql = operator.join(condition.closed for condition in conditions)
    return Condition(sql, tuple(value for part in conditions for value in part.parameters), is_whole=False)
