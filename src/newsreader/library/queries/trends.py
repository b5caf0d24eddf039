"""Count the records of a view by week, topic and provider."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from newsreader.domain.dates import WEEK
from newsreader.domain.trends import MOST_NAMED, TO_MONDAY, Trend, Trends
from newsreader.library.queries.view_sql import ViewQuery
from newsreader.library.sqlite.statements import Ask

_AGES = 200_000
"""Weeks to add before a division and to subtract after it, as SQLite rounds towards zero."""

_WEEK = f"(published_at + {TO_MONDAY + _AGES * WEEK}) / {WEEK} - {_AGES}"


def read_trends(ask: Ask, selection: ViewQuery, covering: Iterable[str] = ()) -> Trends:
    """Return the trends of a selection.

    `covering` are the folded names of topics to leave out, as all of these records belong to them.
    """
    parameters = selection.parameters
    found = f"FROM record WHERE {selection.condition} AND undated = 0"
    undated = f"SELECT count(*) FROM record WHERE {selection.condition} AND undated = 1"  # noqa: S608
    weeks = f"SELECT {_WEEK}, count(*) {found} GROUP BY 1"
    topics = (
        "SELECT folded, name, week, records FROM topic JOIN ("  # noqa: S608 - conditions have no user input
        " SELECT topic_id, week, count(*) AS records FROM member"
        f" JOIN (SELECT id AS found_id, {_WEEK} AS week {found}) ON record_id = found_id GROUP BY 1, 2"
        ") ON topic.id = topic_id"
    )
    providers = f"SELECT source, {_WEEK}, count(*) {found} AND source <> '' GROUP BY source COLLATE NOCASE, 2"
    excluded = set(covering)
    by_topic = (row for row in ask(topics, parameters) if row[0] not in excluded)
    by_provider = (
        (source.casefold(), source, week, count) for source, week, count in ask(providers, parameters)
    )
    counted = dict[int, int](ask(weeks, parameters))
    return Trends(counted, ask(undated, parameters)[0][0], _most(by_topic), _most(by_provider))


def _most(rows: Iterable[tuple[str, str, int, int]]) -> tuple[Trend, ...]:
    """Return the names with most records, from rows of key, name, week and count."""
    weeks: defaultdict[str, dict[int, int]] = defaultdict(dict)
    names: dict[str, str] = {}
    for key, name, week, count in rows:
        weeks[key][week] = count
        names.setdefault(key, name)
    trends = [Trend(names[key], sum(counts.values()), counts) for key, counts in weeks.items()]
    return tuple(sorted(trends, key=lambda trend: (-trend.records, trend.name))[:MOST_NAMED])
