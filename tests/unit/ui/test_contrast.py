"""Colours that can be read, in every theme of the palette."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.theme import BUILTIN_THEMES

from newsreader.ui.style.builtin import THEMES
from newsreader.ui.style.contrast import DIM, TEXT, contrast, inks, mix, parse_hex, readable

ALL = {theme.name: theme for theme in (*BUILTIN_THEMES.values(), *THEMES)}
COLOURS = st.tuples(*(st.integers(0, 255) for _ in range(3)))


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == 21
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@given(COLOURS, COLOURS, st.sampled_from([DIM, TEXT]))
def test_every_colour_becomes_readable_on_every_background(
    color: tuple[int, int, int], background: tuple[int, int, int], least: float
) -> None:
    found = readable(color, background, least)
    assert contrast(found, background) >= least
    assert found == color or contrast(color, background) < least


@pytest.mark.parametrize("name", ALL)
def test_the_colours_of_a_theme_can_be_read_on_its_backgrounds(name: str) -> None:
    variables = ALL[name].to_color_system().generate()
    grounds = [parse_hex(variables[ground]) for ground in ("background", "surface", "panel")]
    for ink, value in inks(variables).items():
        color = parse_hex(value)
        if ALL[name].ansi or name.startswith("ansi"):
            continue
        assert color is not None, ink
        for ground in grounds:
            assert ground is not None
            assert contrast(color, ground) >= (DIM if ink == "ink-muted" else TEXT), ink


def test_the_terminal_s_own_colours_are_left_alone() -> None:
    assert inks({"foreground": "ansi_default"})["ink-foreground"] == "ansi_default"
    assert inks({})["ink-accent"] == "ansi_default"


def test_only_six_digits_are_a_colour() -> None:
    assert parse_hex("#0102ff") == (1, 2, 255)
    assert [parse_hex(text) for text in ("", "#fff", "#gggggg", "red", "0102ff0")] == [None] * 5
    assert mix((0, 0, 0), (100, 200, 50), 0.5) == (50, 100, 25)
