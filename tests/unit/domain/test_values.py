"""Small values: formats, marks, searches, shares and opposites."""

from __future__ import annotations

import pytest

from newsreader.domain.dates import WEEK, DateForm, Moment, in_full
from newsreader.domain.marks import Mark, MarkSet
from newsreader.domain.plural import without
from newsreader.domain.query import parse
from newsreader.domain.ranking import Order
from newsreader.domain.saved_search import SavedSearch
from newsreader.domain.setting_values import Density
from newsreader.domain.statistics import Statistics
from newsreader.domain.stories import WEAKEST, StoryReport, strength
from newsreader.domain.story_roles import MembershipReason
from newsreader.domain.view import Scope, View
from tests.builders import A_MOMENT


@pytest.mark.parametrize(
    ("day_only", "text"), [(False, "2021-06-28 07:12 UTC"), (True, "2021-06-28")], ids=["time", "day"]
)
def test_an_iso_date_has_the_time_only_if_it_is_known(day_only: bool, text: str) -> None:
    assert in_full(Moment(A_MOMENT.seconds, day_only=day_only), A_MOMENT.seconds, DateForm.ISO) == text


@pytest.mark.parametrize("mark", Mark)
def test_a_mark_has_a_name_and_a_set_of_its_own(mark: Mark) -> None:
    assert (mark.word, mark.flag) == (mark.name.lower(), MarkSet[mark.name])


@pytest.mark.parametrize(
    ("lacking", "end"), [(0, "."), (1, "; 1 story has none."), (2, "; 2 stories have none.")]
)
def test_a_message_counts_the_stories_that_lack_something(lacking: int, end: str) -> None:
    assert without(lacking) == end


def test_a_saved_search_restores_its_view() -> None:
    view = View(Scope.EVERYTHING, "AI", filter="chips", order=Order.NEW, order_chosen=True)
    assert SavedSearch.of(" chips\n", view).name == "chips"
    assert SavedSearch.of("chips", view).view(View()) == view


def test_opposites_toggle() -> None:
    assert [density.other().other() for density in Density] == list(Density)
    assert [scope.other().other() for scope in Scope] == list(Scope)


def test_shares_are_unknown_without_anything_to_divide_by() -> None:
    empty = Statistics(0, 0, 0, 0, None, None, 0, 0, 0, 0, 0)
    assert (empty.amp_share, empty.resolution_rate) == (None, None)
    filled = empty._replace(records=4, amp=1, related=2, resolved=1)
    assert (filled.amp_share, filled.resolution_rate) == (0.25, 0.5)


def test_a_path_condition_is_written_as_it_is_read() -> None:
    assert str(parse("path:_archive/")) == "path:_archive/"


def test_reports_of_different_weeks_have_the_weakest_tie() -> None:
    first, second = (StoryReport(place, place * 2 * WEEK, front=place == 0) for place in (0, 1))
    assert strength(first, second, MembershipReason.LISTED) == WEAKEST


def test_a_view_of_one_topic_is_narrowed_and_folds_as_its_scope_does() -> None:
    view = View(topic="AI")
    assert (view.is_narrowed, view.is_folded, view._replace(fold=False).is_folded) == (True, True, False)
    assert not View().is_narrowed
