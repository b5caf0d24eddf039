"""What rows and stories tell by a colour they tell by signs, or by bold, underlined or reversed text, too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.scroll_view import ScrollView
from textual.strip import Strip

from newsreader.domain.setting_values import Density
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
    settle,
    shown_in,
    sidebar,
    stories,
    story,
    strips_of,
)

THEMES = ["newsreader-dark", "newsreader-light", "newsreader-16"]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    files = stories(6) | {
        "_news/amp.md": a_story(1, title="With AMP", heat=90, ampWebUrl="https://a.example/amp"),
        "_news/video.md": a_story(2, title="A video", heat=80, type="video"),
    }
    return a_library(a_corpus(tmp_path, files), tmp_path / "cache", marks=tmp_path / "state" / "marks.sqlite")


def colourless(strips: list[Strip]) -> list[list[tuple[str, str]]]:
    """The text with its attributes, and nothing of its colours."""
    return [
        [(segment.text, segment.style.without_color.__str__() if segment.style else "") for segment in strip]
        for strip in strips
    ]


def looks(pane: ScrollView, first: int = 0, lines: int = 2) -> list[list[tuple[str, str]]]:
    return colourless(strips_of(pane)[first : first + lines])


CHANGES: dict[str, list[str]] = {
    "read": ["k", "m", "j"],
    "starred": ["k", "f", "j"],
    "to be read later": ["k", "L", "j"],
    "with a note": ["k", "E", "a", "ctrl+s", "j"],
    "under the cursor": ["k"],
    "selected": ["x"],
    "found by the filter": ["slash", *"amp", "enter", "G"],
}
"""Keys that change the look of the first row, one after the other, beginning on the second row."""


Look = list[list[tuple[str, str]]]


async def in_every_theme(pilot: Pilot[None], look: Callable[[], Look]) -> dict[str, Look]:
    """How something looks without its colours, theme by theme."""
    found: dict[str, Look] = {}
    for theme in THEMES:
        pilot.app.theme = theme
        await settle(pilot)
        found[theme] = look()
    return found


@pytest.mark.parametrize("density", Density)
async def test_a_row_tells_its_state_without_colour(library: Library, density: Density) -> None:
    async with reading(library, settings=DEFAULTS._replace(density=density)) as pilot:

        def row() -> Look:
            return looks(rows(pilot), lines=rows(pilot).row_height)

        shown = shown_in(rows(pilot))
        assert all(sign in shown for sign in ("AMP", "▲90", "video"))
        await press(pilot, "j")
        before = await in_every_theme(pilot, row)
        for change, keys in CHANGES.items():
            await press(pilot, *keys)
            after = await in_every_theme(pilot, row)
            assert [theme for theme in THEMES if before[theme] == after[theme]] == [], change
            before = after


async def test_the_pane_with_the_focus_is_told_without_colour(library: Library) -> None:
    async with reading(library) as pilot:
        panes: dict[str, ScrollView] = {"1": sidebar(pilot), "2": rows(pilot), "3": story(pilot)}
        for theme in THEMES:
            pilot.app.theme = theme
            for key, pane in panes.items():
                await press(pilot, "2" if key != "2" else "3")
                before = colourless(_frame(pilot, pane))
                await press(pilot, key)
                assert colourless(_frame(pilot, pane)) != before, (theme, key)


def _frame(pilot: Pilot[None], pane: ScrollView) -> list[Strip]:
    region = pane.region
    line = main_screen(pilot)._compositor.render_strips(pilot.app.size)[region.y]
    return [line.crop(region.x, region.right)]


async def test_links_and_what_is_chosen_in_a_story_are_told_without_colour(library: Library) -> None:
    async with reading(library) as pilot:

        def look() -> Look:
            return looks(story(pilot), lines=story(pilot).size.height)

        before = await in_every_theme(pilot, look)
        for theme in THEMES:
            underlined = [text for line in before[theme] for text, style in line if "underline" in style]
            assert underlined == ["news.example", "a.example"], theme
        await press(pilot, "3", "j")
        chosen = await in_every_theme(pilot, look)
        await press(pilot, "slash", *"news", "enter")
        found = await in_every_theme(pilot, look)
        assert [theme for theme in THEMES if chosen[theme] in (before[theme], found[theme])] == []
