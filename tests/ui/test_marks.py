"""Marks by keys and by reading: shown, undone, seen by other instances, never in the reader's way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static, TextArea

from newsreader.domain.mark_changes import Identity, MarkChange
from newsreader.domain.marks import Mark, MarkSet
from newsreader.domain.rules import Rule
from newsreader.domain.saved_search import SavedSearch
from newsreader.domain.view import Scope, View
from newsreader.library import Library
from newsreader.library.marks.store import Marks
from newsreader.settings.saved_searches import SearchesFile
from newsreader.ui.dialogs.chooser import ChooserScreen
from newsreader.ui.dialogs.note import NoteScreen
from newsreader.ui.dialogs.tags import TagsScreen
from newsreader.ui.widgets.headline_list import HeadlineList
from tests.builders import a_corpus
from tests.ui.harness import (
    DEFAULTS,
    a_library,
    a_story,
    is_alone,
    main_screen,
    press,
    reading,
    rows,
    selected_title,
    settle,
    shown_in,
    sidebar_lines,
    status,
    stories,
    story_text,
    story_title,
    titles,
    until,
)

EVENT = "Acme builds faster chips"
FILES = stories(6) | {
    "_news/lead.md": a_story(
        1,
        title=EVENT,
        heat=90,
        related=[{"title": f"{EVENT} now", "webUrl": "https://news.example/follower"}],
    ),
    "_news/follower.md": a_story(
        2, title=f"{EVENT} now", originalUrl="https://news.example/follower", heat=-1, published=False
    ),
}
QUICK = DEFAULTS._replace(mark_read_after=0.0)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    folder = a_corpus(tmp_path, FILES)
    return a_library(folder, tmp_path / "cache", marks=tmp_path / "state" / "marks.sqlite")


@pytest.fixture
async def pilot(library: Library) -> AsyncIterator[Pilot[None]]:
    async with reading(library) as pilot:
        yield pilot


@pytest.fixture
def elsewhere(library: Library) -> Iterator[Marks]:
    """Another instance at work on the same marks."""
    assert library.marks_file is not None
    with closing(Marks(library.marks_file)) as marks:
        yield marks


def _read(pilot: Pilot[None]) -> list[str]:
    """The titles of all rows that are read."""
    shown = (rows(pilot).headline(index) for index in range(rows(pilot).count))
    return [row.title for row in shown if row and MarkSet.READ in row.marks]


def _marks(pilot: Pilot[None]) -> MarkSet:
    headline = rows(pilot).headline(rows(pilot).cursor)
    assert headline is not None
    return headline.marks


async def test_m_marks_a_story_with_its_reports_read_and_unread(pilot: Pilot[None]) -> None:
    assert shown_in(rows(pilot)).count("●") == 6  # the seventh is under the cursor
    await press(pilot, "m")
    assert _read(pilot) == [EVENT]
    assert status(pilot).message == f"Marked “{EVENT}” and its 1 other report as read; ctrl+z undoes it."
    assert "read" in story_text(pilot)
    await press(pilot, "v")
    assert _read(pilot) == [EVENT, f"{EVENT} now"]
    await press(pilot, "m")
    assert _read(pilot) == []
    await press(pilot, "m", "ctrl+z", "ctrl+z")
    assert _read(pilot) == [EVENT, f"{EVENT} now"]
    assert status(pilot).message.startswith(f"Undone: Marked “{EVENT}” and its 1 other report as unread;")
    await press(pilot, "ctrl+y")
    assert _read(pilot) == []


async def test_a_setting_leaves_the_reports_unread(library: Library) -> None:
    async with reading(library, settings=DEFAULTS._replace(mark_coverage=False)) as pilot:
        await press(pilot, "m", "v")
        assert _read(pilot) == [EVENT]


async def test_rules_hide_what_comes_in_until_that_is_undone(library: Library, tmp_path: Path) -> None:
    library.rules = (Rule("title:sponsored", (Mark.HIDDEN,)),)
    library.rules_file = tmp_path / "state" / "rules"
    async with reading(library) as pilot:
        for number, title in ((0, "Sponsored post"), (3, "Another story")):
            path = library.root / f"_news/new-{number}.md"
            path.write_text(a_story(number, title=title), encoding="utf-8")
        await press(pilot, "R")
        await until(pilot, lambda: "Another story" in titles(pilot) and "Sponsored post" not in titles(pilot))
        assert status(pilot).message == "The rules have changed 1 story; ctrl+z undoes it."
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: "Sponsored post" in titles(pilot))
        await press(pilot, "ctrl+y")
        await until(pilot, lambda: "Sponsored post" not in titles(pilot))


async def test_a_story_is_hidden_found_and_shown_again(library: Library) -> None:
    async with reading(library, View(Scope.EVERYTHING, fold=False)) as pilot:
        before = titles(pilot)
        await press(pilot, "j", "H")
        await until(pilot, lambda: titles(pilot) == [before[0], *before[2:]])
        assert status(pilot).message == f"Hid “{before[1]}”; ctrl+z undoes it."
        assert selected_title(pilot) == before[2]
        await press(pilot, "slash", *"is:hidden", "enter")
        await until(pilot, lambda: titles(pilot) == [before[1]])
        await press(pilot, "H")
        await until(pilot, lambda: status(pilot).message.startswith("Unhid"))
        await press(pilot, "escape")
        await until(pilot, lambda: titles(pilot) == before)


async def test_all_selected_stories_are_hidden_until_that_is_undone(library: Library) -> None:
    async with reading(library, View(Scope.EVERYTHING, fold=False)) as pilot:
        before = titles(pilot)
        await press(pilot, "x", "x", "H")
        await until(pilot, lambda: titles(pilot) == before[2:])
        assert "selected" not in status(pilot).place
        await press(pilot, "ctrl+z")
        await until(pilot, lambda: titles(pilot) == before)


async def test_stars_and_things_to_read_later_are_told_in_row_and_story(pilot: Pilot[None]) -> None:
    await press(pilot, "f", "L")
    assert _marks(pilot) == MarkSet.STARRED | MarkSet.LATER
    assert "★◔" in shown_in(rows(pilot))
    assert "★ starred · ◔ to read later" in story_text(pilot)
    await press(pilot, "f")
    assert _marks(pilot) == MarkSet.LATER
    assert status(pilot).message.startswith(f"Removed the star from “{EVENT}”")


async def test_a_note_is_written_shown_found_and_taken_off(pilot: Pilot[None]) -> None:
    await press(pilot, "E")
    assert isinstance(pilot.app.screen, NoteScreen)
    await press(pilot, *"one", "ctrl+j", *"two [/]", "enter")
    assert is_alone(pilot)
    assert "Note\none\ntwo [/]" in story_text(pilot)
    assert _marks(pilot) == MarkSet.NOTE
    await press(pilot, "E")
    assert pilot.app.screen.query_one(TextArea).text == "one\ntwo [/]"
    await press(pilot, "x", "ctrl+g")
    assert "two [/]x" not in story_text(pilot)
    await press(pilot, "E", "alt+enter", "x", "escape")
    assert "Note\none\ntwo [/]\nx" in story_text(pilot)
    assert status(pilot).message.startswith("Noted something on")
    await press(pilot, "E", "backspace", "backspace", "escape")
    await press(pilot, "E", "ctrl+s")
    assert status(pilot).message == "The note is unchanged."
    await press(pilot, "slash", *"has:note", "enter")
    assert titles(pilot) == [EVENT]
    await press(pilot, "E")
    pilot.app.screen.query_one(TextArea).text = " "
    await press(pilot, "ctrl+s")
    assert _marks(pilot) == MarkSet.NONE
    assert status(pilot).message.startswith("Removed the note from")


async def test_tags_are_typed_completed_listed_and_undone(pilot: Pilot[None]) -> None:
    await press(pilot, "number_sign", *"Work chips", "enter")
    assert is_alone(pilot)
    assert "#chips · #work" in story_text(pilot).replace("\n", " ")
    assert _marks(pilot) == MarkSet.TAGS
    assert status(pilot).message.startswith(f"Tagged “{EVENT}” #chips #work")
    await until(pilot, lambda: "#work" in "".join(sidebar_lines(pilot)))
    await press(pilot, "x", "x", "number_sign")
    assert isinstance(pilot.app.screen, TagsScreen)
    await press(pilot, "w")
    assert "tab work" in str(pilot.app.screen.query_one("#refusal", Static).render())
    await press(pilot, "tab", "enter")
    assert status(pilot).message.startswith("Tagged 2 stories #work")
    await press(pilot, "escape", "slash", *"tag:=work", "enter")
    await settle(pilot)
    assert len(titles(pilot)) == 2
    await press(pilot, "ctrl+z", "number_sign", "escape")
    assert status(pilot).message.startswith("Undone: Tagged 2 stories #work")


async def test_n_and_p_walk_the_unread_stories(pilot: Pilot[None]) -> None:
    await press(pilot, "j", "m", "j", "m", "g")
    await press(pilot, "n")
    assert selected_title(pilot) == "Story 0003"
    assert story_title(pilot) == "Story 0003"
    await press(pilot, "p")
    assert selected_title(pilot) == EVENT
    await press(pilot, "p")
    assert status(pilot).message == "There is no unread story above; n looks below."
    await press(pilot, "G", "n")
    assert status(pilot).message == "There is no unread story below; p looks above."
    await press(pilot, "3", "p")
    assert selected_title(pilot) == "Story 0005"


async def test_all_in_view_are_marked_after_telling_how_many(pilot: Pilot[None]) -> None:
    await press(pilot, "m", "slash", *"story", "enter", "M")
    await until(pilot, lambda: isinstance(pilot.app.screen, ChooserScreen))
    assert pilot.app.screen._choices[0].name == "Mark 6 stories as read"  # type: ignore[attr-defined]
    await press(pilot, "escape")
    assert _read(pilot) == [EVENT]
    await press(pilot, "M", "enter")
    assert len(_read(pilot)) == 7
    assert status(pilot).message == "Marked 6 stories as read; ctrl+z undoes it."
    await press(pilot, "M")
    assert status(pilot).message == "Everything here is read."
    await press(pilot, "ctrl+z", "escape")
    assert _read(pilot) == [EVENT]


async def test_a_story_counts_as_read_when_it_has_been_on_the_screen(library: Library) -> None:
    async with reading(library, settings=QUICK) as pilot:
        await until(pilot, lambda: _read(pilot) == [EVENT])
        await press(pilot, "j")
        await until(pilot, lambda: _read(pilot) == [EVENT, "Story 0001"])
        assert status(pilot).message == ""
        await press(pilot, "ctrl+z")
        assert status(pilot).message == "Nothing to undo."
        assert _read(pilot) == [EVENT, "Story 0001"]


@pytest.mark.parametrize("delay", [None, 3600.0])
async def test_without_that_time_nothing_is_marked(library: Library, delay: float | None) -> None:
    async with reading(library, settings=DEFAULTS._replace(mark_read_after=delay)) as pilot:
        await press(pilot, "j", "k")
        assert _read(pilot) == []


async def test_what_cannot_be_seen_is_not_read(library: Library) -> None:
    async with reading(library, size=(60, 24), settings=QUICK) as pilot:
        await press(pilot, "j")
        assert _read(pilot) == []
        await press(pilot, "enter")
        assert _read(pilot) == ["Story 0001"]
        await press(pilot, "escape", "j", "enter")
        assert _read(pilot) == ["Story 0001", "Story 0002"]


async def test_a_story_that_a_dialog_lay_over_counts_as_read_afterwards(library: Library) -> None:
    async with reading(library, settings=QUICK) as pilot:
        await settle(pilot)
        await pilot.press("j", "question_mark")
        await settle(pilot)
        await press(pilot, "escape")
        assert "Story 0001" in _read(pilot)


async def test_space_pages_through_a_story_and_goes_on_to_the_next_unread_one(tmp_path: Path) -> None:
    long = "\n\n".join(f"Paragraph {number}." for number in range(60))
    files = stories(4) | {"_news/long.md": a_story(1, title="A long one", heat=99) + long}
    library = a_library(a_corpus(tmp_path, files), tmp_path / "cache", marks=tmp_path / "marks.sqlite")
    settings = DEFAULTS._replace(mark_read_after=3600.0)
    async with reading(library, size=(120, 30), settings=settings) as pilot:
        await press(pilot, "j", "m", "k", "enter")
        assert story_title(pilot) == "A long one"
        pages = 0
        while story_title(pilot) == "A long one":
            await press(pilot, "space")
            pages += 1
        assert pages > 3
        assert story_title(pilot) == "Story 0002"
        assert _read(pilot) == ["A long one", "Story 0001"]
        await press(pilot, "space", "space", "space")
        assert status(pilot).message == "There is no unread story below; p looks above."
        await press(pilot, "2", "g", "space")
        assert rows(pilot).cursor == 4


async def test_reading_takes_nothing_out_of_a_list_of_unread_stories(library: Library) -> None:
    async with reading(library, View(filter="is:unread")) as pilot:
        assert len(titles(pilot)) == 7
        await press(pilot, "j", "m", "R")
        assert len(titles(pilot)) == 7
        assert _read(pilot) == ["Story 0001"]
        await press(pilot, "v")
        await press(pilot, "v")
        assert len(titles(pilot)) == 6


async def test_two_instances_see_the_marks_of_each_other(pilot: Pilot[None], elsewhere: Marks) -> None:
    elsewhere.set("Starred", [MarkChange(Identity.named("https://news.example/3"), Mark.STARRED, 1)])

    def starred() -> list[str]:
        shown = (rows(pilot).headline(index) for index in range(rows(pilot).count))
        return [row.title for row in shown if row and MarkSet.STARRED in row.marks]

    await until(pilot, lambda: starred() == ["Story 0003"])
    await press(pilot, "f")
    assert elsewhere.undo() is not None
    await until(pilot, lambda: starred() == ["Story 0003"])


async def test_marks_outlive_the_program_and_can_be_undone_in_the_next_one(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "f")
    async with reading(library) as pilot:
        assert _marks(pilot) == MarkSet.STARRED
        await press(pilot, "ctrl+z")
        assert _marks(pilot) == MarkSet.NONE


async def test_the_last_mark_before_the_end_is_kept(library: Library) -> None:
    async with reading(library) as pilot:
        await pilot.press("f", "L", "q")
    assert library.marks_file is not None
    with closing(Marks(library.marks_file)) as marks:
        assert {dated.change.mark for dated in marks.all()} == {Mark.STARRED, Mark.LATER}


async def test_quitting_saves_the_note_that_is_being_written(library: Library) -> None:
    async with reading(library) as pilot:
        await press(pilot, "E", *"half")
        await pilot.press("ctrl+q")
    assert library.marks_file is not None
    with closing(Marks(library.marks_file)) as marks:
        assert [dated.change.value for dated in marks.all()] == ["half"]


async def test_marks_and_searches_are_undone_in_the_order_in_which_they_were_made(
    library: Library, tmp_path: Path
) -> None:
    file = SearchesFile(tmp_path / "searches.toml")
    async with reading(library, searches=file) as pilot:
        await press(pilot, "f", "ctrl+s", *"x", "enter", "m")
        assert len(file.read().searches) == 1
        await press(pilot, "ctrl+z")
        assert _marks(pilot) == MarkSet.STARRED
        await press(pilot, "ctrl+z")
        assert file.read().searches == ()
        await press(pilot, "ctrl+z")
        assert _marks(pilot) == MarkSet.NONE
        await press(pilot, "ctrl+z")
        assert status(pilot).message == "Nothing to undo."
        await press(pilot, "ctrl+y", "ctrl+y", "ctrl+y")
        assert len(file.read().searches) == 1
        assert _marks(pilot) == MarkSet.STARRED | MarkSet.READ
        await press(pilot, "ctrl+y")
        assert status(pilot).message == "Nothing to redo."


async def test_searches_for_unread_stories_count_what_is_left(library: Library, tmp_path: Path) -> None:
    file = SearchesFile(tmp_path / "searches.toml")
    file.put(SavedSearch("Unread", filter="is:unread"))
    async with reading(library, searches=file) as pilot:
        assert any(line.split() == ["Unread", "7"] for line in sidebar_lines(pilot))
        await press(pilot, "m")
        await until(pilot, lambda: any(line.split() == ["Unread", "6"] for line in sidebar_lines(pilot)))


async def test_marks_that_cannot_be_kept_are_told(library: Library) -> None:
    assert library.marks_file is not None
    library.marks_file.parent.write_text("in the way")
    async with reading(library) as pilot:
        await until(pilot, lambda: "the marks cannot be opened" in status(pilot).message)
        await press(pilot, "f")
        assert "the marks cannot be opened" in status(pilot).message
        assert _marks(pilot) == MarkSet.NONE


async def test_damaged_marks_are_told_of_and_reading_goes_on(library: Library) -> None:
    assert library.marks_file is not None
    library.marks_file.parent.mkdir()
    library.marks_file.write_bytes(b"no database at all " * 500)
    async with reading(library) as pilot:
        await until(pilot, lambda: "The marks were damaged" in status(pilot).message)
        await press(pilot, "f")
        assert _marks(pilot) == MarkSet.STARRED


async def test_a_related_entry_that_is_not_in_the_corpus_is_marked_by_its_address(tmp_path: Path) -> None:
    files = {"a.md": a_story(1, related=[{"title": "Far away", "webUrl": "https://far.example/page"}])}
    library = a_library(a_corpus(tmp_path, files), tmp_path / "cache", marks=tmp_path / "marks.sqlite")
    async with reading(library) as pilot:
        await press(pilot, "enter", "G", "enter")
        assert story_title(pilot) == "Far away"
        await press(pilot, "f")
        assert "Starred “Far away”" in status(pilot).message
    with closing(Marks(tmp_path / "marks.sqlite")) as marks:
        assert marks.get(Identity.named("https://far.example/page"), Mark.STARRED) == 1


async def test_scrolled_rows_keep_their_marks(tmp_path: Path) -> None:
    library = a_library(a_corpus(tmp_path, stories(300)), tmp_path / "cache", marks=tmp_path / "marks.sqlite")
    async with reading(library) as pilot:
        await press(pilot, "f", "G", "f", "g")
        assert "★" in shown_in(rows(pilot))
        await press(pilot, "G")
        await settle(pilot)
        assert isinstance(rows(pilot), HeadlineList)
        assert _marks(pilot) == MarkSet.STARRED
        assert main_screen(pilot).view == View()
