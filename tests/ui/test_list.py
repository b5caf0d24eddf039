"""The ranked list: its order, moving in it, and how the selected record is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newsreader.domain.ranking import Order
from newsreader.domain.view import Scope, View
from newsreader.library import Library
from newsreader.ui.dialogs.chooser import ChooserScreen
from tests.builders import a_corpus
from tests.ui.harness import (
    a_library,
    a_story,
    cursor_line,
    main_screen,
    press,
    reading,
    reading_files,
    rows,
    screen_text,
    selected_title,
    shown_in,
    status,
    stories,
    story_title,
    titles,
    until,
)

COUNT = 60


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Sixty stories on the front page, and a hot one that is not."""
    files = stories(COUNT) | {"_news/0000-follower.md": a_story(70, title="A follower", published=False)}
    folder = tmp_path_factory.mktemp("list")
    return a_library(a_corpus(folder, files), folder / "cache")


async def test_the_list_shows_the_front_page_in_order(library: Library) -> None:
    async with reading(library) as pilot:
        assert titles(pilot) == [f"Story {number:04d}" for number in range(1, COUNT + 1)]
        assert status(pilot).place == "1 of 60 · front page · top · all topics"
        shown = screen_text(pilot)
        assert shown.index("Story 0001") < shown.index("Story 0002")
        assert "A follower" not in shown
        assert story_title(pilot) == "Story 0001"


async def test_the_keys_move_by_rows_pages_and_to_both_ends(library: Library) -> None:
    async with reading(library) as pilot:
        page = rows(pilot).rows_per_page
        half = page // 2
        assert 10 < page < COUNT / 2
        at = 0
        for key, expected in (
            ("j", 1),
            ("down", 2),
            ("k", 1),
            ("up", 0),
            ("k", 0),
            ("pagedown", page),
            ("space", 2 * page),
            ("pageup", page),
            ("ctrl+d", page + half),
            ("ctrl+u", page),
            ("G", COUNT - 1),
            ("j", COUNT - 1),
            ("pagedown", COUNT - 1),
            ("g", 0),
            ("pageup", 0),
            ("end", COUNT - 1),
            ("home", 0),
        ):
            await pilot.press(key)
            at = rows(pilot).cursor
            assert at == expected, key
            assert status(pilot).place.startswith(f"{at + 1} of {COUNT} ")
            assert 0 <= cursor_line(pilot) <= 2 * (page - 1) + 1, key


async def test_the_story_follows_when_the_cursor_rests(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "j", "j", "j")
        assert selected_title(pilot) == story_title(pilot) == "Story 0004"


async def test_one_key_goes_through_the_orders(library: Library) -> None:
    async with reading(library) as pilot:
        found = {}
        for _ in Order:
            await press(pilot, "s")
            await press(pilot, "g")
            found[main_screen(pilot).view.order] = titles(pilot)[:2]
        assert found == {
            Order.HOT: ["Story 0060", "Story 0059"],
            Order.QUALITY: ["Story 0007", "Story 0017"],
            Order.NEW: ["Story 0001", "Story 0002"],
            Order.OLD: ["Story 0060", "Story 0059"],
            Order.TOP: ["Story 0001", "Story 0002"],
        }


async def test_an_order_is_chosen_from_a_menu_and_told_in_words(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "S")
        assert isinstance(pilot.app.screen, ChooserScreen)
        assert "hottest stories first" in screen_text(pilot)
        await press(pilot, "j", "enter")
        assert main_screen(pilot).view.order is Order.HOT
        assert status(pilot).message == "Order: hot, hottest stories first."
        assert rows(pilot).border_title == "Front page · hot"
        await press(pilot, "S", "escape")
        assert main_screen(pilot).view.order is Order.HOT


async def test_one_key_shows_everything_and_the_front_page_again(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "v")
        assert "A follower" in titles(pilot)
        assert status(pilot).place == f"1 of {COUNT + 1} · everything · top · all topics"
        await press(pilot, "v")
        assert "A follower" not in titles(pilot)


