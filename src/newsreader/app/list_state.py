"""What a list shows, and what stays selected when it changes. Rows are counted from 0."""

from __future__ import annotations

import time
from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.headline import Headline
from newsreader.domain.listing import Listing
from newsreader.domain.view import View

if TYPE_CHECKING:
    from newsreader.domain.story_roles import MembershipReason
    from newsreader.library import Reader


class FoldError(NewsreaderError):
    """A story has nothing to unfold; the message says why."""


class ListUpdate(NamedTuple):
    """How a new listing is shown.

    `row` is for the cursor. With `same_view`, only unfolded stories may differ and the cursor keeps its line;
    with `same_rows`, the records are the same.
    """

    row: int
    same_view: bool
    same_rows: bool


class ListState:
    """The view of a list and the records found for it; the front end keeps the cursor.

    Attributes:
        first_view: What the list showed at the start.
        view: What the list shows, or is about to.
        ids: The records that were found, in order.
        members: The rows below an unfolded story, each with the reason.
        total: How many records there are; None while that is not known.
        since: When the view was entered, in milliseconds since 1970 UTC; what is read later stays in a list
            of unread stories.
        has_moved: Whether the reader has moved the cursor.

    """

    def __init__(self, view: View) -> None:
        self.first_view = view
        self.view = view
        self.ids: array[int] = array("q")
        self.members: Mapping[int, MembershipReason] = {}
        self.total: int | None = 0
        self.since = _now()
        self.has_moved = False
        self._is_complete = True
        self._shown: View | None = None
        self._asked_at = 0

    def record_at(self, row: int) -> int | None:
        """The record of a row; None beyond the rows that are known."""
        return self.ids[row] if 0 <= row < len(self.ids) else None

    def row_of(self, record_id: int | None) -> int | None:
        """The row of a record; None if it is not listed."""
        return None if record_id is None or record_id not in self.ids else self.ids.index(record_id)

    def lead_row(self, row: int) -> int:
        """The row that stands for the story of a row: its own, or the one that it is unfolded below."""
        while row in self.members:
            row -= 1
        return row

    def chosen_at(self, row: int) -> int | None:
        """The record under the cursor, unless it only happens to be first during the first indexing."""
        return self.record_at(row) if self._is_complete or self.has_moved else None

    def enter(self, view: View, row: int) -> int | None:
        """Change the view; return the record to keep under the cursor, None to start at the top."""
        keep = self.record_at(row) if view.part == self.view.part else None
        self.view, self.total = view, None
        self.since = _now()
        self._asked_at = row
        return keep

    def ask_again(self, row: int) -> tuple[int | None, int]:
        """Prepare to read the view again; return the record to keep, and the row where it is gone."""
        self._asked_at = row
        return (self.record_at(row), row) if self._is_complete or self.has_moved else (None, 0)

    def update(self, listing: Listing, row: int) -> ListUpdate:
        """Replace the records; `row` is where the cursor is now."""
        same_view = self._shown is not None and listing.view == self._shown._replace(
            unfolded=listing.view.unfolded
        )
        same_rows = same_view and bool(listing.ids) and listing.ids == self.ids
        cursor = self._cursor(listing, row)
        self.ids, self.members, self.total = listing.ids, listing.members, listing.total
        self._shown, self._is_complete = listing.view, listing.complete
        self._asked_at = row if same_rows else cursor
        return ListUpdate(cursor, same_view, same_rows)

    def _cursor(self, listing: Listing, row: int) -> int:
        """Where the listing puts the cursor, unless it was moved after the question was asked."""
        record_id = self.record_at(row)
        if row == self._asked_at:
            return listing.cursor
        if record_id is None:  # beyond the rows that were known
            return row
        return listing.ids.index(record_id) if record_id in listing.ids else listing.cursor


def next_unread(reader: Reader, ids: Sequence[int], row: int, direction: int) -> int | None:
    """Find the row of the next unread story below (1) or above (-1) a row."""
    rows = range(row + 1, len(ids)) if direction > 0 else range(row - 1, -1, -1)
    found = next(reader.unread([ids[row] for row in rows]), None)
    return None if found is None else rows[found[1]]


def toggle_story(view: View, lead: int, headline: Headline | None) -> View:
    """Fold or unfold the story of a lead.

    Raises:
        FoldError: the story has no other report in the corpus.

    """
    if lead in view.unfolded:
        return view._replace(unfolded=tuple(other for other in view.unfolded if other != lead))
    if headline is not None and headline.reports > 1:
        return view._replace(unfolded=(*view.unfolded, lead))
    if headline is not None and headline.coverage:
        raise FoldError("Its other reports are not in this corpus; the story lists them.")
    raise FoldError("No other report of this story is known.")


def toggle_folding(view: View) -> View:
    """Show one row for each story, or one for each report."""
    return view._replace(fold=not view.is_folded, unfolded=())


def _now() -> int:
    """The time in milliseconds since 1970 UTC, as marks are dated."""
    return time.time_ns() // 1_000_000
