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


CHANGES: dict[str, tuple[list[str], list[str]]] = {
    "read": (["j"], ["k", "m", "j"]),
    "starred": (["j"], ["k", "f", "j"]),
    "to be read later": (["j"], ["k", "L", "j"]),
    "with a note": (["j"], ["k", "E", "a", "ctrl+s", "j"]),
    "selected": (["j"], ["k", "x"]),
    "under the cursor": (["j"], ["k"]),
    "found by the filter": (["j"], ["slash", *"amp", "enter", "G"]),
}


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
@pytest.mark.parametrize("change", CHANGES)
async def test_a_row_tells_its_state_without_colour(library: Library, change: str, density: Density) -> None:
    before, then = CHANGES[change]
    async with reading(library, settings=DEFAULTS._replace(density=density)) as pilot:

        def row() -> Look:
            return looks(rows(pilot), lines=rows(pilot).row_height)

        await press(pilot, *before)
        one = await in_every_theme(pilot, row)
        await press(pilot, *then)
        other = await in_every_theme(pilot, row)
        assert [theme for theme in THEMES if one[theme] == other[theme]] == []


@pytest.mark.parametrize("density", Density)
async def test_amp_type_and_strength_are_words_and_numbers(library: Library, density: Density) -> None:
    async with reading(library, settings=DEFAULTS._replace(density=density)) as pilot:
        shown = shown_in(rows(pilot))
        assert all(sign in shown for sign in ("AMP", "▲90", "video"))


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


@pytest.mark.parametrize("theme", THEMES)
async def test_links_and_what_is_chosen_in_a_story_are_told_without_colour(
    library: Library, theme: str
) -> None:
    async with reading(library, settings=DEFAULTS._replace(theme=theme)) as pilot:
        height = story(pilot).size.height
        before = looks(story(pilot), lines=height)
        underlined = [text for line in before for text, style in line if "underline" in style]
        assert underlined == ["news.example", "a.example"]
        await press(pilot, "3", "j")
        assert looks(story(pilot), lines=height) != before
        chosen = looks(story(pilot), lines=height)
        await press(pilot, "slash", *"news", "enter")
        assert looks(story(pilot), lines=height) != chosen
