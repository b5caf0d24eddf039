"""The sidebar: what it lists, and that moving in it shows the records."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from newsreader.domain.view import Scope, View
from newsreader.library import Library
from newsreader.ui.dialogs.problems import ProblemsScreen
from newsreader.ui.widgets.headline_list import HeadlineList
from newsreader.ui.widgets.topic_sidebar import TopicSidebar
from newsreader.ui.widgets.virtual_list import VirtualList
from tests.builders import a_corpus
from tests.ui.harness import (
    a_library,
    a_story,
    front_matter,
    is_alone,
    main_screen,
    press,
    reading,
    reading_files,
    rows,
    screen_text,
    sidebar,
    sidebar_lines,
    status,
    story_title,
    titles,
    until,
)


def _topic(name: str, parent: str = "") -> str:
    return front_matter({"taxonomy": "topic", "name": name, "parent": parent}).strip("-\n")


FILES: Mapping[str, str] = {
    "_data/topics/00-ai.yaml": _topic("AI"),
    "_data/topics/10-vision.yaml": _topic("Computer Vision", "AI"),
    "_data/topics/11-faces.yaml": _topic("Faces", "Computer Vision"),
    "_data/topics/12-unused.yaml": _topic("Unused", "AI"),
    "_data/topics/05-google.yaml": _topic("Google", "AI"),
    "_news/1.md": a_story(1, topics=["AI"]),
    "_news/2.md": a_story(2, topics=["Faces"]),
    "_news/3.md": a_story(3, topics=["Google", "Unfiled"]),
    "_news/4.md": a_story(4, topics=["Google"], published=False),
    "_news/5.md": a_story(5, topics=["Computer Vision"], type="video"),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Five records below a tree of topics."""
    folder = tmp_path_factory.mktemp("topics")
    return a_library(a_corpus(folder, FILES), folder / "cache")


def _words(lines: list[str]) -> list[str]:
    """Rows with single spaces behind their indentation."""
    return [line[: len(line) - len(line.lstrip())] + " ".join(line.split()) for line in lines]


async def test_topics_stand_in_the_order_of_their_files_below_their_parents(library: Library) -> None:
    async with reading(library) as pilot:
        assert _words(sidebar_lines(pilot)) == [
            " ◉ Front page ○ All",
            " All topics 4",
            "",
            " Topics",
            " ▾ AI 4",
            "   Google 1",
            "   ▾ Computer Vision 2",
            "     Faces 1",
            " Unfiled 1",
            "",
            " Types",
            " article 3",
            " video 1",
        ]
        numbers = [line for line in sidebar_lines(pilot) if line[-1:].isdigit()]
        assert len({len(line) for line in numbers}) == 1, "numbers align on the right"


async def test_one_type_and_no_problem_leave_out_their_headings(tmp_path: Path) -> None:
    async with reading_files(tmp_path, {"a.md": a_story(1, topics=[])}) as pilot:
        assert _words(sidebar_lines(pilot)) == [" ◉ Front page ○ All", " All topics 1"]


async def test_moving_shows_a_topic_at_once(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "1", "j")
        assert main_screen(pilot).view == View(topic="AI")
        assert rows(pilot).border_title == "AI · Front page · top"
        assert rows(pilot).count == 4
        await press(pilot, "j", "j")
        assert titles(pilot) == ["Story 0002", "Story 0005"]
        assert story_title(pilot) == "Story 0002"
        assert isinstance(pilot.app.focused, TopicSidebar)
        assert status(pilot).place == "1 of 2 · front page · top · Computer Vision"


async def test_headings_are_skipped_on_the_way(library: Library) -> None:
    async with reading(library) as pilot:
        labels = []
        await press(pilot, "1")
        await press(pilot, "g")
        for _ in range(9):
            await press(pilot, "j")
            labels.append(sidebar(pilot).place(sidebar(pilot).cursor).label)
        assert labels == [
            *("All topics", "AI", "Google", "Computer Vision", "Faces", "Unfiled", "article", "video"),
            "video",
        ]
        assert titles(pilot) == ["Story 0005"]
        await press(pilot, "g", "j")
        assert main_screen(pilot).view == View(Scope.FRONT)
        await press(pilot, "ctrl+d", "G", "k", "k")
        assert sidebar(pilot).place(sidebar(pilot).cursor).label == "Unfiled"


async def test_enter_goes_to_the_list(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "1", "j", "j", "enter")
        assert isinstance(pilot.app.focused, HeadlineList)
        assert main_screen(pilot).view.topic == "Google"


async def test_the_scope_changes_the_counts_and_the_cursor_stays(library: Library) -> None:
    async with reading(library, View(topic="Google")) as pilot:
        assert sidebar(pilot).place(sidebar(pilot).cursor).label == "Google"
        await press(pilot, "v")
        assert "   Google 2" in _words(sidebar_lines(pilot))
        assert sidebar(pilot).place(sidebar(pilot).cursor).label == "Google"
        assert titles(pilot) == ["Story 0003", "Story 0004"]
        await press(pilot, "v")
        assert "   Google 1" in _words(sidebar_lines(pilot))


async def test_the_scope_is_in_sight_at_the_start(library: Library) -> None:
    async with reading(library, size=(120, 10)) as pilot:
        assert sidebar(pilot).scroll_offset.y == 0
        assert "◉ Front page" in sidebar_lines(pilot)[0]


