"""Records as story linking reads them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from newsreader.domain.stories import StoryReport
from newsreader.domain.story_roles import StoryRole
from newsreader.library.linking.lookups import rows_in

_COLUMNS = (
    "id, place, undated, published_at, front, heat, quality, title, title_key, role, story, reason, reports"
)


class LinkedRecord(NamedTuple):
    """A record with the role that it has in its story."""

    report: StoryReport
    title_key: int | None
    role: int
    story: int | None
    reason: int
    reports: int


class LinkedRecords:
    """Reads records once and keeps them."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._records: dict[int, LinkedRecord] = {}
        self._depths: dict[int, int] = {}

    def load(self, ids: Iterable[int]) -> None:
        """Read records with those of which they are copies; ids without a record are ignored."""
        missing = set(ids).difference(self._records)
        while missing:
            statement = f"SELECT {_COLUMNS} FROM record WHERE id IN"  # noqa: S608 - fixed names
            mains: set[int] = set()
            for id_, place, undated, seconds, front, heat, quality, title, title_key, *role in rows_in(
                self._connection, statement, missing
            ):
                report = StoryReport(place, None if undated else seconds, bool(front), heat, quality, title)
                record = self._records[id_] = LinkedRecord(report, title_key, *role)
                if record.role == StoryRole.COPY and record.story is not None:
                    mains.add(record.story)
            missing = mains.difference(self._records, missing)

    def __getitem__(self, id_: int) -> LinkedRecord:
        return self._records[id_]

    def main_of(self, id_: int) -> int:
        """Return the record that is shown for a record: itself, unless it is a copy."""
        record = self._records[id_]
        return record.story if record.role == StoryRole.COPY and record.story is not None else id_

    def by_preference(self, ids: Iterable[int]) -> list[int]:
        """Sort records: those of the front page first, then those with the shortest paths."""
        found = list(ids)
        if len(found) < 2:
            return found
        unknown = set(found).difference(self._depths)
        paths = rows_in(self._connection, "SELECT id, path FROM file WHERE id IN", unknown)
        self._depths.update((id_, path.count(b"/")) for id_, path in paths)
        return sorted(found, key=self._preference)

    def _preference(self, id_: int) -> tuple[bool, int, int]:
        report = self._records[id_].report
        return not report.front, self._depths[id_], report.place
