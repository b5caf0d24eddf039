"""Reading the index: windows of headlines, counts, pages. One connection, one thread at a time."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from itertools import chain
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any, TypeVar

from newsreader.domain.dates import Moment
from newsreader.domain.marks import MarkSet
from newsreader.domain.view import AgesFrom, Scope, View
from newsreader.library.errors import IndexFailedError, Interrupted
from newsreader.library.index.schema import open_reader
from newsreader.library.marks.attached import AttachedMarks
from newsreader.library.pages.attached import AttachedPages
from newsreader.library.queries.sql_condition import QueryContext
from newsreader.library.queries.unfold import position, unfolded
from newsreader.library.queries.view_sql import MOST_RANKED, ViewQuery, by_headline, by_score, compile_view

if TYPE_CHECKING:
    from newsreader.domain.checks.problem import ListedProblem
    from newsreader.domain.explanation import Explanation
    from newsreader.domain.headline import Headline
    from newsreader.domain.listing import Listing
    from newsreader.domain.mark_changes import Identity
    from newsreader.domain.ranking import Order
    from newsreader.domain.statistics import Counts
    from newsreader.domain.story_page import Member, StoryPage
    from newsreader.domain.topics import TopicTree
    from newsreader.domain.trends import Trends
    from newsreader.library.queries.catalogue import Catalogue

_HEADLINES = (
    "SELECT id, title, source, undated, published_at, day_only, signal, max(coverage, reports - 1), traits,"
    " type, reports, mark FROM record WHERE id IN"
)

T = TypeVar("T")

_CHUNK = 500
"""Ids in one statement; SQLite allows 999 parameters at the least."""


class Reader:
    """Answers about one index. Not to be used by two threads at once, except for `interrupt`.

    Raises:
        IndexUnusableError: on creation, when there is no index to read.

    """

    def __init__(
        self,
        index: Path,
        ages_from: AgesFrom = AgesFrom.NEWEST,
        now: Callable[[], float] = time,
        marks: Path | None = None,
        *,
        last_visit: int | None = None,
        pages: Path | None = None,
        search_pages: bool = True,
    ) -> None:
        self._connection = open_reader(index)
        self._last_visit = last_visit
        self.marks = AttachedMarks(self._connection, marks)
        self.pages = AttachedPages(self._connection, pages, searches=search_pages)
        self._ages_from = ages_from
        self._now = now
        visited = -1 if last_visit is None else last_visit
        self._surroundings = QueryContext(
            self.topics,
            self.reference,
            self._marks_as_of,
            visited,
            lambda: self.pages.is_there,
            self._searches_pages,
        )

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def interrupt(self) -> None:
        """Make the question that is being answered raise `Interrupted`. Safe from any thread, at any time."""
        with suppress(sqlite3.ProgrammingError):  # closed meanwhile: there is no question
            self._connection.interrupt()

    def ids(self, view: View, limit: int = -1, *, ruling: Order | None = None) -> array[int]:
        """The ids of the records in a view, in order; at most `limit` of them unless negative.

        `ruling` is an order in place of the view's, whatever its filter says.
        """
        return self._surely(lambda: self._ids(view, limit, ruling))

    def _ids(self, view: View, limit: int, ruling: Order | None) -> array[int]:
        selection = self._compiled(view, ruling)
        if selection.relevance:
            selection = self._by_relevance(selection)
        try:
            found = self._connection.execute(f"{selection.ids} LIMIT ?", (*selection.parameters, limit))
            # A list of a million rows would take a hundred megabytes on the way.
            return array("q", chain.from_iterable(found))
        except sqlite3.Error as error:
            raise _meaning(error) from error

    def count(self, view: View) -> int:
        """How many records a view has."""
        return int(self._surely(lambda: self._of_view("count(*)", "1", view))[0][0])

    def has(self, view: View, record_id: int) -> bool:
        """Whether a record is in a view."""
        return bool(self._surely(lambda: self._of_view("1", "id = ?", view, record_id)))

    def _of_view(self, what: str, narrowed: str, view: View, *parameters: int) -> list[tuple[Any, ...]]:
        selection = self._compiled(view)
        statement = f"SELECT {what} FROM record WHERE {narrowed} AND {selection.condition}"  # noqa: S608
        return self._ask(statement, (*parameters, *selection.parameters))

    def listing(self, view: View, *, keep: int | None = None, fallback: int = 0, window: int) -> Listing:
        """All records of a view, with the headlines around the cursor.

        Args:
            view: Which records, in what order.
            keep: The record that the cursor is on, if it is to stay there.
            fallback: The row for the cursor where that record is not in the view.
            window: Headlines are read in runs of this many, three of them.

        """
        from newsreader.domain.listing import Listing

        with self._one_moment(view):
            ids, members = unfolded(self.ids(view), view.unfolded, self.members)
            cursor = position(ids, keep)
            if cursor is None:
                cursor = max(0, min(fallback, len(ids) - 1))
            start = max(0, cursor // window - 1) * window
            headlines = self.headlines(ids[start : start + 3 * window])
            complete, seen_from = self.is_complete(), self._seen_from(view, ids)
            return Listing(view, ids, len(ids), start, headlines, cursor, complete, members, seen_from)

    def first_listing(self, view: View, *, keep: int | None = None, window: int) -> Listing | None:
        """The first records of a view, found without looking at all of them.

        Returns:
            None where that does not tell enough: the record to keep stands further down, or stories are open.

        """
        if view.unfolded:
            return None
        from newsreader.domain.listing import Listing

        with self._one_moment(view):
            ids = self.ids(view, window)
            cursor = position(ids, keep)
            if cursor is None and keep is not None and self.has(view, keep):
                return None
            whole = len(ids) < window
            cheap = not (view.is_narrowed or view.filter)
            count = len(ids) if whole else self.count(view) if cheap else None
            complete, seen_from = self.is_complete(), self._seen_from(view, ids)
            headlines = self.headlines(ids)
            return Listing(view, ids, count, 0, headlines, cursor or 0, complete, seen_from=seen_from)

    def headlines(self, ids: Sequence[int]) -> list[Headline | None]:
        """The headlines of these records, in this order; None for a record that is gone."""
        from newsreader.domain.headline import Headline

        found: dict[int, Headline] = {}
        self.marks.look()
        for start in range(0, len(ids), _CHUNK):
            chunk = tuple(ids[start : start + _CHUNK])
            rows = self._ask(f"{_HEADLINES} ({','.join('?' * len(chunk))})", chunk)
            marks = self._marks_of([row[-1] for row in rows])
            for id_, title, source, undated, published_at, day_only, *rest in rows:
                moment = None if undated else Moment(published_at, bool(day_only))
                strength, coverage, traits, type_, reports, key = rest
                mark = marks.get(key, MarkSet.NONE)
                amp = bool(traits & 1)
                found[id_] = Headline(
                    id_, title, source, moment, strength, coverage, amp, type_, reports, mark
                )
        return [found.get(id_) for id_ in ids]

    def marks_for(self, ids: Sequence[int]) -> dict[int, MarkSet]:
        """The marks of these records; those that are gone are left out."""
        from newsreader.library.queries.mark_keys import keys_of

        self.marks.look()
        keys = keys_of(self._ask, ids)
        marks = self._marks_of(list(keys.values()))
        return {id_: marks.get(key, MarkSet.NONE) for id_, key in keys.items()}

    def record_at(self, path: str) -> int | None:
        """The record of a file, by its path in the corpus with `/`; None where there is none."""
        from newsreader.library.queries.visit import record_at

        return record_at(self._ask, path)

    def path_of(self, record_id: int) -> str:
        """The path of a record's file, as `record_at` takes it; empty where the record is gone."""
        from newsreader.library.queries.visit import path_of

        return path_of(self._ask, record_id)

    def page(self, record_id: int) -> StoryPage | None:
        """Everything about one record, or None when it is gone."""
        from newsreader.library.queries.story import read_page  # only a story needs all of a record

        self.marks.look()
        self.pages.look()
        try:
            page = read_page(self._connection, record_id)
            if page is None:
                return None
            key = self._ask("SELECT mark FROM record WHERE id = ?", (record_id,))[0][0]
            marks = self._marks_of([key]).get(key, MarkSet.NONE)
            note = self.marks.note(key) if MarkSet.NOTE in marks else ""
            return self.pages.filled(page._replace(marks=marks, note=note), key)
        except sqlite3.Error as error:
            raise _meaning(error) from error

    def identities(self, ids: Sequence[int]) -> list[tuple[Identity, str]]:
        """By what these records are marked, with their titles; records that are gone are left out."""
        from newsreader.library.queries.mark_keys import identities

        return identities(self._ask, ids)

    def unread(self, ids: Iterable[int]) -> Iterator[tuple[int, int]]:
        """The ids of these records that are not read, one after the other, with their places among `ids`."""
        from newsreader.library.queries.mark_keys import unread

        self.marks.look()
        return unread(self._ask, self.marks, ids)

    def members(self, record_id: int) -> tuple[Member, ...]:
        """All reports of the story that a record belongs to, the lead first; none if it stands alone."""
        from newsreader.library.queries.story import read_members

        try:
            return read_members(self._connection, record_id)
        except sqlite3.Error as error:
            raise _meaning(error) from error

    def explain(self, view: View, record_id: int) -> Explanation | None:
        """Why a record stands where it stands in a view; None when it is gone."""
        from newsreader.library.queries.explain import read_explanation

        with self._one_moment(view):
            return read_explanation(
                self._ask,
                lambda order: self.ids(view._replace(order=order, order_chosen=True), ruling=order),
                view,
                record_id,
            )

    def counts(self, scope: Scope) -> Counts:
        """Counts for the sidebar; those of topics, types and providers are within the scope."""
        from newsreader.library.queries.counts import read_counts

        return read_counts(self._ask, scope, self._last_visit)

    def trends(self, view: View) -> Trends:
        """How the records of a view spread over weeks, topics and providers."""
        from newsreader.library.queries.trends import read_trends

        with self._one_moment(view):
            covering = self.topics().lineage(view.topic) if view.topic else ()
            names = [name.casefold() for name in covering]
            return self._surely(lambda: read_trends(self._ask, self._compiled(view), names))

    def hottest(self, view: View, count: int) -> list[Headline | None]:
        """The headlines of the hottest records of a view, whatever its order."""
        from newsreader.domain.ranking import Order

        with self._one_moment(view):
            return self.headlines(self.ids(view, count, ruling=Order.HOT))

    def topics(self) -> TopicTree:
        """The tree of topics."""
        from newsreader.library.index.topic_tree import (
            load_tree,  # imports wait that the first rows do not need
        )

        try:
            return load_tree(self._connection)
        except sqlite3.Error as error:
            raise _meaning(error) from error

    def problems(self) -> list[ListedProblem]:
        """Every problem in the order of the paths and lines."""
        from newsreader.library.queries.problems import read_problems

        return read_problems(self._ask)

    def _marks_of(self, keys: Sequence[int]) -> dict[int, MarkSet]:
        try:
            return self.marks.of(keys)
        except sqlite3.Error as error:
            raise _meaning(error) from error

    def _marks_as_of(self) -> int | None:
        return self.marks.as_of if self.marks.is_there else None

    def reference(self) -> int:
        """The moment that the ages in a filter are counted from, in seconds since 1970 UTC."""
        now = int(self._now())
        if self._ages_from is AgesFrom.TODAY:
            return now
        newest = self._ask(
            "SELECT published_at FROM record WHERE undated = 0 AND published_at <= ?"
            " ORDER BY published_at DESC LIMIT 1",
            (now,),
        )
        return int(newest[0][0]) if newest else now

    def is_complete(self) -> bool:
        """Whether the whole corpus was indexed at least once."""
        return bool(self._ask("SELECT 1 FROM fact WHERE name = 'complete'"))

    @cached_property
    def catalogue(self) -> Catalogue:
        """The same records as scripts are told of them."""
        from newsreader.library.queries.catalogue import Catalogue

        return Catalogue(self._ask, self._compiled, self._surely)

    def _compiled(self, view: View, ruling: Order | None = None) -> ViewQuery:
        self.marks.look()
        if view.filter:
            self.pages.look()
        return compile_view(view, self._surroundings, ruling)

    def _searches_pages(self) -> bool:
        try:
            return self.pages.are_searched()
        except sqlite3.Error as error:
            raise _meaning(error) from error

    def _surely(self, answer: Callable[[], T]) -> T:
        """An answer; without the pages that were fetched, should they be damaged."""
        try:
            return answer()
        except IndexFailedError as error:
            if not (error.damaged and self.pages.give_up()):
                raise
        return answer()

    def _seen_from(self, view: View, ids: array[int]) -> int | None:
        """The row from which on a list of the newest has nothing that came since the last visit."""
        if self._last_visit is None or view.shown_order != "new":
            return None
        from newsreader.library.queries.visit import seen_from

        return seen_from(self._ask, ids, self._last_visit)

    def _by_relevance(self, selection: ViewQuery) -> ViewQuery:
        """The order of relevance: worked out where few records match, by their headlines alone elsewhere."""
        few = "SELECT count(*) FROM (SELECT 1 FROM passage_words WHERE passage_words MATCH ? LIMIT ?)"
        count = self._ask(few, (selection.relevance, MOST_RANKED + 1))[0][0]
        return by_score(selection) if count <= MOST_RANKED else by_headline(selection)

    @contextmanager
    def _one_moment(self, view: View) -> Iterator[None]:
        """Let several questions on a view see the index as it is at one moment."""
        self.marks.look()
        if view.filter:
            self.pages.look()
        self._ask("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    def _ask(self, statement: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(statement, parameters).fetchall()
        except sqlite3.Error as error:
            raise _meaning(error) from error


def _meaning(error: sqlite3.Error) -> Exception:
    return Interrupted() if str(error) == "interrupted" else IndexFailedError(error)
