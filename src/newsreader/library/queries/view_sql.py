"""Compile a view to SQL. Text is only ever passed as a parameter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.query import parse
from newsreader.domain.ranking import Order
from newsreader.domain.view import Scope, View
from newsreader.library.index.schema import ORDERINGS
from newsreader.library.marks.attached import HIDDEN
from newsreader.library.queries.sql_condition import QueryContext

if TYPE_CHECKING:
    from newsreader.domain.query.ast import Node

# Surrogates, which SQLite cannot store, and NUL, which ends a query of FTS5. Neither is ever in a record.
_IMPOSSIBLE_RE = re.compile("[\ud800-\udfff\0]")


MOST_RANKED = 5_000
"""Most matches to rank by score, which takes some ten milliseconds."""


_SHOWN = {
    (Scope.FRONT, True): "role = 4",
    (Scope.FRONT, False): "role IN (2, 4)",
    (Scope.EVERYTHING, True): "role >= 3",
    (Scope.EVERYTHING, False): "role >= 1",
}
"""The records of a list, by scope and whether stories are folded; see `domain/story_roles.py`."""

_WEIGHTS = "(passage_words, 8, 2, 1, 1, 1e-6)"
"""The weights of headline, excerpt, provider, topics and body: any other match outranks one in the body."""

_MATCHES = "id IN (SELECT rowid FROM passage_words WHERE passage_words MATCH ?)"

_ONLY_IN_PAGE = (
    "id IN (WITH fetched AS MATERIALIZED (SELECT id FROM record WHERE mark IN"
    " (SELECT rowid FROM pages.page_words WHERE page_words MATCH ?))"
    " SELECT id FROM fetched WHERE id NOT IN"
    " (SELECT rowid FROM passage_words WHERE passage_words MATCH ? AND +rowid IN (SELECT id FROM fetched)))"
)


class ViewQuery(NamedTuple):
    """An SQL condition on `record` with its parameters, and the terms of the order.

    `relevance` is the FTS5 query that ranks the records, if they are sorted by relevance; `page_relevance` is
    that of page texts, "" if these are not searched.
    """

    condition: str
    parameters: tuple[str | int, ...]
    ordering: str
    relevance: str = ""
    source: str = "record"
    page_relevance: str = ""

    @property
    def ids(self) -> str:
        """The statement that selects the ids of the records in order."""
        return f"SELECT id FROM {self.source} WHERE {self.condition} ORDER BY {self.ordering}"  # noqa: S608


def compile_view(view: View, context: QueryContext, ruling: Order | None = None) -> ViewQuery:
    """Compile a view; `ruling` overrides its order.

    Raises:
        QueryError: the filter is invalid.

    """
    conditions: list[str] = []
    parameters: list[str | int] = []
    conditions.append(_SHOWN[view.scope, view.is_folded])
    if view.topic:
        shown = "(2)" if view.scope is Scope.FRONT and view.is_folded else "(1, 2)"
        conditions.append(
            "id IN (SELECT record_id FROM member WHERE topic_id ="  # noqa: S608 - `shown` is one of two constants
            f" (SELECT id FROM topic WHERE folded = ?) AND shown IN {shown})"
        )
        parameters.append(_storable(view.topic.casefold()))
    if view.type:
        conditions.append("type = ?")
        parameters.append(_storable(view.type))
    if view.provider:
        conditions.append("source = ? COLLATE NOCASE")
        parameters.append(_storable(view.provider))
    if language := context.language(view):
        conditions.append("language IN (?, '')")
        parameters.append(_storable(language))
    query = parse(_storable(view.filter))
    if context.hides() and not (query.condition is not None and _mentions_hidden(query.condition)):
        conditions.append(f"id NOT IN ({HIDDEN})")
    order = ruling or view.shown_order
    ordering = ORDERINGS["top" if order is Order.MATCH else order]
    relevance = page_relevance = ""
    if query.condition is not None:
        from newsreader.library.queries import (
            filter_sql as compiler,  # not needed without a filter
        )

        condition = compiler.compile_condition(query.condition, context)
        conditions.append(condition.closed)
        parameters.extend(condition.parameters)
        if order is Order.MATCH:
            relevance = compiler.relevance(query.condition)
            page_relevance = compiler.page_relevance(query.condition, context)
    return ViewQuery(
        " AND ".join(conditions), tuple(parameters), ordering, relevance, page_relevance=page_relevance
    )


def by_score(selection: ViewQuery) -> ViewQuery:
    """Sort by relevance (BM25): the headline counts four times as much as the excerpt, the body least."""
    score = f"SELECT rowid AS hit, bm25{_WEIGHTS} AS score FROM passage_words WHERE passage_words MATCH ?"  # noqa: S608 - fixed weights
    return selection._replace(
        source=f"record LEFT JOIN ({score}) ON hit = record.id",
        parameters=(selection.relevance, *selection.parameters),
        ordering=f"score IS NULL, score, {selection.ordering}",
    )


def by_headline(selection: ViewQuery, *, in_bodies: bool = True) -> ViewQuery:
    """Sort matches by where they are: headline, excerpt, body, page text; fast for many records.

    `in_bodies` is False if no body matches.
    """
    headline = f"title : ({selection.relevance})"
    summary = f"{{title excerpt provider topics}} : ({selection.relevance})"
    places = (headline, summary) if in_bodies else (headline,)
    ordering = f"{_MATCHES} DESC, " * len(places) + selection.ordering
    if not selection.page_relevance:
        return selection._replace(parameters=(*selection.parameters, *places), ordering=ordering)
    in_page = (selection.page_relevance, selection.relevance)
    return selection._replace(
        parameters=(*selection.parameters, *in_page, *places),
        ordering=f"{_ONLY_IN_PAGE}, {ordering}",
    )


def _mentions_hidden(node: Node) -> bool:
    """Whether a filter asks for hidden records, or for those that are not hidden."""
    from newsreader.domain.query.ast import AllOf, AnyOf, Has, Not  # only where records are hidden
    from newsreader.domain.query.fields import State

    if isinstance(node, AllOf | AnyOf):
        return any(map(_mentions_hidden, node.parts))
    if isinstance(node, Not):
        return _mentions_hidden(node.part)
    return isinstance(node, Has) and node.state is State.HIDDEN


def _storable(text: str) -> str:
    """Replace the characters that no database can store."""
    return _IMPOSSIBLE_RE.sub("\ufffd", text)
