"""Editions on the screen: opened, paged, walked, and left to a story or the list."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual.pilot import Pilot

from newsreader.library import Library
from newsreader.ui.dialogs.edition import EditionScreen
from newsreader.ui.widgets.edition_view import EditionView, YearView
from tests.builders import a_corpus
from tests.ui.harness import (
    a_library,
    a_story,
    is_alone,
    press,
    reading,
    screen_text,
    selected_title,
    stories,
    story_path,
    story_title,
    until,
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("editions")
    files = stories(30) | {story_path(100): a_story(100, publishedDateTime="2021-03-03T12:00:00Z")}
    return a_library(a_corpus(folder, files), folder / "cache")


@pytest.fixture
async def pilot(library: Library) -> AsyncIterator[Pilot[None]]:
    async with reading(library) as pilot:
        await press(pilot, "d")
        await _until_open(pilot)
        yield pilot


async def _until_open(pilot: Pilot[None]) -> None:
    await until(pilot, lambda: not is_alone(pilot) and _view(pilot).record_id is not None)


async def _until_shown(pilot: Pilot[None], text: str) -> None:
    await until(pilot, lambda: text in screen_text(pilot))


def _view(pilot: Pilot[None]) -> EditionView:
    return pilot.app.screen.query_one(EditionView)


async def test_d_opens_the_edition_of_the_story_and_enter_the_story(pilot: Pilot[None]) -> None:
    assert isinstance(pilot.app.screen, EditionScreen)
    chosen = _view(pilot).record_id
    assert "▌" in screen_text(pilot)
    await press(pilot, "home", "enter")
    assert is_alone(pilot)
    await press(pilot)
    title = story_title(pilot)
    assert title == selected_title(pilot)
    await press(pilot, "escape", "d")
    await _until_open(pilot)
    assert _view(pilot).record_id not in (None, chosen)
    await press(pilot, "escape")
    assert is_alone(pilot)
    assert selected_title(pilot) == title


async def test_brackets_page_and_braces_go_by_month(pilot: Pilot[None]) -> None:
    first = screen_text(pilot)
    await press(pilot, *("right_curly_bracket",) * 3)
    await press(pilot, *("left_curly_bracket",) * 4)
    await _until_shown(pilot, "March 2021 · 1 story")
    await press(pilot, "left_square_bracket")
    await _until_shown(pilot, "There is no further edition in this direction.")
    await press(pilot, "right_square_bracket")
    await until(pilot, lambda: "March 2021" not in screen_text(pilot))
    assert "2021" in first


async def test_moving_selects_stories_and_clicks_open_them(pilot: Pilot[None]) -> None:
    view = _view(pilot)
    await press(pilot, "home")
    lead = view.record_id
    await press(pilot, "G")
    last = view.record_id
    assert last != lead
    await press(pilot, "j")
    assert view.record_id == last
    await press(pilot, "pageup", "home")
    assert view.record_id == lead
    await press(pilot, "j", "l", "h", "pagedown")
    await press(pilot, "home")
    await pilot.click(EditionView, offset=(30, 5))
    await press(pilot)
    assert is_alone(pilot)


async def test_a_click_in_the_year_opens_that_edition(pilot: Pilot[None]) -> None:
    await pilot.click(YearView, offset=(2, 1))
    await pilot.click(YearView, offset=(5 + 9 * ((pilot.app.size.width - 7) // 53), 1))
    await _until_shown(pilot, "March 2021 · 1 story")


async def test_a_narrow_terminal_reflows_the_page(pilot: Pilot[None]) -> None:
    await pilot.resize_terminal(60, 30)
    await press(pilot)
    assert "═" * 50 in screen_text(pilot)
    await pilot.resize_terminal(200, 50)
    await press(pilot)
    assert "═" * 180 in screen_text(pilot)
