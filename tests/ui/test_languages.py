"""Languages in the sidebar: enter chooses the one that the list is in, at any topic."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual.pilot import Pilot

from newsreader.domain.view import Scope
from newsreader.library import Library
from tests.builders import a_corpus
from tests.ui.harness import (
    a_library,
    a_story,
    main_screen,
    press,
    reading,
    sidebar,
    sidebar_lines,
    status,
    titles,
)

FILES = {
    f"{number}.md": a_story(number, topics=["AI"] if number < 4 else ["Law"], lang=language)
    for number, language in enumerate(["de", "en", "de-AT", "de", "en"], 1)
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("languages")
    return a_library(a_corpus(folder, FILES), folder / "cache")


@pytest.fixture
async def pilot(library: Library, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Pilot[None]]:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    async with reading(library) as pilot:
        yield pilot


def _languages(pilot: Pilot[None]) -> list[list[str]]:
    lines = [line.split() for line in sidebar_lines(pilot)]
    start = lines.index(["Languages"])
    return lines[start + 1 : start + 4]


async def test_the_list_begins_in_the_users_language(pilot: Pilot[None]) -> None:
    assert titles(pilot) == ["Story 0002", "Story 0005"]
    assert _languages(pilot) == [["○", "Deutsch", "3"], ["◉", "English", "2"], ["○", "All", "languages"]]


async def test_enter_chooses_a_language_and_moving_does_not(pilot: Pilot[None]) -> None:
    await press(pilot, "1", "G", "k", "k")
    assert titles(pilot) == ["Story 0002", "Story 0005"]
    await press(pilot, "enter")
    assert titles(pilot) == ["Story 0001", "Story 0003", "Story 0004"]
    assert _languages(pilot)[:2] == [["◉", "Deutsch", "3"], ["○", "English", "2"]]
    assert "Deutsch" in status(pilot).place
    assert sidebar(pilot).place(sidebar(pilot).cursor).label == "Deutsch"
    await press(pilot, "v")
    assert (main_screen(pilot).view.scope, main_screen(pilot).view.language) == (Scope.EVERYTHING, "de")
    await press(pilot, "j", "j", "enter")
    assert len(titles(pilot)) == 5


async def test_a_language_stays_when_a_topic_is_chosen(pilot: Pilot[None]) -> None:
    await press(pilot, "1", "G", "k", "k", "enter", "g", "j", "j")
    assert main_screen(pilot).view.topic == "AI"
    assert titles(pilot) == ["Story 0001", "Story 0003"]
    assert [line.split() for line in sidebar_lines(pilot) if "AI" in line] == [["AI", "2"]]