async def test_enter_on_the_scope_toggles_it_and_walking_never_does(library: Library) -> None:
    async with reading(library, View(topic="Google")) as pilot:
        await press(pilot, "1", "g")
        assert main_screen(pilot).view == View(topic="Google")
        await press(pilot, "enter")
        assert main_screen(pilot).view == View(Scope.EVERYTHING, topic="Google")
        assert _words(sidebar_lines(pilot))[:2] == [" ○ Front page ◉ All", " All topics 5"]
        scopes = set()
        for _ in range(9):
            await press(pilot, "j")
            scopes.add(main_screen(pilot).view.scope)
        assert scopes == {Scope.EVERYTHING}
        await press(pilot, "g", "enter")
        assert main_screen(pilot).view.scope is Scope.FRONT


async def test_subtopics_are_folded_by_keys(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "1", *"jjj")
        for fold, unfold in (("space", "space"), ("enter", "enter"), ("h", "l")):
            await press(pilot, fold)
            assert "   ▸ Computer Vision 2" in _words(sidebar_lines(pilot))
            assert not any("Faces" in line for line in sidebar_lines(pilot))
            await press(pilot, unfold)
            assert "   ▾ Computer Vision 2" in _words(sidebar_lines(pilot))
            assert "     Faces 1" in _words(sidebar_lines(pilot))
        await press(pilot, "j", "h")
        assert main_screen(pilot).view.topic == "Computer Vision"
        await press(pilot, "h", "h", "h")
        assert main_screen(pilot).view.topic == "AI"
        assert " ▸ AI 4" in _words(sidebar_lines(pilot))
        await press(pilot, "l", "l")
        assert isinstance(pilot.app.focused, HeadlineList)


async def test_topics_are_filtered_by_words(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "1", "slash", *"xyz", "enter")
        assert status(pilot).message == "No topic has the words “xyz”; all are shown."
        await press(pilot, "slash", *"face")
        assert "3 topics" in screen_text(pilot)
        assert " Topics · face" in _words(sidebar_lines(pilot))
        await press(pilot, "enter")
        shown = _words(sidebar_lines(pilot))
        start = shown.index(" Topics · face")
        assert shown[start + 1 : start + 5] == [" ▾ AI 4", "   ▾ Computer Vision 2", "     Faces 1", ""]
        await press(pilot, "escape")
        assert sidebar(pilot).has_focus
        assert " Unfiled 1" in _words(sidebar_lines(pilot))
        await press(pilot, "slash", *"fac", "escape")
        assert " Unfiled 1" in _words(sidebar_lines(pilot))
        await press(pilot, "escape")
        assert rows(pilot).has_focus


async def test_topics_tell_how_many_of_their_records_are_unread(tmp_path: Path) -> None:
    library = a_library(a_corpus(tmp_path, FILES), tmp_path / "cache", marks=tmp_path / "marks.sqlite")
    async with reading(library) as pilot:
        assert " All topics 4" in _words(sidebar_lines(pilot))
        await press(pilot, "m")
        await until(pilot, lambda: " All topics 3/4" in _words(sidebar_lines(pilot)))
        assert " ▾ AI 3/4" in _words(sidebar_lines(pilot))
        assert " Unfiled 1" in _words(sidebar_lines(pilot))
        await press(pilot, "v")
        await until(pilot, lambda: " All topics 4/5" in _words(sidebar_lines(pilot)))
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: " All topics 5" in _words(sidebar_lines(pilot)))


async def test_a_topic_given_in_other_letters_is_recognised(library: Library) -> None:
    async with reading(library, View(topic="computer vision")) as pilot:
        assert main_screen(pilot).view.topic == "Computer Vision"
        assert sidebar(pilot).place(sidebar(pilot).cursor).label == "Computer Vision"
        assert titles(pilot) == ["Story 0002", "Story 0005"]


async def test_problems_are_listed_and_lead_to_what_could_be_read(tmp_path: Path) -> None:
    bad = {"_news/6.md": "---\ntitle: Half a record\nheat: many\n---\n", "_news/7.md": "---\na: [\n"}
    async with reading_files(tmp_path, dict(FILES) | bad) as pilot:
        assert _words(sidebar_lines(pilot))[-1].startswith(" Problems ")
        await press(pilot, "1", "G")
        assert main_screen(pilot).view == View()
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ProblemsScreen)
        shown = screen_text(pilot)
        assert "_news/6.md:3 · enter shows what could be read" in shown
        assert "a number is needed, found “many”" in shown
        await press(pilot, "enter")
        assert story_title(pilot) == "Half a record"
        await press(pilot, "exclamation_mark", "escape")
        assert is_alone(pilot)


async def test_a_corpus_without_problems_says_so(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "exclamation_mark")
        assert "Every file could be read." in screen_text(pilot)
        await press(pilot, "j", "enter", "q")
        assert is_alone(pilot)


async def test_topics_that_shrink_while_the_cursor_moves_do_no_harm(library: Library) -> None:
    async with reading(library) as pilot:
        sidebar(pilot).post_message(VirtualList.Highlighted(sidebar(pilot), 99))
        sidebar(pilot).post_message(VirtualList.Activated(sidebar(pilot), 99))
        await press(pilot)
        assert pilot.app.is_running
        assert main_screen(pilot).view == View()
