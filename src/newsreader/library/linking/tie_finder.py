"""Find the ties between records: what their related lists mention, and which pages they share."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from typing import NamedTuple

from newsreader.domain.stories import MOST_REPORTS, Tie, strength
from newsreader.domain.story_roles import MembershipReason
from newsreader.library.linking.link_changes import Mention
from newsreader.library.linking.linked_records import LinkedRecords
from newsreader.library.linking.lookups import crowded, groups_in


class Sign(NamedTuple):
    """Where a tie comes from: the list of a record mentions an address, or it shares one with others."""

    record_id: int
    key: int
    is_shared: bool


class TieFinder:
    """Finds ties as the index now has the records. Nothing that too many have or mention ties anybody.

    Args:
        connection: Of the writer.

    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.records = LinkedRecords(connection)

    def find(self, mentions: Collection[Mention], keys: Collection[int]) -> dict[Sign, Tie]:
        """Find ties between records that are shown, whether or not they can unite them.

        Args:
            mentions: Entries of related lists.
            keys: Addresses that records may share.

        """
        many = crowded(
            self._connection, ("wanted", "key"), {mention.key for mention in mentions}, MOST_REPORTS
        )
        few = [mention for mention in mentions if mention.key not in many] if many else mentions
        owners = {
            key: rows
            for key, rows in self._groups(
                "record_id, deep", ("address", "key"), {mention.key for mention in few}.union(keys)
            ).items()
            if len(rows) <= MOST_REPORTS
        }
        self.records.load({row[0] for rows in owners.values() for row in rows})
        self.records.load({mention.namer for mention in few if mention.key in owners})
        mains = {key: self._mains([row[0] for row in rows]) for key, rows in owners.items()}
        ties: dict[Sign, Tie] = {}
        unknown: list[Mention] = []
        for mention in few:
            found = None
            if mention.key in mains:
                namer = self.records.main_of(mention.namer)
                found = next((main for main in mains[mention.key] if main != namer), None)
            if found is None:
                unknown.append(mention)
            else:
                ties[Sign(mention.namer, mention.key, is_shared=False)] = Tie(
                    namer, found, MembershipReason.LISTED
                )
        ties.update(self._ties_by_title(unknown))
        for key in keys:
            if key in owners and owners[key][0][1] and len(owners[key]) > 1:
                for id_, _ in owners[key]:
                    center, main = mains[key][0], self.records.main_of(id_)
                    if main != center:
                        ties[Sign(id_, key, is_shared=True)] = Tie(center, main, MembershipReason.SAME_PAGE)
        return ties

    def strength(self, tie: Tie) -> int | None:
        """Grade a tie; None where it can never unite the two records."""
        return strength(self.records[tie.a].report, self.records[tie.b].report, tie.reason)

    def _ties_by_title(self, mentions: Collection[Mention]) -> Iterator[tuple[Sign, Tie]]:
        """Find the ties of mentions whose address nobody else has, or too many."""
        titles = {mention.title_key for mention in mentions if mention.title_key is not None}
        groups = self._groups("id", ("record", "title_key"), titles)
        titled = {title: rows for title, rows in groups.items() if len(rows) <= MOST_REPORTS}
        for title in crowded(self._connection, ("wanted", "title_key"), titled, MOST_REPORTS):
            del titled[title]
        self.records.load({id_ for rows in titled.values() for (id_,) in rows})
        self.records.load({mention.namer for mention in mentions if mention.title_key in titled})
        mains = {title: self._mains([id_ for (id_,) in rows]) for title, rows in titled.items()}
        for mention in mentions:
            if mention.title_key in mains:
                namer = self.records.main_of(mention.namer)
                found = next((main for main in mains[mention.title_key] if main != namer), None)
                if found is not None:
                    sign = Sign(mention.namer, mention.key, is_shared=False)
                    yield sign, Tie(namer, found, MembershipReason.LISTED_BY_TITLE)

    def _mains(self, ids: list[int]) -> list[int]:
        """Return the records that are shown for some records, the preferred one first."""
        return self.records.by_preference({self.records.main_of(id_) for id_ in ids})

    def _groups(
        self, columns: str, table: tuple[str, str], values: Collection[int]
    ) -> dict[int, list[tuple[int, ...]]]:
        return groups_in(self._connection, columns, table, values, most=MOST_REPORTS)
