"""The valid ties that the index keeps, by the lists and addresses they come from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from newsreader.domain.story_roles import MembershipReason
from newsreader.library.linking.components import Edge
from newsreader.library.linking.lookups import rows_in
from newsreader.library.linking.tie_finder import Sign


class StoredTie(NamedTuple):
    """Two records that may be united, why, and the grade of the tie (`stories.strength`)."""

    a: int
    b: int
    reason: int
    strength: int


def stored_ties(connection: sqlite3.Connection, ids: Iterable[int]) -> Iterator[tuple[Sign, StoredTie]]:
    """Yield the ties that come from the lists and addresses of some records."""
    statement = "SELECT record_id, key, a, b, reason, strength FROM tie WHERE record_id IN"
    for record_id, key, *tie in rows_in(connection, statement, ids):
        stored = StoredTie(*tie)
        yield Sign(record_id, key, stored.reason == MembershipReason.SAME_PAGE), stored


def edges_of(connection: sqlite3.Connection, ids: set[int]) -> Iterator[Edge]:
    """Yield the ties from and to some records."""
    yield from rows_in(connection, "SELECT a, b, strength FROM tie WHERE a IN", ids)
    yield from rows_in(connection, "SELECT b, a, strength FROM tie WHERE b IN", ids)


def replace_ties(
    connection: sqlite3.Connection, old: Mapping[Sign, StoredTie], new: Mapping[Sign, StoredTie]
) -> None:
    """Store ties in place of others."""
    connection.executemany(
        "DELETE FROM tie WHERE record_id = ? AND key = ? AND is_shared = ?",
        [sign for sign, tie in old.items() if new.get(sign) != tie],
    )
    connection.executemany(
        "INSERT INTO tie (record_id, key, is_shared, a, b, reason, strength) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(*sign, *tie) for sign, tie in new.items() if old.get(sign) != tie],
    )
