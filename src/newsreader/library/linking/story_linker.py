"""Link records into stories: what `domain/stories.py` decides, from the index and back into it.

The index keeps the ties that may unite two records. Whether a tie may depends on these two alone, so it is
decided when either is written. Then only the components of such ties that changed are decided again, before
and after the change. So an updated index says the same as a fresh one, and the work depends on what changed,
not on the size of the corpus.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence

from newsreader.domain.stories import LARGEST_COMPONENT, Story, Tie, join
from newsreader.domain.story_roles import MembershipReason, StoryRole
from newsreader.library.linking.components import Graph
from newsreader.library.linking.duplicates import decide_copies, records_with_shared_addresses, update_copies
from newsreader.library.linking.link_changes import LinkChanges, Mention, mentions_of
from newsreader.library.linking.linked_records import LinkedRecords
from newsreader.library.linking.lookups import rows_in, update_in
from newsreader.library.linking.tie_finder import Sign, TieFinder
from newsreader.library.linking.tie_table import StoredTie, edges_of, replace_ties, stored_ties

_SHOW_ALONE = """
UPDATE member SET shown = 1 + (SELECT front FROM record WHERE id = record_id)
WHERE (SELECT role FROM record WHERE id = record_id) = 2 AND record_id IN"""

_STAND_ALONE = """
UPDATE record SET role = 3 + front, story = NULL, reason = 0, reports = 1
WHERE role <> 0 AND (story IS NOT NULL OR role <> 3 + front) AND id IN"""


_SHARED = """
SELECT key FROM address WHERE EXISTS (
    SELECT 1 FROM address AS other WHERE other.key = address.key AND other.record_id <> address.record_id
) AND record_id IN"""
"""The addresses of some records that others have, too."""

_FORGET = """
UPDATE member SET shown = 1 + (SELECT front FROM record WHERE id = record_id)
WHERE record_id IN (SELECT id FROM record WHERE story IS NOT NULL);
UPDATE record SET role = 3 + front, story = NULL, reason = 0, reports = 1 WHERE story IS NOT NULL;
DELETE FROM tie
"""

PORTION = 3_000
"""Records that are linked in one transaction of a first build."""


class StoryLinker:
    """Keeps the stories of an index in step with its records, within the transactions of the writer.

    Args:
        connection: Of the writer.

    Attributes:
        is_deferred: Whether changes are ignored until `link_all`.

    """

    is_deferred = False

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._changes = LinkChanges(connection)

    def add(self, ids: Iterable[int]) -> None:
        """Relink records that are new or changed."""
        if not self.is_deferred:
            self._changes.written.update(ids)

    def mark_for_relink(self, ids: Iterable[int]) -> None:
        """Relink the neighbours of records that are about to be deleted or replaced."""
        if not self.is_deferred:
            self._changes.remove(list(ids))

    def link(self) -> None:
        """Bring the stories up to date."""
        if not self._changes:
            return
        changes, self._changes = self._changes, LinkChanges(self._connection)
        changes.count_written()
        moved = update_copies(self._connection, changes)
        changes.include(moved)
        finder = TieFinder(self._connection)
        old, new = self._ties(changes, moved, finder)
        changed = {
            id_
            for sign in old.keys() | new.keys()
            if old.get(sign) != new.get(sign)
            for tie in (old.get(sign), new.get(sign))
            if tie is not None
            for id_ in tie[:2]
        }
        affected = changed | moved | changes.removed
        affected = affected.union(*self._graph().components(affected))
        replace_ties(self._connection, old, new)
        self._link((affected - changes.removed) | changes.written | moved, finder)

    def link_all(self) -> Iterator[tuple[int, int]]:
        """Link all records at the end of a first build, whatever an earlier attempt has done.

        It decides what `link` would, record by record, but each tie once: all records are known, so nobody
        has to look for those that mention a new one. Each step is meant for a transaction of its own.

        Yields:
            How many of how many records are done; the first steps do none.

        """
        self.is_deferred = False
        total = self._connection.execute("SELECT count(*) FROM record").fetchone()[0]
        if not total:
            return
        for statement in _FORGET.split(";"):
            self._connection.execute(statement)
        yield 0, total
        for candidates in _portions(records_with_shared_addresses(self._connection)):
            decide_copies(self._connection, candidates)
            yield 0, total
        for ids in self._record_ids():
            self._find_ties(ids)
            yield 0, total
        done = 0
        elsewhere: set[int] = set()  # records of later portions that belong to a story of an earlier one
        for ids in self._record_ids():
            linked = self._link(ids - elsewhere, TieFinder(self._connection))
            elsewhere = elsewhere.union(linked) - ids
            done += len(ids)
            yield done, total

    def _record_ids(self) -> Iterator[set[int]]:
        """Yield the ids of all records, portion by portion."""
        last = 0
        while True:
            rows = self._connection.execute(
                "SELECT id FROM record WHERE id > ? ORDER BY id LIMIT ?", (last, PORTION)
            ).fetchall()
            if not rows:
                return
            yield {id_ for (id_,) in rows}
            last = rows[-1][0]

    def _find_ties(self, ids: set[int]) -> None:
        """Store the ties of records that have none yet."""
        finder = TieFinder(self._connection)
        keys = {key for (key,) in self._rows(_SHARED, ids)}
        ties = {
            sign: StoredTie(*tie, strength)
            for sign, tie in finder.find(mentions_of(self._connection, ids), keys).items()
            if sign.record_id in ids and (strength := finder.strength(tie)) is not None
        }
        replace_ties(self._connection, {}, ties)

    def _ties(
        self, changes: LinkChanges, moved: set[int], finder: TieFinder
    ) -> tuple[dict[Sign, StoredTie], dict[Sign, StoredTie]]:
        """Return the ties that changes may affect, as they are stored and as they are now."""
        own = changes.removed | changes.written | moved
        mentions = changes.mentions(changes.written | moved)
        signs = {Sign(mention.namer, mention.key, is_shared=False) for mention in mentions}
        new = {
            sign: StoredTie(*tie, strength)
            for sign, tie in finder.find(mentions, changes.keys).items()
            if (strength := finder.strength(tie)) is not None
        }
        others = {mention.namer for mention in mentions}
        others.update(id_ for rows in changes.owners_of_keys().values() for (id_,) in rows)
        fresh = changes.written - changes.removed
        old = {
            sign: tie
            for sign, tie in stored_ties(self._connection, (own | others) - fresh)
            if sign.record_id in own or sign in signs or (sign.is_shared and sign.key in changes.keys)
        }
        return old, new

    def _graph(self) -> Graph:
        return Graph(lambda ids: edges_of(self._connection, ids), LARGEST_COMPONENT)

    def _link(self, ids: set[int], finder: TieFinder) -> Collection[int]:
        """Decide the stories around records; return the records that have ties."""
        components = self._graph().components(ids)
        self._stand_alone({id_ for component in components if len(component) == 1 for id_ in component})
        linked = [component for component in components if len(component) > 1]
        component_of = {id_: number for number, component in enumerate(linked) for id_ in component}
        records = finder.records
        records.load(component_of)
        ties = [
            tie
            for tie in self._ties_among(component_of.keys(), finder)
            if tie.a in component_of and component_of[tie.a] == component_of.get(tie.b)
        ]
        self._write(component_of, records, join({id_: records[id_].report for id_ in component_of}, ties))
        return component_of.keys()

    def _ties_among(self, ids: Iterable[int], finder: TieFinder) -> list[Tie]:
        """Return all ties between records, those included that cannot unite them, and some to others."""
        mains = set(ids)
        copies = rows_in(self._connection, "SELECT id FROM record WHERE role = 0 AND story IN", mains)
        everyone = mains.union(id_ for (id_,) in copies)
        keys = {key for (key,) in self._rows("SELECT key FROM address WHERE record_id IN", everyone)}
        titles = {title for (title,) in self._rows("SELECT title_key FROM record WHERE id IN", everyone)}
        statement = "SELECT record_id, key, title_key FROM wanted WHERE record_id IN"
        mentions = {Mention(*row) for row in self._rows(statement, everyone)}
        titles.discard(None)
        near = {mention for mention in mentions if mention.key in keys or mention.title_key in titles}
        return list(finder.find(near, keys).values())

    def _rows(self, statement: str, ids: set[int]) -> Iterable[tuple]:  # type: ignore[type-arg]
        return rows_in(self._connection, statement, ids)

    def _stand_alone(self, ids: set[int]) -> None:
        """Make records stories of their own, which most are."""
        for statement in (_SHOW_ALONE, _STAND_ALONE):
            update_in(self._connection, statement, ids)

    def _write(self, ids: Iterable[int], records: LinkedRecords, stories: list[Story]) -> None:
        joined: dict[int, tuple[int | None, int, int]] = dict.fromkeys(ids, (None, MembershipReason.LEAD, 1))
        for story in stories:
            lead = story.members[0][0]
            joined.update({id_: (lead, reason, len(story.members)) for id_, reason in story.members})
        changed: list[tuple[int | None, ...]] = []
        moved: list[tuple[int, int]] = []
        for id_, (lead_id, reason, reports) in joined.items():
            before = records[id_]
            role = StoryRole.of(front=before.report.front, leads=lead_id in (None, id_))
            if (role, lead_id, reason, reports) != before[2:]:
                changed.append((role, lead_id, reason, reports, id_))
            if role.shown != StoryRole(before.role).shown:
                moved.append((role.shown, id_))
        self._connection.executemany(
            "UPDATE record SET role = ?, story = ?, reason = ?, reports = ? WHERE id = ?", changed
        )
        self._connection.executemany("UPDATE member SET shown = ? WHERE record_id = ?", moved)


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), PORTION):
        yield ids[start : start + PORTION]
