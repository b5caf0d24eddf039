"""What stays under the cursor when a list changes, and which row is the next unread one."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from contextlib import closing

import pytest

from newsreader.app.list_state import FoldError, ListState, next_unread, toggle_folding, toggle_story
from newsreader.domain.listing import Listing
from newsreader.domain.marks import Mark
from newsreader.domain.story_roles import MembershipReason
from newsreader.domain.view import Scope, View
from tests.builders import a_headline
from tests.unit.app.conftest import MarkedCorpus

VIEW = View()


def _listing(ids: Sequence[int], cursor: int = 0, view: View = VIEW, *, complete: bool = True) -> Listing:
    return Listing(view, array("q", ids), len(ids), 0, (), cursor, complete)


@pytest.fixture
def state() -> ListState:
    state = ListState(VIEW)
    state.update(_listing([10, 20, 30]), 0)
    return state


def test_rows_and_records_are_found(state: ListState) -> None:
    assert [state.record_at(row) for row in (0, 2, 3, -1)] == [10, 30, None, None]
    assert [state.row_of(record) for record in (20, 40, None)] == [1, None, None]


def test_the_record_under_the_cursor_stays_in_another_view(state: ListState) -> None:
    since = state.since
    assert state.enter(View(Scope.EVERYTHING), 1) == 20
    assert state.view == View(Scope.EVERYTHING)
    assert state.total is None
    assert state.since >= since
    assert state.update(_listing([5, 20], cursor=1, view=state.view), 1) == (1, False, False)


def test_another_topic_starts_at_the_top(state: ListState) -> None:
    assert state.enter(View(topic="AI"), 1) is None


def test_a_cursor_that_moved_meanwhile_keeps_its_record(state: ListState) -> None:
    assert state.ask_again(0) == (10, 0)
    assert state.update(_listing([30, 20, 10], cursor=2), 1) == (1, True, False)
    state.ask_again(0)
    assert state.update(_listing([30, 10], cursor=1), 1).row == 1  # its record is gone
    state.ask_again(0)
    assert state.update(_listing([30, 10], cursor=1), 7).row == 7  # beyond the rows that were known


def test_the_same_rows_are_recognized(state: ListState) -> None:
    assert state.update(_listing([10, 20, 30]), 2).same_rows
    assert state.update(_listing([], view=VIEW), 2).same_rows is False
    assert state.update(_listing([], view=VIEW), 0).same_rows is False


def test_unfolding_a_story_is_the_same_view(state: ListState) -> None:
    unfolded = VIEW._replace(unfolded=(10,))
    assert state.update(_listing([10, 11, 20], view=unfolded), 0) == (0, True, False)


def test_during_the_first_indexing_only_a_moved_cursor_is_kept(state: ListState) -> None:
    state.update(_listing([10, 20], complete=False), 0)
    assert state.ask_again(0) == (None, 0)
    assert state.chosen_at(0) is None
    state.has_moved = True
    assert state.ask_again(1) == (20, 1)
    assert state.chosen_at(1) == 20


def test_rows_below_an_unfolded_story_stand_for_its_lead(state: ListState) -> None:
    members = dict.fromkeys((1, 2), MembershipReason.LEAD)
    state.update(_listing([10, 11, 12, 20])._replace(members=members), 0)
    assert [state.lead_row(row) for row in range(4)] == [0, 0, 0, 3]


def test_a_story_is_unfolded_and_folded() -> None:
    headline = a_headline(reports=2)
    unfolded = toggle_story(VIEW, 10, headline)
    assert unfolded.unfolded == (10,)
    assert toggle_story(unfolded, 10, headline) == VIEW


def test_a_story_without_other_reports_cannot_be_unfolded() -> None:
    with pytest.raises(FoldError, match="not in this corpus"):
        toggle_story(VIEW, 10, a_headline(reports=1, coverage=2))
    for headline in (a_headline(reports=1), None):
        with pytest.raises(FoldError, match="No other report"):
            toggle_story(VIEW, 10, headline)


def test_folding_the_whole_list_folds_single_stories() -> None:
    view = toggle_folding(VIEW._replace(unfolded=(10,)))
    assert (view.is_folded, view.unfolded) == (not VIEW.is_folded, ())


def test_the_next_unread_story_is_found_in_both_directions(corpus: MarkedCorpus) -> None:
    ids = [corpus.id_of(path) for path in ("a.md", "b.md", "c.md", "alone.md")]
    corpus.marker.mark_all_read(ids[1:3])
    corpus.marker.toggle(Mark.STARRED, corpus.page("b.md"))
    with closing(corpus.library.reader()) as reader:
        assert next_unread(reader, ids, 0, 1) == 3
        assert next_unread(reader, ids, 3, -1) == 0
        assert next_unread(reader, ids, 0, -1) is None
        assert next_unread(reader, ids, -1, 1) == 0
