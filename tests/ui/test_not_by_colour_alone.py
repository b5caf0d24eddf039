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


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("density", Density)
@pytest.mark.parametrize("change", CHANGES)
async def test_a_row_tells_its_state_without_colour(
    library: Library, change: str, density: Density, theme: str
) -> None:
    before, then = CHANGES[change]
    settings = DEFAULTS._replace(theme=theme, density=density)
    async with reading(library, settings=settings) as pilot:
        await press(pilot, *before)
        one = looks(rows(pilot), lines=rows(pilot).row_height)
        await press(pilot, *then)
        assert looks(rows(pilot), lines=rows(pilot).row_height) != one


@pytest.mark.parametrize("density", Density)
async def test_amp_type_and_strength_are_words_and_numbers(library: Library, density: Density) -> None:
    async with reading(library, settings=DEFAULTS._replace(density=density)) as pilot:
        shown = shown_in(rows(pilot))
        assert all(sign in shown for sign in ("AMP", "▲90", "video"))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("pane", "key"), [(sidebar, "1"), (rows, "2"), (story, "3")], ids=["topics", "list", "story"]
)
async def test_the_pane_with_the_focus_is_told_without_colour(
    library: Library, pane: Callable[[Pilot[None]], ScrollView], key: str, theme: str
) -> None:
    other = "2" if key != "2" else "3"
    async with reading(library, settings=DEFAULTS._replace(theme=theme)) as pilot:
        await press(pilot, other)
        before = colourless(_frame(pilot, pane(pilot)))
        await press(pilot, key)
        assert colourless(_frame(pilot, pane(pilot))) != before


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
