"""The next visit to a corpus begins where the last one ended, and tells what is new."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from newsreader.domain.ranking import Order
from newsreader.domain.view import View
from newsreader.library import Library
from newsreader.state.visits import read_visit
from tests.builders import a_corpus
from tests.ui.harness import (
    LibraryHere,
    a_library,
    a_story,
    cursor_line,
    main_screen,
    press,
    reading,
    rows,
    screen_text,
    selected_title,
    sidebar,
    sidebar_lines,
    status,
    stories,
    story_path,
    titles,
)


def again(library: Library) -> Library:
    """The same corpus at the next start."""
    assert library.visit_file is not None
    return LibraryHere(library.root, library.index.parent, visits=library.visit_file.parent)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    root = a_corpus(tmp_path, stories(60))
    a_library(root, tmp_path / "cache")
    return LibraryHere(root, tmp_path / "cache", visits=tmp_path / "visits")


async def test_topic_filter_order_selection_and_scroll_are_kept(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "slash", *"story 00", "enter", "s", "pagedown", "j", "j", "k")
        view, title, line = main_screen(pilot).view, selected_title(pilot), cursor_line(pilot)
        assert line > 0
    visit = again(library).last_visit
    assert visit is not None
    assert visit.view == view
    later = again(library)
    first = later.first_listing(visit.view, 16, visit.path)
    async with reading(later, visit.view, first=first, line=visit.line) as pilot:
        assert selected_title(pilot) == title
        assert cursor_line(pilot) == line
        assert main_screen(pilot).view == view
        assert "story 00" in screen_text(pilot)


async def test_a_corpus_that_is_gone_over_without_an_index_can_be_left(tmp_path: Path) -> None:
    library = LibraryHere(
        a_corpus(tmp_path, {"README.md": "text"}), tmp_path / "cache", visits=tmp_path / "v"
    )
    async with reading(library):
        pass
    visit = again(library).last_visit
    assert visit is not None
    assert visit.path == ""


async def test_what_is_new_has_a_place_with_a_count(library: Library) -> None:
    async with reading(library) as pilot:
        assert not any("New since" in line for line in sidebar_lines(pilot))
    time.sleep(0.002)  # marks and visits are told apart by the millisecond
    a_corpus(library.root.parent, {story_path(number): a_story(number) for number in (61, 62)})
    async with reading(again(library)) as pilot:
        assert any(line.split() == ["New", "since", "last", "visit", "2"] for line in sidebar_lines(pilot))
        await press(pilot, "1", "j")
        assert set(titles(pilot)) == {"Story 0061", "Story 0062"}
        await press(pilot, "r")
        assert sidebar(pilot).place(sidebar(pilot).cursor).label == "New since last visit"
        assert "saved search" in status(pilot).message


async def test_a_line_shows_where_the_last_visit_ended(library: Library) -> None:
    async with reading(library):
        pass
    time.sleep(0.002)
    a_corpus(library.root.parent, {story_path(0): a_story(0), story_path(-1): a_story(-1)})
    async with reading(again(library), View(order=Order.NEW)) as pilot:
        await press(pilot, "g")
        lines = [strip.text for strip in map(rows(pilot).render_line, range(8))]
        assert "last visit" in lines[4]
        assert "Story 0001" in lines[5]
        await press(pilot, "j", "j")
        assert selected_title(pilot) == "Story 0001"
        await pilot.click(rows(pilot), offset=(5, 6))
        assert selected_title(pilot) == "Story 0001"
        await pilot.click(rows(pilot), offset=(5, 8))
        assert selected_title(pilot) == "Story 0002"
        await press(pilot, "G")
        assert selected_title(pilot) == "Story 0060"
        assert "Story 0060" in rows(pilot).render_line(rows(pilot).scrollable_content_region.height - 2).text
        await press(pilot, "s")
        assert not any("last visit" in rows(pilot).render_line(line).text for line in range(8))


async def test_a_visit_is_kept_whatever_ends_it(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "G")
        pilot.app.exit()
    assert library.visit_file is not None
    visit = read_visit(library.visit_file)
    assert visit is not None
    assert visit.path == story_path(60)
