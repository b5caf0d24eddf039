"""Read the index: headlines, counts, story pages. One connection, one thread at a time."""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property, partial
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Any, TypeVar

from newsreader.domain.dates import Moment
from newsreader.domain.marks import MarkSet
from newsreader.domain.view import AgesFrom, Scope, View
from newsreader.library.errors import IndexFailedError, Interrupted
from newsreader.library.index.schema import open_reader
from newsreader.library.marks.attached import HIDDEN, AttachedMarks
from newsreader.library.pages.attached import AttachedPages
from newsreader.library.queries.languages import shown_language
from newsreader.library.queries.sql_condition import QueryContext
from newsreader.library.queries.unfold import position, unfolded
from newsreader.library.queries.view_sql import MOST_RANKED, ViewQuery, by_headline, by_score, compile_view
from newsreader.library.sqlite.connection import MALFORMED
from newsreader.library.sqlite.statements import select_in

if TYPE_CHECKING:
    from newsreader.domain.checks.problem import ListedProblem
    from newsreader.domain.editions import Edition, EditionPlan, EditionStory
    from newsreader.domain.explanation import Explanation
    from newsreader.domain.headline import Headline
    from newsreader.domain.listing import Listing
    from newsreader.domain.mark_changes import Identity
    from newsreader.domain.ranking import Order
    from newsreader.domain.statistics import Counts, ReadCounts
    from newsreader.domain.story_page import Member, StoryPage
    from newsreader.domain.topics import TopicTree
    from newsreader.domain.trends import Trends
    from newsreader.library.queries.catalogue import Catalogue

_HEADLINES = (
    "SELECT id, title, source, undated, published_at, day_only, signal, max(coverage, reports - 1), traits,"
    " type, reports, mark FROM record WHERE id IN"
)

T = TypeVar("T")


@contextmanager
def _translate_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise (Interrupted() if str(error) == "interrupted" else IndexFailedError(error)) from error
    except MALFORMED as error:
        raise IndexFailedError(error) from error


