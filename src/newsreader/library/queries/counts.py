"""The numbers beside the places of the sidebar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from newsreader.domain.statistics import Counts
from newsreader.domain.view import Scope

Ask = Callable[..., list[tuple[Any, ...]]]
"""Answers a statement with its parameters."""


def read_counts(ask: Ask, scope: Scope, last_visit: int | None) -> Counts:
    """Count the records of a corpus; those of topics, types and providers within the scope.

    Args:
        ask: Answers about an index.
        scope: How much of the corpus is in view.
        last_visit: In milliseconds since 1970 UTC, None where there was none.

    """
    front = int(ask("SELECT count(*) FROM record WHERE standing = 4")[0][0])
    everything = int(ask("SELECT count(*) FROM record WHERE standing >= 1")[0][0])
    is_front = scope is Scope.FRONT
    shown, standing = (2, 4) if is_front else (1, 1)
    topics = ask(
        "SELECT folded, count(*) FROM member JOIN topic ON topic.id = topic_id"
        " WHERE shown >= ? GROUP BY topic_id",
        (shown,),
    )
    types = ask(
        "SELECT type, count(*) FROM record WHERE standing >= ? GROUP BY type ORDER BY 2 DESC, 1",
        (standing,),
    )
    problems = int(ask("SELECT count(*) FROM problem")[0][0])
    providers = ask(
        "SELECT source, count(*) FROM record WHERE standing >= ? AND source <> ''"
        " GROUP BY source COLLATE NOCASE ORDER BY 2 DESC, 1",
        (standing,),
    )
    new = None if last_visit is None else _new(ask, last_visit)
    return Counts(front, everything, dict(topics), dict(types), problems, dict(providers), new)


def _new(ask: Ask, last_visit: int) -> int:
    statement = (
        "SELECT count(*) FROM record WHERE standing = 4 AND id IN (SELECT id FROM file WHERE arrived > ?)"
    )
    return int(ask(statement, (last_visit,))[0][0])
