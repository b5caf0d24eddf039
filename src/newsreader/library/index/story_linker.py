"""Joining records into stories: what `domain/stories.py` decides, from the index and back into it.

Only records that something has changed around are looked at: those that came or went, whatever is tied to
them, and so on until nothing more is. So an index that was brought up to date says the same as a fresh one.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from newsreader.domain.stories import MOST_REPORTS, Story, StoryReport, Tie, join
from newsreader.domain.story_roles import MembershipReason, StoryRole

_CHUNK = 900
"""Parameters in one statement; SQLite allows 999 at the least."""


_SHOW_ALONE = """
UPDATE member SET shown = 1 + (SELECT front FROM record WHERE id = record_id)
WHERE (SELECT standing FROM record WHERE id = record_id) IN (0, 2) AND record_id IN"""

_STAND_ALONE = """
UPDATE record SET standing = 3 + front, story = NULL, reason = 0, reports = 1
WHERE (story IS NOT NULL OR standing <> 3 + front) AND id IN"""


class _Known(NamedTuple):
    """A record as joining knows it."""

    report: StoryReport
    depth: int
    title_key: int | None
    standing: int
    story: int | None
    reason: int
    reports: int


class _Wish(NamedTuple):
    """What a record's list names: an address and, should nobody have that, a title."""

    namer: int
    key: int
    title_key: int | None


