"""What the writer changed since stories were last linked, and which ties that may affect."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from newsreader.domain.stories import LONGEST, MOST_REPORTS
from newsreader.library.linking.lookups import crowded, groups_in, rows_in

_NEAR = f"""namer.role = 0 OR other.role = 0 OR namer.undated OR other.undated
OR abs(namer.published_at - other.published_at) <= {LONGEST}"""
"""Whether the times of two records allow a story of both; of a copy, the shown record's time counts."""

_LEADING_SOMEWHERE = f"""
SELECT record_id, key, wanted.title_key FROM wanted JOIN record AS namer ON namer.id = record_id WHERE (
    EXISTS (
        SELECT 1 FROM (SELECT record_id AS id FROM address WHERE key = wanted.key LIMIT {MOST_REPORTS + 1})
        JOIN record AS other USING (id) WHERE {_NEAR}
    )
    OR EXISTS (
        SELECT 1 FROM (SELECT * FROM record WHERE title_key = wanted.title_key LIMIT {MOST_REPORTS + 1})
        AS other WHERE {_NEAR}
    )
) AND record_id IN"""  # noqa: S608 - fixed names
"""The mentions of some records, except those that only lead to records of another time, or to none."""


class Mention(NamedTuple):
    """An entry of a related list: an address and, should nobody have that, a title."""

    namer: int
    key: int
    title_key: int | None


def mentions_of(connection: sqlite3.Connection, ids: Collection[int]) -> set[Mention]:
    """Return the mentions of some records that may lead to a tie."""
    return {Mention(*row) for row in rows_in(connection, _LEADING_SOMEWHERE, ids)}


class Tally:
    """How the number of rows with a value has changed."""

    def __init__(self) -> None:
        self.net: Counter[int] = Counter()
        self.gross: Counter[int] = Counter()
        self.lost: set[int] = set()
        """Values of rows that were removed."""

    def add(self, values: Collection[int], sign: int) -> None:
        """Count rows that were added (1) or removed (-1)."""
        self.gross.update(values)
        if sign > 0:
            self.net.update(values)
        else:
            self.net.subtract(values)
            self.lost.update(values)

    def were_few(self, value: int, now: int) -> bool:
        """Whether few enough rows had a value before; `now` is how many have it."""
        return now - self.net[value] <= MOST_REPORTS


class LinkChanges:
    """Collects the records that were written or removed, with their addresses, titles and related lists.

    Attributes:
        written: Records that are new, or not what they were.
        removed: Records that were deleted or replaced, as far as they had been linked.
        keys: Addresses of all of them, before and after.
        titles: Keys of their titles, before and after.

    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.written: set[int] = set()
        self.removed: set[int] = set()
        self.keys: set[int] = set()
        self.titles: set[int] = set()
        self.owners = Tally()
        self._namers = Tally()
        self._title_namers = Tally()

    def __bool__(self) -> bool:
        return bool(self.written or self.removed)

    def remove(self, ids: Collection[int]) -> None:
        """Note records that are about to be deleted or replaced, while they are still there."""
        linked = set(ids) - self.written
        self._count(linked, -1)
        self.written.difference_update(ids)
        self.removed |= linked

    def count_written(self) -> None:
        """Read what the written records say."""
        self._count(self.written, 1)

    def include(self, ids: Collection[int]) -> None:
        """Look at the ties of more records, of which nothing but their role has changed."""
        self.keys.update(key for (key,) in self._rows("SELECT key FROM address WHERE record_id IN", ids))
        self._include_titles(ids)

    def mentions(self, ids: Collection[int]) -> set[Mention]:
        """Return the mentions that may lead elsewhere than before.

        Args:
            ids: Records whose own lists are looked at, too.

        """
        found = mentions_of(self._connection, ids)
        for column, other, own, tally in (
            ("key", "title_key", self.keys, self._namers),
            ("title_key", "key", self.titles, self._title_namers),
        ):
            place = ("wanted", column)
            values = own | tally.lost
            values |= crowded(self._connection, place, tally.gross.keys() - values, MOST_REPORTS)
            groups = groups_in(
                self._connection,
                f"record_id, {other}",
                place,
                values,
                most=MOST_REPORTS,
                slack=tally.gross,
            )
            keys = self.keys if column == "title_key" else ()
            for value, rows in groups.items():
                are_few, were_few = len(rows) <= MOST_REPORTS, tally.were_few(value, len(rows))
                if are_few != were_few or (are_few and value in own):
                    if column == "key":
                        found.update([Mention(namer, value, title) for namer, title in rows])
                    else:
                        # Those of an address that was looked up have been found by it.
                        found.update([Mention(namer, key, value) for namer, key in rows if key not in keys])
        return found

    def owners_of_keys(self) -> dict[int, list[tuple[int]]]:
        """Return the records with each of the addresses that few enough have or had."""
        groups = groups_in(
            self._connection,
            "record_id",
            ("address", "key"),
            self.keys,
            most=MOST_REPORTS,
            slack=self.owners.gross,
        )
        return {
            key: rows
            for key, rows in groups.items()
            if len(rows) <= MOST_REPORTS or self.owners.were_few(key, len(rows))
        }

    def _count(self, ids: Collection[int], sign: int) -> None:
        keys = [key for (key,) in self._rows("SELECT key FROM address WHERE record_id IN", ids)]
        self.keys.update(keys)
        self.owners.add(keys, sign)
        self._include_titles(ids)
        mentions = self._read_mentions(ids)
        self._namers.add([mention.key for mention in mentions], sign)
        titles = [mention.title_key for mention in mentions if mention.title_key is not None]
        self._title_namers.add(titles, sign)

    def _include_titles(self, ids: Collection[int]) -> None:
        rows = self._rows("SELECT title_key FROM record WHERE title_key IS NOT NULL AND id IN", ids)
        self.titles.update(title for (title,) in rows)

    def _read_mentions(self, ids: Collection[int]) -> list[Mention]:
        statement = "SELECT record_id, key, title_key FROM wanted WHERE record_id IN"
        return [Mention(*row) for row in self._rows(statement, ids)]

    def _rows(self, statement: str, ids: Collection[int]) -> Iterable[tuple]:  # type: ignore[type-arg]
        return rows_in(self._connection, statement, ids)
