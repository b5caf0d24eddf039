from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsreader.domain.dates import DAY
from newsreader.domain.stories import LONGEST, MOST_REPORTS, StoryReport, Tie, are_alike, join
from newsreader.domain.story_roles import MembershipReason, StoryRole

CHIPS = "Acme builds faster chips for phones"
CHIPS_TOO = "Faster chips for phones, says Acme"
OTHER = "Museum opens a new wing"


def lead(title: str = CHIPS, **values: object) -> StoryReport:
    return StoryReport(1, 0, True, 100, 50, title)._replace(**values)  # type: ignore[arg-type]


def follower(place: int, title: str = CHIPS_TOO, **values: object) -> StoryReport:
    return StoryReport(place, 0, False, -1, 50 - place, title)._replace(**values)  # type: ignore[arg-type]


def listed(a: int, b: int) -> Tie:
    return Tie(a, b, MembershipReason.LISTED)


def joined(reports: dict[int, StoryReport], *ties: Tie) -> list[dict[int, MembershipReason]]:
    return [dict(story.members) for story in join(reports, ties)]


def test_what_a_lead_lists_belongs_to_it_whatever_the_headline() -> None:
    assert joined({1: lead(), 2: follower(2, OTHER)}, listed(1, 2)) == [
        {1: MembershipReason.LEAD, 2: MembershipReason.LISTED}
    ]


def test_who_names_the_lead_belongs_to_it_if_the_headlines_are_alike() -> None:
    assert joined({1: lead(), 2: follower(2)}, listed(2, 1)) == [
        {1: MembershipReason.LEAD, 2: MembershipReason.LISTS_LEAD}
    ]
    assert joined({1: lead(), 2: follower(2, OTHER)}, listed(2, 1)) == []


def test_a_story_goes_on_through_other_reports() -> None:
    reports = {1: lead(), 2: follower(2), 3: follower(3)}
    assert joined(reports, listed(1, 2), listed(2, 3)) == [
        {1: MembershipReason.LEAD, 2: MembershipReason.LISTED, 3: MembershipReason.LISTED_BY_OTHER}
    ]


def test_the_members_come_by_quality_behind_the_lead() -> None:
    reports = {1: lead(), 2: follower(2, quality=5), 3: follower(3, quality=90), 4: follower(4, quality=None)}
    [story] = join(reports, [listed(1, id_) for id_ in (2, 3, 4)])
    assert [id_ for id_, _ in story.members] == [1, 3, 2, 4]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (lead(), follower(2, heat=900, quality=900)),
        (lead(heat=200), lead(heat=100, place=2)),
        (lead(heat=None, quality=9), lead(heat=None, quality=5)),
        (lead(seconds=0), lead(seconds=DAY)),
        (lead(), lead(seconds=None)),
        (lead(), lead(place=2)),
    ],
)
def test_the_front_page_then_heat_quality_time_and_path_decide_who_leads(
    a: StoryReport, b: StoryReport
) -> None:
    for reports in ({1: a, 2: b}, {2: a, 1: b}):
        [story] = join(reports, [listed(1, 2), listed(2, 1)])
        assert reports[story.members[0][0]] == a


def test_two_rows_of_the_front_page_become_one_only_if_they_are_alike() -> None:
    both = {1: lead(), 2: lead(CHIPS_TOO, place=2, heat=90), 3: follower(3, OTHER)}
    assert len(joined(both, listed(1, 3), listed(2, 3), listed(1, 2))) == 1
    both[2] = lead(OTHER, place=2, heat=90)
    assert joined(both, listed(1, 3), listed(2, 3), listed(1, 2)) == [
        {1: MembershipReason.LEAD, 3: MembershipReason.LISTED}
    ]


def test_a_list_reaches_over_three_weeks_at_most() -> None:
    assert joined({1: lead(), 2: follower(2, seconds=LONGEST)}, listed(1, 2)) != []
    assert joined({1: lead(), 2: follower(2, seconds=LONGEST + 1)}, listed(1, 2)) == []
    assert joined({1: lead(), 2: follower(2, seconds=None)}, listed(1, 2)) != []


