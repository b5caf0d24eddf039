"""SQL conditions on a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from newsreader.domain.query.ast import Node, Term
    from newsreader.domain.topics import TopicTree
    from newsreader.domain.view import View

IN_RECORDS = "SELECT rowid FROM passage_words WHERE passage_words MATCH ?"
"""The ids of the records that match an FTS5 query."""

MATCHING = f"id IN ({IN_RECORDS})"


def match_words(node: Node) -> str:
    """Return the FTS5 query of a node; "" if it has conditions of another kind."""
    from newsreader.domain.query.ast import AllOf, AnyOf, Term  # a start without a filter does not need it

    if isinstance(node, Term):
        return "" if node.is_literal else match(node)
    if isinstance(node, AllOf | AnyOf):
        parts = [match_words(part) for part in node.parts]
        operator = " AND " if isinstance(node, AllOf) else " OR "
        return operator.join(f"({part})" for part in parts) if all(parts) else ""
    return ""


def match(term: Term) -> str:
    """Return the FTS5 query of a term: always quoted, so that nothing in it is an operator."""
    phrase = " ".join(term.words).replace('"', '""')
    column = f"{term.column} : " if term.column else ""
    return f'{column}"{phrase}"' + ("*" if term.prefix else "")


def like(text: str) -> str:
    """Escape a text for LIKE."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


class QueryContext(NamedTuple):
    """What the meaning of a filter depends on, besides its text."""

    topics: Callable[[], TopicTree]
    """Returns the topic tree, which resolves short names."""
    reference: Callable[[], int]
    """Returns the time that ages are relative to, in seconds since 1970 UTC."""
    marks_as_of: Callable[[], int | None] = lambda: None
    """Returns the time of the read state (`AttachedMarks.as_of`); None if nothing is marked."""
    last_visit: int = -1
    """The last visit, in milliseconds since 1970 UTC; -1 if there was none."""
    has_pages: Callable[[], bool] = lambda: False
    """Whether there are fetched pages or link statuses."""
    searches_pages: Callable[[], bool] = lambda: False
    """Whether there are page texts to search."""
    hides: Callable[[], bool] = lambda: False
    """Whether any record is hidden."""
    language: Callable[[View], str] = lambda _: ""
    """Returns the language that a view shows, empty for every one."""


class Condition(NamedTuple):
    """SQL with its parameters.

    `is_whole` if it needs no parentheses next to others: the stack of SQLite's parser is limited to about a
    hundred open ones.
    """

    sql: str
    parameters: tuple[str | int, ...] = ()
    is_whole: bool = True

    @property
    def closed(self) -> str:
        """The SQL, in parentheses if needed."""
        return self.sql if self.is_whole else f"({self.sql})"


def joined(conditions: Sequence[Condition], operator: str) -> Condition:
    """Join conditions by ` AND ` or ` OR `."""
    if len(conditions) == 1:
        return conditions[0]
    sql = operator.join(condition.closed for condition in conditions)
    return Condition(sql, tuple(value for part in conditions for value in part.parameters), is_whole=False)
