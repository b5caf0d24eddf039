"""A view -> SQL: which records, how many, in what order. Text only ever enters as a parameter."""

from __future__ import annotations

import re
from typing import NamedTuple

from newsreader.domain.query import parse
from newsreader.domain.ranking import Order
from newsreader.domain.view import Scope, View
from newsreader.library.index.schema import ORDERINGS
from newsreader.library.queries.sql_condition import QueryContext

# Neither is ever in a record. SQLite cannot store the one, and FTS5 takes the other for the end of a query.
_IMPOSSIBLE_RE = re.compile("[\ud800-\udfff\0]")


MOST_RANKED = 5_000
"""Matches up to which relevance is worked out one by one: some ten milliseconds."""


_SHOWN = {
    (Scope.FRONT, True): "standing = 4",
    (Scope.FRONT, False): "standing IN (2, 4)",
    (Scope.EVERYTHING, True): "standing >= 3",
    (Scope.EVERYTHING, False): "standing >= 1",
}
"""Which records a list shows, whole or with each story in one row; see `domain/story_roles.py`."""

_WEIGHTS = "(passage_words, 8, 2, 1, 1)"
"""What a word counts in headline, excerpt, provider and topics."""

_IN_HEADLINE = "id IN (SELECT rowid FROM passage_words WHERE passage_words MATCH ?)"

_ONLY_IN_PAGE = (
    "id IN (WITH kept AS MATERIALIZED (SELECT id FROM record WHERE mark IN"
    " (SELECT rowid FROM pages.page_words WHERE page_words MATCH ?))"
    " SELECT id FROM kept WHERE id NOT IN"
    " (SELECT rowid FROM passage_words WHERE passage_words MATCH ? AND +rowid IN (SELECT id FROM kept)))"
)


class ViewQuery(NamedTuple):
    """An SQL condition on `record` with its parameters, and the terms that order what it finds.

    `relevance` is what to look for where the order is that of relevance: a text in the language of FTS5, and
    `page_relevance` the same for the texts of pages, empty where these are not looked at.
    """

    condition: str
    parameters: tuple[str | int, ...]
    ordering: str
    relevance: str = ""
    source: str = "record"
    page_relevance: str = ""

    @property
    def ids(self) -> str:
        """The statement that gives the ids of the records in order."""
        return f"SELECT id FROM {self.source} WHERE {self.condition} ORDER BY {self.ordering}"  # noqa: S608


def compile_view(view: View, surroundings: QueryContext, ruling: Order | None = None) -> ViewQuery:
    """The SQL for a view, in the order `ruling` where that is given.

    Raises:
        QueryError: the filter makes no sense.

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
    query = parse(_storable(view.filter))
    order = ruling or view.shown_order
    ordering = ORDERINGS["top" if order is Order.MATCH else order]
    relevance = page_relevance = ""
    if query.condition is not None:
        from newsreader.library.queries import (
            filter_sql as compiler,  # a list without a filter need not wait for it
        )

        condition = compiler.compile_condition(query.condition, surroundings)
        conditions.append(condition.closed)
        parameters.extend(condition.parameters)
        if order is Order.MATCH:
            relevance = compiler.relevance(query.condition)
            page_relevance = compiler.page_relevance(query.condition, surroundings)
    return ViewQuery(
        " AND ".join(conditions), tuple(parameters), ordering, relevance, page_relevance=page_relevance
    )


def by_score(selection: ViewQuery) -> ViewQuery:
    """The same records, the best match first: bm25, in which the headline counts four times the excerpt."""
    score = f"SELECT rowid AS hit, bm25{_WEIGHTS} AS score FROM passage_words WHERE passage_words MATCH ?"  # noqa: S608 - fixed weights
    return selection._replace(
        source=f"record LEFT JOIN ({score}) ON hit = record.id",
        parameters=(selection.relevance, *selection.parameters),
        ordering=f"score IS NULL, score, {selection.ordering}",
    )


def by_headline(selection: ViewQuery) -> ViewQuery:
    """The same records, those first that match by their headline: what can be told of many in no time.

    Those that match by the text of their page alone come last.
    """
    headline = f"title : ({selection.relevance})"
    if not selection.page_relevance:
        return selection._replace(
            parameters=(*selection.parameters, headline),
            ordering=f"{_IN_HEADLINE} DESC, {selection.ordering}",
        )
    return selection._replace(
        parameters=(*selection.parameters, selection.page_relevance, selection.relevance, headline),
        ordering=f"{_ONLY_IN_PAGE}, {_IN_HEADLINE} DESC, {selection.ordering}",
    )


def _storable(text: str) -> str:
    """The text with a replacement character for each that no database can hold."""
    return _IMPOSSIBLE_RE.sub("\ufffd", text)