def test_a_chain_is_cut_where_it_would_last_too_long() -> None:
    reports = {1: lead(), 2: follower(2, seconds=15 * DAY), 3: follower(3, seconds=29 * DAY)}
    assert joined(reports, listed(1, 2), listed(2, 3)) == [
        {1: MembershipReason.LEAD, 2: MembershipReason.LISTED},
    ]


def test_a_story_has_only_so_many_reports() -> None:
    reports = {1: lead()} | {id_: follower(id_) for id_ in range(2, MOST_REPORTS + 20)}
    [story] = join(reports, [listed(1, id_) for id_ in reports if id_ > 1])
    assert len(story.members) == MOST_REPORTS


def test_one_page_under_two_titles_is_one_story() -> None:
    reports = {1: lead(), 2: lead(OTHER, place=2, heat=1)}
    assert joined(reports, Tie(2, 1, MembershipReason.SAME_PAGE)) == [
        {1: MembershipReason.LEAD, 2: MembershipReason.SAME_PAGE}
    ]


def test_ties_to_what_is_not_there_and_to_oneself_are_nothing() -> None:
    assert joined({1: lead()}, listed(1, 1), listed(1, 2), listed(2, 1)) == []
    assert joined({}) == []


@pytest.mark.parametrize(
    ("a", "b", "alike"),
    [
        (CHIPS, CHIPS_TOO, True),
        (CHIPS, CHIPS.upper(), True),
        (CHIPS, OTHER, False),
        ("AI for all", "All of the AI", False),
        ("", "", False),
        ("Acme chips", "Acme chips", True),
        ("Acme", "Acme", False),
        (
            "Google suspends engineer over sentient bot claims",
            "Engineer at Google, and one bot, on leave",
            True,
        ),
    ],
)
def test_headlines_are_alike_that_share_what_they_tell_of(a: str, b: str, alike: bool) -> None:
    assert are_alike(lead(a), follower(2, b)) is alike
    assert are_alike(follower(2, b), lead(a)) is alike


def test_every_reason_has_words_of_its_own() -> None:
    assert len({reason.words for reason in MembershipReason}) == len(MembershipReason)


@pytest.mark.parametrize(
    ("front", "leads", "is_copy", "standing", "shown"),
    [
        (True, True, False, StoryRole.FRONT_ROW, 2),
        (False, True, False, StoryRole.ROW, 1),
        (True, False, False, StoryRole.FOLDED_FRONT, 1),
        (False, False, False, StoryRole.FOLDED, 1),
        (True, True, True, StoryRole.COPY, 0),
    ],
)
def test_a_record_stands_where_its_story_puts_it(
    front: bool, leads: bool, is_copy: bool, standing: StoryRole, shown: int
) -> None:
    assert StoryRole.of(front=front, leads=leads, is_copy=is_copy) is standing
    assert standing.shown == shown


ids = st.integers(0, 8)
ties = st.lists(st.builds(Tie, ids, ids, st.sampled_from(list(MembershipReason)[1:4])), max_size=30)
titles = st.sampled_from([CHIPS, CHIPS_TOO, OTHER])
some_reports = st.lists(
    st.tuples(
        st.sampled_from([None, 0, DAY, 30 * DAY]), st.booleans(), st.sampled_from([None, -1, 50]), titles
    ),
    min_size=9,
    max_size=9,
)


@given(some_reports, ties, st.permutations(range(9)), st.randoms())
def test_stories_depend_on_nothing_but_the_records_and_their_ties(
    values: list[tuple[int | None, bool, int | None, str]], ties: list[Tie], ids: list[int], random: object
) -> None:
    reports = {
        n: StoryReport(n, when, front, heat, heat, title)
        for n, (when, front, heat, title) in enumerate(values)
    }
    renamed = {ids[n]: report for n, report in reports.items()}
    other_ties = [Tie(ids[tie.a], ids[tie.b], tie.reason) for tie in reversed(ties)]
    stories = {frozenset((ids[n], reason) for n, reason in story.members) for story in join(reports, ties)}
    assert {frozenset(story.members) for story in join(renamed, other_ties)} == stories
    members = [id_ for story in stories for id_, _ in story]
    assert len(set(members)) == len(members)
    for story in stories:
        times = [when for id_, _ in story if (when := renamed[id_].seconds) is not None]
        assert not times or max(times) - min(times) <= LONGEST
