"""A piece of SQL that is true or false of a record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.query.ast import AllOf, AnyOf, Node, Term

if TYPE_CHECKING:
    from newsreader.domain.topics import TopicTree

IN_RECORDS = "SELECT rowid FROM passage_words WHERE passage_words MATCH ?"
"""The ids of the records in which something stands."""

MATCHING = f"id IN ({IN_RECORDS})"


def match_words(node: Node) -> str:
    """The node in the language of FTS5; empty where it asks for something else, too."""
    if isinstance(node, Term):
        return "" if node.is_literal else match(node)
    if isinstance(node, AllOf | AnyOf):
        parts = [match_words(part) for part in node.parts]
        operator = " AND " if isinstance(node, AllOf) else " OR "
        return operator.join(f"({part})" for part in parts) if all(parts) else ""
    return ""


def match(term: Term) -> str:
    """A term in the language of FTS5: always quoted, so that nothing in it is an operator."""
    phrase = " ".join(term.words).replace('"', '""')
    column = f"{term.column} : " if term.column else ""
    return f'{column}"{phrase}"' + ("*" if term.prefix else "")


def like(text: str) -> str:
    """A pattern that is a text as it stands."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


class QueryContext(NamedTuple):
    """What a filter may depend on besides its text."""

    topics: Callable[[], TopicTree]
    """Gives the tree of topics, which tells what is called by a short name."""
    reference: Callable[[], int]
    """Gives the moment that ages are counted from, in seconds since 1970 UTC."""
    marks_as_of: Callable[[], int | None] = lambda: None
    """Gives the time as of which stories are read, see `MarksSight`; None where nothing is marked."""
    last_visit: int = -1
    """When the reader was here last, in milliseconds since 1970 UTC; before everything if never."""
    has_pages: Callable[[], bool] = lambda: False
    """Tells whether pages were fetched, or links tried."""
    searches_pages: Callable[[], bool] = lambda: False
    """Tells whether there are texts of pages in which words are looked for, too."""


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
