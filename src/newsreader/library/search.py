"""A view -> SQL: which records, how many, in what order."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsreader.domain.query import Query, Term, parse
from newsreader.domain.view import Scope, View
from newsreader.library.schema import ORDERINGS

_SYMBOLS = 100
"""Most terms without a word that are looked for; SQLite allows 1,000 conditions in one statement."""

# Neither is ever in a record. SQLite cannot store the one, and FTS5 takes the other for the end of a query.
_IMPOSSIBLE_RE = re.compile("[\ud800-\udfff\0]")


class Selection(NamedTuple):
    """An SQL condition on `record` with its parameters, and the terms that order what it finds."""

    condition: str
    parameters: tuple[str | int, ...]
    ordering: str

    @property
    def ids(self) -> str:
        """The statement that gives the ids of the records in order."""
        return f"SELECT id FROM record WHERE {self.condition} ORDER BY {self.ordering}"  # noqa: S608


def compile_view(view: View) -> Selection:
    """The SQL for a view. Text from the view only ever enters as a parameter."""
    conditions: list[str] = []
    parameters: list[str | int] = []
    front = view.scope is Scope.FRONT
    if front:
        conditions.append("front = 1")
    if view.topic:
        fronts = "(1)" if front else "(0, 1)"
        conditions.append(
            "id IN (SELECT record_id FROM member WHERE topic_id ="  # noqa: S608 - `fronts` is one of two constants
            f" (SELECT id FROM topic WHERE folded = ?) AND front IN {fronts})"
        )
        parameters.append(_storable(view.topic.casefold()))
    if view.type:
        conditions.append("type = ?")
        parameters.append(_storable(view.type))
    condition, values = _compile_query(parse(_storable(view.filter)))
    conditions.extend(condition)
    parameters.extend(values)
    return Selection(" AND ".join(conditions) or "1", tuple(parameters), ORDERINGS[view.order])


def _compile_query(query: Query) -> tuple[list[str], list[str]]:
    worded = [term for term in query.terms if term.words]
    conditions: list[str] = []
    parameters: list[str] = []
    if worded:
        conditions.append("id IN (SELECT rowid FROM passage_words WHERE passage_words MATCH ?)")
        parameters.append(" AND ".join(_match(term) for term in worded))
    symbols = dict.fromkeys(term.text for term in query.terms if not term.words)
    for symbol in list(symbols)[:_SYMBOLS]:
        conditions.append(
            "id IN (SELECT id FROM passage WHERE"
            " instr(title || char(10) || excerpt || char(10) || provider || char(10) || topics, ?))"
        )
        parameters.append(symbol)
    return conditions, parameters


def _match(term: Term) -> str:
    """A term in the language of FTS5: always quoted, so that nothing in it is an operator."""
    phrase = " ".join(term.words).replace('"', '""')
    return f'"{phrase}"' + ("*" if term.prefix else "")


def _storable(text: str) -> str:
    """The text with a replacement character for each that no database can hold."""
    return _IMPOSSIBLE_RE.sub("\ufffd", text)
