"""Editions: how time is divided, and how the stories of one are arranged."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from newsreader.domain.dates import EPOCH_DAY
from newsreader.domain.editions import (
    Edition,
    EditionPage,
    EditionPlan,
    EditionSpan,
    EditionStory,
    arrange,
    plan_editions,
)


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal() - EPOCH_DAY


def titles(plan: EditionPlan) -> list[str]:
    return [edition.title for edition in plan.editions]


def a_story(number: int, **changes: object) -> EditionStory:
    ordinary = EditionStory(number, f"Story {number}", "", "news.example", None, None, 0, "article", "AI")
    return ordinary._replace(**changes)  # type: ignore[arg-type]


AN_EDITION = Edition(EditionSpan.DAY, day("2021-06-28"), day("2021-06-28"), 1)


def page_of(*stories: EditionStory) -> EditionPage:
    page = arrange(AN_EDITION, stories)
    assert page is not None
    return page


def numbers(stories: object) -> list[int]:
    return [story.record_id for story in stories]  # type: ignore[attr-defined]


def test_days_with_enough_stories_are_editions() -> None:
    plan = plan_editions({day("2021-06-28"): 6, day("2021-06-30"): 4, day("2021-06-29"): 0})
    assert titles(plan) == ["Monday, 28 June 2021", "Wednesday, 30 June 2021"]
    assert [edition.stories for edition in plan.editions] == [6, 4]
    assert plan.editions[0].end - plan.editions[0].start == 86_400


def test_a_quieter_month_has_weeks_that_end_with_the_month() -> None:
    plan = plan_editions({day("2021-06-24"): 4, day("2021-06-28"): 3, day("2021-06-30"): 3})
    assert titles(plan) == ["21–27 June 2021", "28–30 June 2021"]
    assert titles(plan_editions({day("2021-08-01"): 4, day("2021-08-02"): 3, day("2021-08-03"): 4})) == [
        "Sunday, 1 August 2021",
        "2–8 August 2021",
    ]


def test_a_quiet_month_is_one_edition_whatever_other_months_have() -> None:
    busy = {day(f"2021-07-{number:02}"): 10 for number in range(1, 32)}
    assert titles(plan_editions({day("2021-06-28"): 1} | busy))[:2] == ["June 2021", "Thursday, 1 July 2021"]
    assert plan_editions({day("2020-02-03"): 1}).editions[0].last == day("2020-02-29")


def test_records_without_a_date_are_the_first_edition() -> None:
    plan = plan_editions({day("2021-06-28"): 1}, 3)
    assert titles(plan) == ["Without a date", "June 2021"]
    assert plan.at(day("1999-01-01")) == 1
    assert plan_editions({}, 3).at(day("2021-06-28")) == 0
    assert plan_editions({}).at(0) == 0


def test_the_range_of_dates_ends_without_an_error() -> None:
    assert titles(plan_editions({day("9999-12-31"): 1, day("0001-01-01"): 1})) == [
        "January 1",
        "December 9999",
    ]


def test_a_date_without_an_edition_stands_for_the_one_before() -> None:
    plan = plan_editions({day("2021-05-03"): 1, day("2021-06-28"): 9, day("2021-06-30"): 9})
    assert plan.at(day("2021-06-29")) == 1
    assert plan.at(day("2021-06-30")) == plan.at(day("2022-01-01")) == 2
    assert plan.at(day("2020-01-01")) == 0


def test_paging_stops_at_both_ends() -> None:
    plan = plan_editions({day("2021-05-03"): 1, day("2021-06-28"): 9, day("2021-06-30"): 9})
    assert [plan.step(number, 1) for number in range(3)] == [1, 2, 2]
    assert [plan.step(number, -1) for number in range(3)] == [0, 0, 1]


def test_paging_by_month_goes_to_the_first_edition_of_the_next_month_that_has_one() -> None:
    plan = plan_editions({day("2021-03-03"): 1, day("2021-06-28"): 9, day("2021-06-30"): 9}, 2)
    assert titles(plan)[1:3] == ["March 2021", "Monday, 28 June 2021"]
    assert [plan.step_month(number, 1) for number in range(4)] == [1, 2, 2, 3]
    assert [plan.step_month(number, -1) for number in range(4)] == [0, 0, 1, 1]


def test_the_stories_of_an_edition_are_spread_over_its_weeks() -> None:
    plan = plan_editions({day("2021-01-05"): 4, day("2021-12-31"): 6, day("2020-01-01"): 3}, 7)
    weeks = plan.weeks_of(2021)
    assert (len(weeks), weeks[:6], weeks[52]) == (53, [1, 1, 1, 1, 1, 0], 6)
    assert sum(plan.weeks_of(1999)) == 0


def test_the_best_story_leads_and_the_next_stand_beside_it() -> None:
    assert arrange(AN_EDITION, []) is None
    page = page_of(*(a_story(number) for number in range(1, 4)))
    assert page.lead.record_id == 1
    assert numbers(page.secondary) == [2, 3]
    assert not page.sections
    assert not page.briefs
    assert len(page_of(*map(a_story, range(10))).secondary) == 3
    assert len(page_of(*map(a_story, range(40))).secondary) == 4


def test_topics_with_two_stories_are_sections_and_the_rest_is_in_brief() -> None:
    topics = ["", "", "", "AI", "Law", "", "AI", "Health", "", "Law"]
    page = page_of(*(a_story(number, topic=topic) for number, topic in enumerate(topics)))
    assert [(section.topic, numbers(section.stories)) for section in page.sections] == [("Law", [4, 9])]
    assert numbers(page.secondary) == [1, 2, 3]
    assert numbers(page.briefs) == [5, 6, 7, 8]


def test_videos_and_courses_are_in_a_box_unless_there_is_nothing_else() -> None:
    page = page_of(a_story(1, type="video"), a_story(2), a_story(3, type="course"))
    assert page.lead.record_id == 2
    assert numbers(page.boxed) == [1, 3]
    assert numbers(page.stories) == [2, 1, 3]
    alone = page_of(a_story(1, type="video"), a_story(2, type="course"))
    assert alone.lead.record_id == 1
    assert not alone.boxed


def test_the_dateline_has_the_date_and_the_numbers_of_stories_and_outlets() -> None:
    page = page_of(a_story(1), a_story(2, provider="News.example"), a_story(3, provider="who.int"))
    assert page.dateline == "Monday, 28 June 2021 · 3 stories · 2 outlets"
    assert page_of(a_story(1, provider="")).dateline == "Monday, 28 June 2021 · 1 story"


@given(st.dictionaries(st.integers(-40_000, 40_000), st.integers(0, 12), max_size=60))
def test_every_day_with_stories_is_in_exactly_one_edition(stories: dict[int, int]) -> None:
    editions = plan_editions(stories).editions
    for number, count in stories.items():
        assert sum(edition.first <= number <= edition.last for edition in editions) == 1 or not count
    assert sum(edition.stories for edition in editions) == sum(stories.values())
    assert all(before.last < after.first for before, after in pairwise(editions))


@given(st.lists(st.tuples(st.sampled_from(["", "A", "B", "C"]), st.sampled_from(["article", "video"]))))
def test_every_story_is_in_exactly_one_place(stories: list[tuple[str, str]]) -> None:
    ranked = [a_story(number, topic=topic, type=kind) for number, (topic, kind) in enumerate(stories)]
    page = arrange(AN_EDITION, ranked)
    assert sorted(numbers(page.stories) if page else []) == list(range(len(stories)))