class Reader:
    """Queries of one index. Not thread-safe, except for `interrupt`.

    Raises:
        IndexUnusableError: on creation, if there is no index to read.

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
        self._context = QueryContext(
            self.topics,
            self.reference,
            lambda: self.marks.as_of if self.marks.is_attached else None,
            -1 if last_visit is None else last_visit,
            lambda: self.pages.is_attached,
            _translate_errors()(self.pages.are_searched),
            _translate_errors()(self.marks.hides),
            partial(shown_language, self._ask),
        )

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def interrupt(self) -> None:
        """Make the current query raise `Interrupted`. Safe from any thread, at any time."""
        with suppress(sqlite3.ProgrammingError):  # closed in the meantime
            self._connection.interrupt()

    def ids(self, view: View, limit: int = -1, *, ruling: Order | None = None) -> array[int]:
        """Return the ids of the records in a view, in order; at most `limit` of them unless negative.

        `ruling` overrides the order of the view.
        """
        return self._retry_without_pages(lambda: self._ids(view, limit, ruling))

    @_translate_errors()
    def _ids(self, view: View, limit: int, ruling: Order | None) -> array[int]:
        selection = self._compile(view, ruling)
        if selection.relevance:
            selection = self._by_relevance(selection)
        # As one row of text: for each row that it fetches, Python waits until another thread lets it go on.
        statement = f"SELECT group_concat(printf('%016x', id), '') FROM ({selection.ids} LIMIT ?)"  # noqa: S608
        found = array("q", bytes.fromhex(self._ask(statement, (*selection.parameters, limit))[0][0] or ""))
        if sys.byteorder == "little":  # pragma: no branch - one machine has one order
            found.byteswap()
        return found

    def count(self, view: View) -> int:
        """Return the number of records in a view."""
        return int(self._retry_without_pages(lambda: self._select("count(*)", "1", view))[0][0])

    def has(self, view: View, record_id: int) -> bool:
        """Whether a record is in a view."""
        return bool(self._retry_without_pages(lambda: self._select("1", "id = ?", view, record_id)))

    def _select(self, columns: str, condition: str, view: View, *parameters: int) -> list[tuple[Any, ...]]:
        selection = self._compile(view)
        statement = f"SELECT {columns} FROM record WHERE {condition} AND {selection.condition}"  # noqa: S608
        return self._ask(statement, (*parameters, *selection.parameters))

    def listing(self, view: View, *, keep: int | None = None, fallback: int = 0, window: int) -> Listing:
        """Return all records of a view, with the headlines around the cursor.

        Args:
            view: Which records, in what order.
            keep: The record for the cursor, if it is in the view.
            fallback: The row for the cursor otherwise.
            window: Headlines are read in three runs of this many.

        """
        from newsreader.domain.listing import Listing

        with self._read_transaction(view):
            ids, members = unfolded(self.ids(view), view.unfolded, self.members)
            cursor = position(ids, keep)
            if cursor is None:
                cursor = max(0, min(fallback, len(ids) - 1))
            start = max(0, cursor // window - 1) * window
            headlines = self.headlines(ids[start : start + 3 * window])
            complete, seen_from = self.is_complete(), self._seen_from(view, ids)
            return Listing(view, ids, len(ids), start, headlines, cursor, complete, members, seen_from)

    def first_listing(self, view: View, *, keep: int | None = None, window: int) -> Listing | None:
        """Return the first records of a view, without reading all of them.

        Returns:
            None if that is not enough: the record to keep is further down, or stories are unfolded.

        """
        if view.unfolded:
            return None
        from newsreader.domain.listing import Listing

        with self._read_transaction(view):
            ids = self.ids(view, window)
            cursor = position(ids, keep)
            if cursor is None and keep is not None and self.has(view, keep):
                return None
            is_whole = len(ids) < window
            is_cheap = not (view.is_narrowed or view.filter)
            count = len(ids) if is_whole else self.count(view) if is_cheap else None
            complete, seen_from = self.is_complete(), self._seen_from(view, ids)
            headlines = self.headlines(ids)
            return Listing(view, ids, count, 0, headlines, cursor or 0, complete, seen_from=seen_from)

    def headlines(self, ids: Sequence[int]) -> list[Headline | None]:
        """Return the headlines of these records, in this order; None for a deleted record."""
        from newsreader.domain.headline import Headline

        found: dict[int, Headline] = {}
        self.marks.attach()
        rows = list(select_in(self._ask, _HEADLINES, ids))
        marks = self.marks_of([row[-1] for row in rows])
        for id_, title, source, undated, published_at, day_only, *rest in rows:
            moment = None if undated else Moment(published_at, bool(day_only))
            strength, coverage, traits, type_, reports, key = rest
            mark = marks.get(key, MarkSet.NONE)
            amp = bool(traits & 1)
            found[id_] = Headline(id_, title, source, moment, strength, coverage, amp, type_, reports, mark)
        return [found.get(id_) for id_ in ids]

    def marks_for(self, ids: Sequence[int]) -> dict[int, MarkSet]:
        """Return the marks of these records; deleted records are left out."""
        from newsreader.library.queries.mark_keys import keys_of

        self.marks.attach()
        keys = keys_of(self._ask, ids)
        marks = self.marks_of(list(keys.values()))
        return {id_: marks.get(key, MarkSet.NONE) for id_, key in keys.items()}

    def record_at(self, path: str) -> int | None:
        """Return the record of a file, by its path in the corpus with `/`; None if there is none."""
        found = self._ask(
            "SELECT record.id FROM file JOIN record ON record.id = file.id WHERE path = ?",
            (path.encode("utf-8", "surrogateescape"),),
        )
        return int(found[0][0]) if found else None

    def path_of(self, record_id: int) -> str:
        """Return the path of a record's file for `record_at`; "" if the record was deleted."""
        found = self._ask("SELECT path FROM file WHERE id = ?", (record_id,))
        return bytes(found[0][0]).decode("utf-8", "surrogateescape") if found else ""

    @_translate_errors()
    def page(self, record_id: int) -> StoryPage | None:
        """Return the story page of a record, None if it was deleted."""
        from newsreader.library.queries.story import read_page  # not needed for a list

        self.marks.attach()
        self.pages.attach()
        page = read_page(self._connection, record_id)
        if page is None:
            return None
        key = self._ask("SELECT mark FROM record WHERE id = ?", (record_id,))[0][0]
        marks = self.marks.of([key]).get(key, MarkSet.NONE)
        note = self.marks.note(key) if MarkSet.NOTE in marks else ""
        tags = self.marks.tags(key) if MarkSet.TAGS in marks else ()
        return self.pages.filled(page._replace(marks=marks, note=note, tags=tags), key)

    def identities(self, ids: Sequence[int]) -> list[tuple[Identity, str]]:
        """Return the identities and titles of these records; deleted records are left out."""
        from newsreader.library.queries.mark_keys import identities

        return identities(self._ask, ids)

    def unread(self, ids: Iterable[int]) -> Iterator[tuple[int, int]]:
        """Yield the ids of the unread records among these, with their positions."""
        from newsreader.library.queries.mark_keys import unread

        self.marks.attach()
        return unread(self._ask, self.marks, ids)

    @_translate_errors()
    def tags(self) -> dict[str, int]:
        """Count the records by tag, in the order of the tags."""
        self.marks.attach()
        return self.marks.counted_tags()

    @_translate_errors()
    def tags_of(self, key: int) -> tuple[str, ...]:
        """Return the tags of the story with that key."""
        self.marks.attach()
        return self.marks.tags(key)

    @_translate_errors()
    def members(self, record_id: int) -> tuple[Member, ...]:
        """Return all reports of a record's story, the lead first; none if it has no other."""
        from newsreader.library.queries.story import read_members

        return read_members(self._connection, record_id)

    def explain(self, view: View, record_id: int) -> Explanation | None:
        """Explain the rank of a record in a view; None if it was deleted."""
        from newsreader.library.queries.explain import read_explanation

        with self._read_transaction(view):
            return self._retry_without_pages(
                lambda: read_explanation(self._ask, self._compile(view), self._ids, view, record_id)
            )

    def counts(self, scope: Scope, language: str = "") -> Counts:
        """Return the counts of the sidebar; those of topics, types and providers within the scope.

        `language` is that of the view; see `View`.
        """
        from newsreader.library.queries.statistics import read_counts

        self.marks.attach()
        hidden = HIDDEN if self._context.hides() else ""
        return read_counts(self._ask, View(scope, language=language), self._last_visit, hidden)

    def count_read(self, view: View) -> ReadCounts:
        """Count the read records of a view's scope and language, in total and by topic."""
        from newsreader.domain.statistics import ReadCounts
        from newsreader.library.queries.statistics import count_read

        if not self.marks.attach():
            return ReadCounts()
        return count_read(self._ask, view, HIDDEN if self._context.hides() else "")

    def trends(self, view: View) -> Trends:
        """Count the records of a view by week, topic and provider."""
        from newsreader.library.queries.trends import read_trends

        with self._read_transaction(view):
            covering = self.topics().lineage(view.topic) if view.topic else ()
            names = [name.casefold() for name in covering]
            return self._retry_without_pages(lambda: read_trends(self._ask, self._compile(view), names))

    def hottest(self, view: View, count: int) -> list[Headline | None]:
        """Return the headlines of the hottest records of a view, whatever its order."""
        from newsreader.domain.ranking import Order

        with self._read_transaction(view):
            return self.headlines(self.ids(view, count, ruling=Order.HOT))

    def edition_plan(self) -> EditionPlan:
        """Divide the records of the front page into editions."""
        from newsreader.library.queries.editions import read_plan

        return read_plan(self._ask)

    @_translate_errors()
    def edition(self, edition: Edition, tree: TopicTree) -> list[EditionStory]:
        """Return the stories of an edition as known at its end, best first."""
        from newsreader.library.queries.editions import read_edition

        return read_edition(self._ask, edition, tree)

    @_translate_errors()
    def topics(self) -> TopicTree:
        """Load the topic tree."""
        from newsreader.library.index.topic_tree import load_tree  # not needed for the first rows

        return load_tree(self._connection)

    def problems(self) -> list[ListedProblem]:
        """Return every problem, by path and line."""
        from newsreader.corpus.scan import display_path
        from newsreader.domain.checks.problem import ListedProblem, Problem
        from newsreader.domain.sanitize import clean_line

        rows = self._ask(
            "SELECT file.path, line, problem.reason, record.id FROM problem JOIN file ON file.id = file_id"
            " LEFT JOIN record ON record.id = file_id ORDER BY file.path, line"
        )
        return [
            ListedProblem(Problem(clean_line(display_path(path)), line, clean_line(reason)), record_id)
            for path, line, reason, record_id in rows
        ]

    def reference(self) -> int:
        """Return the time that the ages in a filter are relative to, in seconds since 1970 UTC."""
        now = int(self._now())
        if self._ages_from is AgesFrom.TODAY:
            return now
        newest = self._ask(
            "SELECT published_at FROM record WHERE undated = 0 AND published_at <= ?"
            " ORDER BY published_at DESC LIMIT 1",
            (now,),
        )
        return int(newest[0][0]) if newest else now

    def newest_arrival(self) -> int:
        """Return when the last file was added to the corpus, in milliseconds since 1970 UTC."""
        return int(self._ask("SELECT coalesce(max(arrived), 0) FROM file")[0][0])

    def is_complete(self) -> bool:
        """Whether the whole corpus was indexed at least once."""
        return bool(self._ask("SELECT 1 FROM fact WHERE name = 'complete'"))

    @cached_property
    def catalogue(self) -> Catalogue:
        """Queries for commands."""
        from newsreader.library.queries.catalogue import Catalogue

        return Catalogue(self._ask, self._compile, self._retry_without_pages)

    @_translate_errors()
    def marks_of(self, keys: Sequence[int]) -> dict[int, MarkSet]:
        """Return marks by key; keys without marks are left out."""
        return self.marks.of(keys)

    def _compile(self, view: View, ruling: Order | None = None) -> ViewQuery:
        self._attach_for(view)
        return compile_view(view, self._context, ruling)

    def _attach_for(self, view: View) -> None:
        self.marks.attach()
        if view.filter:
            self.pages.attach()

    def _retry_without_pages(self, answer: Callable[[], T]) -> T:
        """Run a query; if fetched pages are damaged, discard them and run it again."""
        try:
            return answer()
        except IndexFailedError as error:
            if not (error.damaged and self.pages.discard()):
                raise
        return answer()

    def _seen_from(self, view: View, ids: array[int]) -> int | None:
        """Return the first row below those that are new since the last visit, in a list of the newest."""
        if self._last_visit is None or view.shown_order != "new":
            return None
        new = {id_ for (id_,) in self._ask("SELECT id FROM file WHERE arrived > ?", (self._last_visit,))}
        return next((row for row, id_ in enumerate(ids) if id_ not in new), 0) or None

    def _by_relevance(self, selection: ViewQuery) -> ViewQuery:
        """Sort by relevance: by score if few records match, by headline otherwise."""
        few = "SELECT count(*) FROM (SELECT 1 FROM passage_words WHERE passage_words MATCH ? LIMIT ?)"
        count = self._ask(few, (selection.relevance, MOST_RANKED + 1))[0][0]
        if count <= MOST_RANKED:
            return by_score(selection)
        in_bodies = self._ask(few, (f"body : ({selection.relevance})", 1))[0][0] > 0
        return by_headline(selection, in_bodies=in_bodies)

    @contextmanager
    def _read_transaction(self, view: View) -> Iterator[None]:
        """Make several queries on a view see the same state of the index."""
        self._attach_for(view)
        self._ask("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")

    @_translate_errors()
    def _ask(self, statement: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement, parameters).fetchall()
