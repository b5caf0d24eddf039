"""Widths of panes, density of rows, and the story alone in one column."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from newsreader.domain.dates import DateForm
from newsreader.domain.setting_values import Density, ListColumn
from newsreader.library import Library
from newsreader.render.cells import cell_len
from newsreader.ui.panes import Pane
from tests.builders import a_corpus
from tests.ui.harness import (
    DEFAULTS,
    a_library,
    a_story,
    cursor_line,
    main_screen,
    press,
    reading,
    rows,
    selected_title,
    settle,
    shown_in,
    status,
    stories,
    story,
    story_text,
    strips_of,
)

WIDE, MEDIUM, NARROW = (140, 40), (90, 30), (60, 20)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("looks")
    words = (
        a_story(1, title="All words", heat=99, type="video", ampWebUrl="https://a.example/amp")
        + "word " * 300
    )
    return a_library(a_corpus(folder, stories(60) | {"_news/words.md": words}), folder / "cache")


def widths(pilot: Pilot[None]) -> dict[str, int]:
    """Columns of each pane with its frame, 0 where it is not in sight."""
    found = {pane.value: main_screen(pilot).query_one(f"#{pane.value}") for pane in Pane}
    return {name: widget.outer_size.width if widget.is_on_screen else 0 for name, widget in found.items()}


@pytest.mark.parametrize("size", [WIDE, MEDIUM])
async def test_the_pane_with_the_focus_is_made_wider_and_narrower(
    library: Library, size: tuple[int, int]
) -> None:
    async with reading(library, size=size) as pilot:
        usual = widths(pilot)
        await press(pilot, "greater_than_sign", "greater_than_sign")
        wider = widths(pilot)
        assert wider["list"] > usual["list"]
        assert wider["story"] < usual["story"]
        assert wider["topics"] == usual["topics"]
        await press(pilot, "3", "greater_than_sign", "greater_than_sign", "greater_than_sign")
        assert widths(pilot)["story"] > usual["story"]
        await press(pilot, "equals_sign")
        assert widths(pilot) == usual


async def test_the_topics_are_made_wider_and_no_pane_is_lost(library: Library) -> None:
    async with reading(library, size=WIDE) as pilot:
        await press(pilot, "1", "greater_than_sign")
        assert widths(pilot)["topics"] == 32
        for key in ("greater_than_sign", "less_than_sign"):
            for pane in "123":
                await press(pilot, pane, *[key] * 13)  # to its end
            assert min(widths(pilot).values()) >= 15


async def test_widths_stay_for_the_next_start(library: Library) -> None:
    async with reading(library, size=WIDE) as pilot:
        usual = widths(pilot)
        await press(pilot, "greater_than_sign")
        changed = widths(pilot)
    async with reading(library, size=WIDE) as pilot:
        assert widths(pilot) == changed != usual
    async with reading(library, size=NARROW) as pilot:
        assert widths(pilot) == {"topics": 0, "list": 60, "story": 0}
        await press(pilot, "greater_than_sign")
        assert status(pilot).message == "One pane alone has all the room."


@pytest.mark.parametrize(
    ("size", "pane", "to"), [(WIDE, "list", 40), (WIDE, "story", 80), (MEDIUM, "story", 40)]
)
async def test_the_border_between_panes_is_moved_with_the_mouse(
    library: Library, size: tuple[int, int], pane: str, to: int
) -> None:
    async with reading(library, size=size) as pilot:
        edge = main_screen(pilot).query_one(f"#{'middle' if pane == 'list' else pane}")
        start = edge.region.x
        await pilot.mouse_down(offset=(start, 5))
        await pilot.hover(offset=(to, 5))
        await pilot.mouse_up(offset=(to, 5))
        await settle(pilot)
        assert abs(edge.region.x - to) <= 1
        await pilot.hover(offset=(start, 5))
        assert abs(edge.region.x - to) <= 1


async def test_the_story_alone_is_one_column_in_the_middle(library: Library) -> None:
    async with reading(library, size=WIDE) as pilot:
        await press(pilot, "Z")
        assert widths(pilot) == {"topics": 0, "list": 0, "story": 84}
        left = story(pilot).region.x
        assert left == 140 - story(pilot).region.right
        assert max(map(cell_len, story_text(pilot).splitlines())) <= 80
        await press(pilot, "Z")
        assert widths(pilot)["list"] > 0


async def test_rows_of_one_line_show_twice_as_many_and_keep_the_cursor(library: Library) -> None:
    async with reading(library, size=WIDE) as pilot:
        await press(pilot, "pagedown", "j")
        chosen, page = selected_title(pilot), rows(pilot).rows_per_page
        await press(pilot, "D")
        assert rows(pilot).rows_per_page >= 2 * page
        assert selected_title(pilot) == chosen
        assert 0 <= cursor_line(pilot) < rows(pilot).size.height
        assert status(pilot).message == "Rows are compact: one line each."
        text = [strip.text for strip in strips_of(rows(pilot))]
        assert all(cell_len(line) == cell_len(text[0]) for line in text)
        assert sum("Story 00" in line for line in text) == rows(pilot).rows_per_page
    async with reading(library, size=WIDE) as pilot:
        assert rows(pilot).row_height == 1
    settings = DEFAULTS._replace(density=Density.COMFORTABLE)  # settings win over what was chosen
    async with reading(library, size=WIDE, settings=settings) as pilot:
        assert rows(pilot).row_height == 2
        await press(pilot, "D")
        assert rows(pilot).row_height == 1


@pytest.mark.parametrize("size", [(40, 12), NARROW, MEDIUM, WIDE, (220, 50)])
async def test_compact_rows_fit_and_align_at_every_width(library: Library, size: tuple[int, int]) -> None:
    settings = DEFAULTS._replace(density=Density.COMPACT)
    async with reading(library, size=size, settings=settings) as pilot:
        width = rows(pilot).scrollable_content_region.width
        lines = [strip.text for strip in strips_of(rows(pilot))]
        assert {cell_len(line) for line in lines} == {width}
        assert len({len(line.rstrip()) for line in lines[:9]}) == 1
        assert all("▲" in line for line in lines[:9])
        assert "All words" in lines[0]


async def test_columns_that_are_not_wanted_are_left_out(library: Library) -> None:
    for density in Density:
        settings = DEFAULTS._replace(columns=(ListColumn.PROVIDER,), density=density)
        async with reading(library, size=(180, 40), settings=settings) as pilot:
            shown = shown_in(rows(pilot))
            assert "news.example" in shown
            assert not any(sign in shown for sign in ("▲", "AMP", "video", "30 Jun"))


@pytest.mark.parametrize(
    ("form", "in_row", "in_story"),
    [
        (DateForm.RELATIVE, "1 d", "Wed 30 Jun 2021, 12:00 UTC · 1 day ago"),
        (DateForm.ABSOLUTE, "30 Jun 2021", "Wed 30 Jun 2021, 12:00 UTC"),
        (DateForm.ISO, "2021-06-30", "2021-06-30 12:00 UTC"),
    ],
)
async def test_dates_are_told_as_wanted(library: Library, form: DateForm, in_row: str, in_story: str) -> None:
    async with reading(library, size=WIDE, settings=DEFAULTS._replace(dates=form)) as pilot:
        assert f"news.example · {in_row}" in shown_in(rows(pilot)) or f"News · {in_row}" in shown_in(
            rows(pilot)
        )
        assert in_story in story_text(pilot).splitlines()[3].strip() + story_text(pilot)