async def test_the_selected_record_stays_selected_whatever_is_shown(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, *"jjjj")
        assert selected_title(pilot) == "Story 0005"
        for keys in ("s", "s", "s", "s", "s", "v", "v", "/Story", " 0", "005"):
            await press(pilot, *keys)
            assert selected_title(pilot) == "Story 0005", keys
            assert story_title(pilot) == "Story 0005", keys
        await press(pilot, "escape")
        assert selected_title(pilot) == "Story 0005"
        assert rows(pilot).count == COUNT


async def test_a_record_that_is_not_in_the_view_gives_way_to_the_first(library: Library) -> None:
    async with reading(library, View(Scope.EVERYTHING)) as pilot:
        await press(pilot, "G")
        assert selected_title(pilot) == "A follower"
        await press(pilot, "v")
        assert selected_title(pilot) == story_title(pilot) == "Story 0001"


async def test_a_refresh_adds_rows_above_without_moving_the_selected_one(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(40)) as pilot:
        await press(pilot, "pagedown", "j", "j", "j")
        before = cursor_line(pilot)
        chosen = selected_title(pilot)
        offset = rows(pilot).scroll_offset.y
        newest = {
            f"_news/99{number}-new.md": a_story(1, title=f"News {number}", heat=100 + number)
            for number in range(5)
        }
        a_corpus(tmp_path, newest)
        await press(pilot, "R")
        assert titles(pilot)[:2] == ["News 4", "News 3"]
        assert selected_title(pilot) == story_title(pilot) == chosen
        assert cursor_line(pilot) == before
        assert rows(pilot).scroll_offset.y == offset + 5 * rows(pilot).row_height


async def test_a_selected_record_that_is_deleted_gives_way_to_the_one_in_its_row(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(10)) as pilot:
        await press(pilot, *"jjj")
        (tmp_path / "corpus" / "_news" / "9995-story.md").unlink()
        await press(pilot, "R")
        assert rows(pilot).count == 9
        assert selected_title(pilot) == story_title(pilot) == "Story 0005"


async def test_a_file_that_changed_is_shown_as_it_is_now(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(10)) as pilot:
        a_corpus(
            tmp_path, {"_news/9998-story.md": a_story(1, title="Corrected", excerpt="With another text.")}
        )
        await press(pilot, "R")
        assert titles(pilot)[0] == story_title(pilot) == "Corrected"


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (View(filter="nowhere"), "esc clears it"),
        (View(type="video"), "v switches between the front page and everything"),
        (View(), "The front page is empty. v shows everything."),
        (View(Scope.EVERYTHING), "1 Markdown file without metadata"),
    ],
)
async def test_an_empty_list_says_what_to_press(tmp_path: Path, view: View, words: str) -> None:
    only = {"README.md": "No record.\n"}
    if view.scope is Scope.FRONT:
        only["_news/a.md"] = a_story(1, published=False)
    async with reading_files(tmp_path, only, view) as pilot:
        assert rows(pilot).count == 0
        assert words in rows(pilot).hint
        assert words in shown_in(rows(pilot))
        await press(pilot, "j", "G", "pagedown", "enter", "2", "o")
        assert status(pilot).message == "There is no story here."


async def test_a_topic_that_is_gone_is_reported_and_all_topics_are_shown(tmp_path: Path) -> None:
    async with reading_files(tmp_path, stories(3), View(topic="Chips")) as pilot:
        await until(pilot, lambda: rows(pilot).count == 3)
        assert status(pilot).message == "There is no topic “Chips”. All topics are shown."


async def test_the_words_of_an_empty_list_are_painted_when_they_change(tmp_path: Path) -> None:
    async with reading_files(tmp_path, {"README.md": "No record.\n"}) as pilot:
        rows(pilot).hint = "Other words."
        await pilot.pause()
        assert "Other words." in screen_text(pilot)


async def test_a_row_tells_provider_age_coverage_amp_type_and_heat(tmp_path: Path) -> None:
    related = [{"title": "Elsewhere", "webUrl": f"https://b.example/{number}"} for number in range(3)]
    record = a_story(1, heat=1391, related=related, ampWebUrl="https://news.example/1/amp", type="video")
    async with reading_files(tmp_path, {"a.md": record}) as pilot:
        line = next(line for line in screen_text(pilot).splitlines() if "news.example · 1 d" in line)
        assert re.search(r"video +\+3 AMP ▲1,391", line)