class StoryLinker:
    """Keeps the stories of an index in step with its records, within the transactions of the writer.

    Args:
        connection: Of the writer.

    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._touched: set[int] = set()

    def touch(self, ids: Iterable[int]) -> None:
        """These records are new, or not what they were."""
        self._touched.update(ids)

    def let_go(self, ids: Iterable[int]) -> None:
        """These records are about to go: whatever is tied to them has to be joined anew."""
        gone = set(ids)
        self._touched |= _Neighbourhood(self._connection, gone, len(gone)).tied
        self._touched -= gone

    def join(self) -> None:
        """Bring the stories up to date."""
        if not self._touched:
            return
        reached: set[int] = set()
        fresh = self._touched
        around = _Neighbourhood(self._connection, fresh, len(self._touched))
        while fresh:
            reached |= fresh
            fresh = around.tied - reached
            around.widen(fresh)
        self._touched = set()
        linked = around.linked() & reached
        self._stand_alone(reached - linked)
        known = self._read(linked)
        self._write(known, *_decide(known, around))

    def _stand_alone(self, ids: set[int]) -> None:
        """Nothing is tied to these records, which are most: they need no thought."""
        for statement in (_SHOW_ALONE, _STAND_ALONE):
            for part in _parts(ids):
                self._connection.execute(f"{statement} ({','.join('?' * len(part))})", part)

    def _read(self, ids: set[int]) -> dict[int, _Known]:
        statement = (
            "SELECT record.id, record.place, undated, published_at, front, heat, quality, path, title_key,"
            " title, standing, story, reason, reports FROM record JOIN file USING (id) WHERE record.id IN"
        )
        known = {}
        for row in _asked(self._connection, statement, ids):
            id_, place, undated, seconds, front, heat, quality, path, title_key, title, *joined = row
            report = StoryReport(place, None if undated else seconds, bool(front), heat, quality, title)
            known[id_] = _Known(report, path.count(b"/"), title_key, *joined)
        return known

    def _write(self, known: dict[int, _Known], copies: dict[int, int], stories: list[Story]) -> None:
        joined: dict[int, tuple[int | None, int, int]] = dict.fromkeys(known, (None, 0, 1))
        joined.update({copy: (main, MembershipReason.SAME_PAGE, 1) for copy, main in copies.items()})
        for story in stories:
            lead = story.members[0][0]
            joined.update({id_: (lead, reason, len(story.members)) for id_, reason in story.members})
        changed: list[tuple[int | None, ...]] = []
        moved: list[tuple[int, int]] = []
        for id_, (lead_id, reason, reports) in joined.items():
            before = known[id_]
            standing = StoryRole.of(
                front=before.report.front, leads=lead_id in (None, id_), is_copy=id_ in copies
            )
            if (standing, lead_id, reason, reports) != before[3:]:
                changed.append((standing, lead_id, reason, reports, id_))
            if standing.shown != StoryRole(before.standing).shown:
                moved.append((standing.shown, id_))
        self._connection.executemany(
            "UPDATE record SET standing = ?, story = ?, reason = ?, reports = ? WHERE id = ?", changed
        )
        self._connection.executemany("UPDATE member SET shown = ? WHERE record_id = ?", moved)


class _Neighbourhood:
    """Who has which address or title, and who names it, around some records.

    What too many have or name ties nobody: a page that everybody lists is no sign of one story.

    Args:
        connection: Of the writer.
        ids: The records.
        slack: So many may have changed: what only now is too much still leads to whom it tied before.

    """

    def __init__(self, connection: sqlite3.Connection, ids: set[int], slack: int) -> None:
        self._connection = connection
        self._slack = slack
        self.owners: dict[int, set[int]] = defaultdict(set)
        self.deep: set[int] = set()
        self.titled: dict[int, set[int]] = defaultdict(set)
        self.wishes: set[_Wish] = set()
        self._namers: dict[int, set[int]] = defaultdict(set)
        self._title_namers: dict[int, set[int]] = defaultdict(set)
        self._asked_keys: set[int] = set()
        self._asked_titles: set[int] = set()
        self.tied: set[int] = set()
        self.widen(ids)

    def widen(self, ids: set[int]) -> None:
        """Look around more records, too."""
        keys: set[int] = set()
        titles: set[int] = set()
        for key, _ in self._ask("SELECT key, 0 FROM address WHERE record_id IN", ids):
            keys.add(key)
        for key, title in self._ask("SELECT key, title_key FROM wanted WHERE record_id IN", ids):
            keys.add(key)
            titles.add(title)
        for title, _ in self._ask("SELECT title_key, 0 FROM record WHERE id IN", ids):
            titles.add(title)
        titles.discard(None)
        keys -= self._asked_keys
        titles -= self._asked_titles
        self._asked_keys |= keys
        self._asked_titles |= titles
        for key, owner, is_deep in self._ask("SELECT key, record_id, deep FROM address WHERE key IN", keys):
            self.owners[key].add(owner)
            if is_deep:
                self.deep.add(key)
        for title, owner in self._ask("SELECT title_key, id FROM record WHERE title_key IN", titles):
            self.titled[title].add(owner)
        for column, asked in (("key", keys), ("title_key", titles)):
            statement = f"SELECT record_id, key, title_key FROM wanted WHERE {column} IN"  # noqa: S608
            for row in self._ask(statement, asked):
                wish = _Wish(*row)
                self.wishes.add(wish)
                self._namers[wish.key].add(wish.namer)
                if wish.title_key is not None:
                    self._title_namers[wish.title_key].add(wish.namer)
        for groups in (self.owners, self._namers):
            self._tie(groups, keys)
        for groups in (self.titled, self._title_namers):
            self._tie(groups, titles)

    def linked(self) -> set[int]:
        """Those of the records that share a page with another, name one, or are named by one."""
        found: set[int] = set()
        for owners in self.owners.values():
            if len(owners) > 1:
                found |= owners
        for wish in self.wishes:
            named = self.owners.get(wish.key) or self.titled.get(wish.title_key or 0)
            if named:
                found |= named
                found.add(wish.namer)
        return found

    def counts(self, wish: _Wish, *, by_title: bool) -> bool:
        """Whether few enough name the same."""
        namers = self._title_namers.get(wish.title_key or 0) if by_title else self._namers.get(wish.key)
        return namers is not None and len(namers) <= MOST_REPORTS

    def _tie(self, groups: dict[int, set[int]], keys: Iterable[int]) -> None:
        for key in keys:
            group = groups.get(key)
            if group and len(group) <= MOST_REPORTS + self._slack:
                self.tied |= group

    def _ask(self, statement: str, values: set[int]) -> Iterator[tuple[Any, ...]]:
        return _asked(self._connection, statement, values)


def _decide(known: dict[int, _Known], around: _Neighbourhood) -> tuple[dict[int, int], list[Story]]:
    """Which records are mere copies, of which record, and the stories of all others."""
    copies: dict[int, int] = {}
    ties: list[Tie] = []

    def best(ids: Iterable[int]) -> int | None:
        candidates = [copies.get(id_, id_) for id_ in ids if id_ in known]
        return min(candidates, key=_preference(known), default=None)

    for owners in around.owners.values():
        copies.update(_copies(owners & known.keys(), known))
    copies = {copy: _main_of(copy, copies) for copy in copies}
    for key in around.deep:
        owners = around.owners[key]
        center = best(owners) if 1 < len(owners) <= MOST_REPORTS else None
        if center is not None:
            ties += [
                Tie(center, copies.get(id_, id_), MembershipReason.SAME_PAGE)
                for id_ in owners
                if id_ in known
            ]
    for wish in around.wishes:
        namer = copies.get(wish.namer, wish.namer)
        named = best(around.owners.get(wish.key, set()) - {wish.namer, namer})
        reason = MembershipReason.LISTED
        if named is None and wish.title_key is not None:
            named = best(around.titled.get(wish.title_key, set()) - {wish.namer, namer})
            reason = MembershipReason.LISTED_BY_TITLE
        if named is not None and around.counts(wish, by_title=reason is MembershipReason.LISTED_BY_TITLE):
            ties.append(Tie(namer, named, reason))
    reports = {id_: record.report for id_, record in known.items() if id_ not in copies}
    return copies, join(reports, ties)


def _main_of(copy: int, copies: dict[int, int]) -> int:
    while copy in copies:
        copy = copies[copy]
    return copy


def _preference(known: dict[int, _Known]) -> Callable[[int], tuple[bool, int, int]]:
    """Which of several records is meant: that of the front page, or else that with the shortest path."""
    return lambda id_: (not known[id_].report.front, known[id_].depth, known[id_].report.place)


def _copies(owners: set[int], known: dict[int, _Known]) -> dict[int, int]:
    """Those records at one address that have one title, too, and the one of them that is shown."""
    if not 1 < len(owners) <= MOST_REPORTS:
        return {}
    by_title: dict[int, list[int]] = defaultdict(list)
    for id_ in owners:
        title_key = known[id_].title_key
        if title_key is not None:
            by_title[title_key].append(id_)
    copies = {}
    for same in by_title.values():
        main = min(same, key=_preference(known))
        copies.update({id_: main for id_ in same if id_ != main})
    return copies


def _asked(
    connection: sqlite3.Connection, statement: str, values: Iterable[int]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement that ends in IN, for any number of values."""
    for part in _parts(values):
        yield from connection.execute(f"{statement} ({','.join('?' * len(part))})", part)


def _parts(values: Iterable[int]) -> Iterator[list[int]]:
    """The values in portions that one statement takes."""
    listed = list(values)
    for start in range(0, len(listed), _CHUNK):
        yield listed[start : start + _CHUNK]
