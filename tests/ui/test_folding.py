"""Stories: one row each, unfolded in place, and told in the story pane."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual.pilot import Pilot

from newsreader.domain.view import Scope, View
from newsreader.library import Library
from tests.builders import a_corpus
from tests.ui.harness import (
    DEFAULTS,
    a_library,
    a_story,
    main_screen,
    press,
    reading,
    rows,
    screen_text,
    selected_title,
    shown_in,
    status,
    story_text,
    story_title,
    titles,
)

EVENT = "Acme builds faster chips"


def _report(number: int, *related: int, **values: object) -> str:
    listed = [{"title": f"{EVENT} {other}", "webUrl": f"https://news.example/e{other}"} for other in related]
    return a_story(
        number,
        title=f"{EVENT} {number}",
        originalUrl=f"https://news.example/e{number}",
        related=listed,
        **values,
    )


FILES = {
    "_news/1.md": _report(1, 2, 3, heat=90),
    "_news/2.md": _report(2, 1, heat=-1, published=False, quality=3),
    "_news/3.md": _report(3, heat=-1, published=False, quality=8),
    "_news/4.md": _report(4, 1, heat=40, quality=9),
    "_news/5.md": a_story(5, title="A quiet week", heat=1),
    "_news/6.md": a_story(6, title="Known elsewhere", heat=0, related=[{"title": "Far away"}]),
    "_archive/_news/5.md": a_story(5, title="A quiet week", heat=1),
}
LEAD, SECOND, THIRD, TWIN = (f"{EVENT} {number}" for number in (1, 2, 3, 4))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("folding")
    return a_library(a_corpus(folder, FILES), folder / "cache")


@pytest.fixture
async def pilot(library: Library) -> AsyncIterator[Pilot[None]]:
    async with reading(library, size=(160, 40)) as pilot:
        yield pilot


async def test_a_story_is_one_row_of_the_front_page(pilot: Pilot[None]) -> None:
    assert titles(pilot) == [LEAD, "A quiet week", "Known elsewhere"]
    assert "+3" in shown_in(rows(pilot))
    assert status(pilot).place.startswith("1 of 3 ")


async def test_plus_shows_the_reports_by_quality_below_the_story_and_puts_them_away(
    pilot: Pilot[None],
) -> None:
    await press(pilot, "plus")
    assert titles(pilot) == [LEAD, TWIN, THIRD, SECOND, "A quiet week", "Known elsewhere"]
    assert selected_title(pilot) == LEAD
    assert "related of the lead" in shown_in(rows(pilot))
    assert "names the lead as related" in shown_in(rows(pilot))
    await press(pilot, "j", "j")
    assert selected_title(pilot) == story_title(pilot) == THIRD
    await press(pilot, "plus")
    assert titles(pilot) == [LEAD, "A quiet week", "Known elsewhere"]
    assert selected_title(pilot) == LEAD


async def test_what_is_unfolded_stays_so_through_a_look_for_changes(pilot: Pilot[None]) -> None:
    await press(pilot, "plus", "j", "j", "R")
    assert len(titles(pilot)) == 6
    assert selected_title(pilot) == THIRD


async def test_another_scope_begins_folded_as_it_should(pilot: Pilot[None]) -> None:
    await press(pilot, "plus", "v")
    assert main_screen(pilot).view == View(Scope.EVERYTHING)
    assert len(titles(pilot)) == 6
    await press(pilot, "v")
    assert main_screen(pilot).view == View()


async def test_c_gives_every_report_a_row_and_takes_it_back(pilot: Pilot[None]) -> None:
    await press(pilot, "c")
    assert titles(pilot) == [LEAD, TWIN, "A quiet week", "Known elsewhere"]
    assert "every report" in status(pilot).place
    assert "row of its own" in status(pilot).message
    await press(pilot, "c")
    assert titles(pilot) == [LEAD, "A quiet week", "Known elsewhere"]
    await press(pilot, "v", "c")
    assert titles(pilot) == [LEAD, "A quiet week", "Known elsewhere"]
    assert "one row a story" in status(pilot).place


async def test_where_there_is_nothing_to_unfold_the_status_line_says_so(pilot: Pilot[None]) -> None:
    await press(pilot, "j", "plus")
    assert status(pilot).message == "No other report of this story is known."
    await press(pilot, "j", "plus")
    assert "not in this corpus" in status(pilot).message
    assert len(titles(pilot)) == 3
    await press(pilot, "slash", *"nothing", "enter", "plus")
    assert status(pilot).message == "There is no story here."


async def test_a_follower_tells_its_story_and_leads_to_it(pilot: Pilot[None]) -> None:
    await press(pilot, "plus", "j", "j", "enter")
    assert f"Of the story {LEAD}" in story_text(pilot)
    await press(pilot, "j", "enter")
    assert story_title(pilot) == LEAD
    assert "Other reports of the story (1)" in story_text(pilot)
    assert "names the lead as related" in story_text(pilot)


async def test_a_record_tells_its_other_paths(pilot: Pilot[None]) -> None:
    await press(pilot, "j")
    assert "also _archive/_news/5.md" in story_text(pilot)
    assert screen_text(pilot).count("A quiet week") == 2  # in the list and in the pane


async def test_a_setting_gives_two_leads_of_one_story_a_row_each(library: Library) -> None:
    settings = DEFAULTS._replace(fold_stories=False)
    async with reading(library, View(folds_front=False), settings=settings) as pilot:
        assert titles(pilot) == [LEAD, TWIN, "A quiet week", "Known elsewhere"]
        await press(pilot, "v", "v")
        assert titles(pilot) == [LEAD, TWIN, "A quiet week", "Known elsewhere"]
        await press(pilot, "c")
        assert titles(pilot) == [LEAD, "A quiet week", "Known elsewhere"]
        assert "one row a story" in status(pilot).place
