"""Find records that are the same article under several paths, of which one is shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator

from newsreader.domain.stories import MOST_REPORTS
from newsreader.domain.story_roles import MembershipReason, StoryRole
from newsreader.library.linking.components import Edge, Graph
from newsreader.library.linking.link_changes import LinkChanges
from newsreader.library.linking.linked_records import LinkedRecords
from newsreader.library.linking.lookups import groups_in, rows_in


def update_copies(connection: sqlite3.Connection, changes: LinkChanges) -> set[int]:
    """Update which records are copies, as far as changes may affect it.

    Records with one title key that share an address, directly or through others, are copies of that which is
    preferred. An address that too many have does not count, nor does a group that is too large.

    Returns:
        The records that are now copies of another record than before, or no longer copies.

    """
    return decide_copies(connection, _affected(connection, changes))


def decide_copies(connection: sqlite3.Connection, affected: Collection[int]) -> set[int]:
    """Decide which records are copies around some records; return those of which that has changed."""
    if not affected:
        return set()
    graph = Graph(lambda ids: _same_articles(connection, ids), MOST_REPORTS, grades=0)
    groups = graph.components(affected)
    records = LinkedRecords(connection)
    for group in groups:
        records.load(group)
    mains = {id_: records.by_preference(group)[0] for group in groups for id_ in group}
    changed = {id_ for id_, main in mains.items() if records.main_of(id_) != main}
    copies = [(mains[id_], id_) for id_ in changed if mains[id_] != id_]
    shown = [(id_,) for id_ in changed if mains[id_] == id_]
    connection.executemany(
        "UPDATE record SET role = ?, story = ?, reason = ?, reports = 1 WHERE id = ?",
        [(StoryRole.COPY, main, MembershipReason.SAME_PAGE, copy) for main, copy in copies],
    )
    connection.executemany("UPDATE member SET shown = 0 WHERE record_id = ?", [(id_,) for _, id_ in copies])
    connection.executemany(
        "UPDATE record SET role = 3 + front, story = NULL, reason = 0, reports = 1 WHERE id = ?", shown
    )
    connection.executemany(
        "UPDATE member SET shown = 1 + (SELECT front FROM record WHERE id = record_id) WHERE record_id = ?",
        shown,
    )
    return changed


def records_with_shared_addresses(connection: sqlite3.Connection) -> list[int]:
    """Return the records that may have a copy."""
    rows = connection.execute(
        "SELECT DISTINCT record_id FROM address WHERE key IN"
        " (SELECT key FROM address GROUP BY key HAVING count(*) BETWEEN 2 AND ?)",
        (MOST_REPORTS,),
    )
    return [id_ for (id_,) in rows]


def _affected(connection: sqlite3.Connection, changes: LinkChanges) -> set[int]:
    """Return the records whose group of copies may have changed."""
    found: set[int] = set()
    for key, rows in changes.owners_of_keys().items():
        if len(rows) > 1 or key in changes.owners.lost:
            found.update(id_ for (id_,) in rows)
    mains = changes.removed | found
    statement = "SELECT id, role, story FROM record WHERE id IN"
    mains |= {story for _, role, story in rows_in(connection, statement, found) if role == 0 and story}
    statement = "SELECT id FROM record WHERE role = 0 AND story IN"
    found |= {id_ for (id_,) in rows_in(connection, statement, mains)}
    return found


def _same_articles(connection: sqlite3.Connection, ids: set[int]) -> Iterator[Edge]:
    """Yield the pairs of records that share an address and a title key; the first is one of `ids`."""
    addresses: dict[int, list[int]] = {}
    for id_, key in rows_in(connection, "SELECT record_id, key FROM address WHERE record_id IN", ids):
        addresses.setdefault(key, []).append(id_)
    groups = groups_in(connection, "record_id", ("address", "key"), addresses, most=MOST_REPORTS)
    shared = {key: [id_ for (id_,) in rows] for key, rows in groups.items() if 1 < len(rows) <= MOST_REPORTS}
    everyone = {id_ for owners in shared.values() for id_ in owners}
    titles = dict(rows_in(connection, "SELECT id, title_key FROM record WHERE id IN", everyone))
    for key, owners in shared.items():
        for id_ in addresses[key]:
            if titles[id_] is not None:
                yield from (
                    (id_, other, 0) for other in owners if titles[other] == titles[id_] and other != id_
                )
