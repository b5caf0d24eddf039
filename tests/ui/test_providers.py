"""Providers in the sidebar: behind a fold, most records first, each narrowing the list."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from textual.pilot import Pilot

from newsreader.domain.view import View
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
    f"{number}.md": a_story(number, provider={"name": name, "domain": f"{name}.example"})
    for number, name in enumerate(["alpha", "beta", "beta", "gamma", "beta", "gamma"], 1)
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("providers")
    return a_library(a_corpus(folder, FILES), folder / "cache")


@pytest.fixture
async def pilot(library: Library) -> AsyncIterator[Pilot[None]]:
    async with reading(library) as pilot:
        yield pilot


async def _to_the_fold(pilot: Pilot[None]) -> None:
    await press(pilot, "1", "G")
    assert sidebar(pilot).place(sidebar(pilot).cursor).is_fold


async def test_they_are_folded_until_enter_shows_them_with_most_records_first(pilot: Pilot[None]) -> None:
    assert sidebar_lines(pilot)[-1].split() == ["▸", "Providers", "3"]
    await _to_the_fold(pilot)
    await press(pilot, "enter")
    assert [line.split() for line in sidebar_lines(pilot)[-4:]] == [
        ["▾", "Providers", "3"],
        ["beta.example", "3"],
        ["gamma.example", "2"],
        ["alpha.example", "1"],
    ]
    await press(pilot, "enter")
    assert sidebar_lines(pilot)[-1].split() == ["▸", "Providers", "3"]
    assert main_screen(pilot).view == View()


async def test_one_of_them_narrows_the_list_as_a_topic_does(pilot: Pilot[None]) -> None:
    await _to_the_fold(pilot)
    await press(pilot, "enter", "j", "j")
    assert titles(pilot) == ["Story 0004", "Story 0006"]
    assert "gamma.example" in status(pilot).place
    await press(pilot, "enter", "v")
    assert main_screen(pilot).view.provider == "gamma.example"
    assert len(titles(pilot)) == 2
    await press(pilot, "1", "g", "j")
    assert len(titles(pilot)) == 6
    assert not main_screen(pilot).view.is_narrowed


async def test_a_filter_works_within_a_provider(pilot: Pilot[None]) -> None:
    main_screen(pilot).show_view(View(provider="BETA.example", filter="0005"))
    await press(pilot)
    assert titles(pilot) == ["Story 0005"]
