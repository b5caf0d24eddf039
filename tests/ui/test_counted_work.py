"""How much is done for a key, counted; how long it takes is for the benchmarks."""

from __future__ import annotations

import gc
import threading
from array import array
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from benchmarks.trips import counted
from rich.console import RenderableType
from textual._compositor import LayoutUpdate
from textual._styles_cache import StylesCache
from textual.app import App
from textual.color import Color
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot
from textual.screen import Screen

from newsreader.domain.listing import WINDOW
from newsreader.domain.mark_changes import Identity, MarkChange
from newsreader.domain.marks import Mark
from newsreader.domain.saved_search import SavedSearch
from newsreader.domain.view import View
from newsreader.library import Interrupted, Library, Reader
from newsreader.library.index.record_rows import FileRow
from newsreader.library.indexing.refresh import refresh
from newsreader.library.indexing.worker_pool import parse_in_process
from newsreader.library.marks import watch
from newsreader.library.marks.store import Marks
from newsreader.render.headline_row import Line
from newsreader.settings.model import Settings
from newsreader.settings.saved_searches import SearchesFile
from newsreader.ui.widgets.headline_list import HeadlineList
from newsreader.ui.workers.latest_query import LatestQuery, Question
from newsreader.ui.workers.library_client import LibraryClient
from tests.builders import a_corpus
from tests.ui.conftest import MANY
from tests.ui.harness import (
    WIDE,
    a_library,
    a_story,
    an_app,
    main_screen,
    press,
    reading,
    reading_files,
    rows,
    screen_text,
    settle,
    stories,
    story_path,
    until,
)


class Statements:
    """The statements that readers run, and the threads in which they do."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.threads: set[int] = set()

    def note(self, statement: str) -> None:
        if not statement.startswith("--"):  # what the full-text index asks itself
            self.texts.append(statement)
        self.threads.add(threading.get_ident())


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Iterator[Statements]:
    """Notes every statement of every reader that is opened in the test."""
    noted = Statements()
    opened = Reader.__init__

    def open_noting(reader: Reader, *arguments: Any, **more: Any) -> None:
        opened(reader, *arguments, **more)
        reader._connection.set_trace_callback(noted.note)

    monkeypatch.setattr(Reader, "__init__", open_noting)
    yield noted


@pytest.fixture(scope="module")
def short_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("short")
    return a_library(a_corpus(folder, stories(100)), folder / "cache")


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The rows whose lines were worked out, once for every time that they were."""
    noted: list[int] = []
    row_lines = HeadlineList.row_lines

    def note(shown: HeadlineList, index: int, width: int) -> Sequence[Line]:
        noted.append(index)
        return row_lines(shown, index, width)

    monkeypatch.setattr(HeadlineList, "row_lines", note)
    return noted


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> list[range]:
    """The runs of rows that were read because they came into sight."""
    noted: list[range] = []
    read_windows = LibraryClient.read_windows

    def note(loader: LibraryClient, ids: array[int], ranges: Sequence[tuple[int, int]]) -> None:
        noted.extend(range(start, min(stop, len(ids))) for start, stop in ranges)
        read_windows(loader, ids, ranges)

    monkeypatch.setattr(LibraryClient, "read_windows", note)
    return noted


async def test_a_step_lays_out_no_rows_but_the_two_that_change(
    long_library: Library, laid_out: list[int]
) -> None:
    async with reading(long_library) as pilot:
        for key in ("j", "j", "k"):
            before = rows(pilot).cursor
            laid_out.clear()
            await press(pilot, key)
            assert set(laid_out) <= {before, rows(pilot).cursor}, key
            assert len(laid_out) <= 2 * rows(pilot).row_height, key


@pytest.mark.parametrize("key", ["pagedown", "end", "ctrl+d"])
async def test_a_leap_lays_out_no_more_rows_than_are_in_sight(
    long_library: Library, laid_out: list[int], key: str
) -> None:
    async with reading(long_library) as pilot:
        laid_out.clear()
        await press(pilot, key)
        in_sight = rows(pilot).rows_per_page + 2  # one cut off at an edge, and the one that the cursor left
        assert len(set(laid_out)) <= in_sight
        # The page at once, and again when rows that were not at hand have been read.
        assert len(laid_out) <= 2 * in_sight * rows(pilot).row_height


async def test_a_page_reads_one_window_when_it_enters_it_and_otherwise_none(
    long_library: Library, windows: list[range]
) -> None:
    async with reading(long_library) as pilot:
        rows(pilot).move_cursor(3 * WINDOW - rows(pilot).rows_per_page)  # the end of what is at hand
        await settle(pilot)
        windows.clear()
        entered = []
        for _ in range(9):
            before = len(windows)
            await press(pilot, "pagedown")
            entered.append(len(windows) - before)
        assert set(entered) == {0, 1}
        assert windows == [range(at, at + WINDOW) for at in (3 * WINDOW, 4 * WINDOW)]


async def test_the_end_is_read_at_once_and_without_what_is_in_between(
    long_library: Library, windows: list[range]
) -> None:
    async with reading(long_library) as pilot:
        await press(pilot, "end")
        [read] = windows
        assert read.stop == MANY
        assert len(read) <= 2 * WINDOW


async def test_a_star_is_followed_once_and_so_is_what_another_instance_sets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, laid_out: list[int]
) -> None:
    asked: list[str] = []
    looks: list[bool] = []
    ask, changed_elsewhere = LatestQuery.ask, Marks.changed_elsewhere

    def note_question(lane: LatestQuery, question: Question) -> None:
        asked.append(lane._name)
        ask(lane, question)

    def note_look(marks: Marks) -> bool:
        looks.append(changed_elsewhere(marks))
        return looks[-1]

    monkeypatch.setattr(LatestQuery, "ask", note_question)
    monkeypatch.setattr(Marks, "changed_elsewhere", note_look)
    monkeypatch.setattr(watch, "marks_changes", partial(watch.marks_changes, every=0.01))
    path = tmp_path / "marks.sqlite"
    library = a_library(a_corpus(tmp_path, stories(12)), tmp_path / "cache", marks=path)
    file = SearchesFile(tmp_path / "searches.toml")
    file.put(SavedSearch("Starred", filter="is:starred"))
    followed = {"marks": 1, "tags": 1, "searches": 1}
    async with reading(library, searches=file) as pilot:
        await until(pilot, lambda: bool(looks))  # the marks are open
        await settle(pilot)
        await until(pilot, lambda: main_screen(pilot)._saved._counting is None)
        await until(pilot, lambda: main_screen(pilot)._tags._counting is None)
        in_sight = rows(pilot).count

        async def work_of(act: Callable[[], Awaitable[object]]) -> Counter[str]:
            asked.clear()
            laid_out.clear()
            await act()
            await until(pilot, lambda: followed.keys() <= set(asked))
            seen = len(looks)
            await until(pilot, lambda: len(looks) > seen + 2)
            await settle(pilot)
            return Counter(asked)

        assert await work_of(lambda: press(pilot, "f")) == followed
        assert len(laid_out) <= in_sight * rows(pilot).row_height
        assert not any(looks)
        with closing(Marks(path)) as elsewhere:  # closing it may count as a change of its own

            async def star_elsewhere() -> None:
                named = Identity.named("https://news.example/3")
                elsewhere.set("Starred", [MarkChange(named, Mark.STARRED, 1)])

            assert await work_of(star_elsewhere) == followed
            assert looks.count(True) == 1
        assert screen_text(pilot).count("★") >= 2


async def _statements_for(library: Library, statements: Statements, *keys: str) -> int:
    async with reading(library) as pilot:
        await press(pilot, "slash")
        statements.texts.clear()
        await press(pilot, *keys)
        return len(statements.texts)


WHOLE_LISTING = 7
"""Statements that find all records of a view after the first of them: five within a transaction."""


@pytest.mark.parametrize(("letter", "more"), [("s", WHOLE_LISTING), ("q", 0)], ids=["in all", "in none"])
async def test_a_letter_in_the_filter_asks_as_much_of_few_records_as_of_many(
    long_library: Library, short_library: Library, statements: Statements, letter: str, more: int
) -> None:
    of_few = await _statements_for(short_library, statements, letter)
    of_many = await _statements_for(long_library, statements, letter)
    assert 0 < of_few <= 10
    assert of_many <= of_few + more


async def test_no_statement_runs_where_keys_are_heard(long_library: Library, statements: Statements) -> None:
    async with reading(long_library) as pilot:
        statements.threads.clear()
        await press(pilot, "j", "pagedown", "end", "s", "v", "slash", "s", "t", "o", "enter", "enter")
        assert statements.texts
        assert threading.get_ident() not in statements.threads


ENDLESS = "WITH RECURSIVE n AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n"


async def test_a_newer_filter_interrupts_the_older_one(
    long_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The older question would never be answered."""
    runs, give_up = threading.Event(), threading.Event()
    interrupted: list[str] = []
    ids = Reader.ids

    def note_running() -> bool:
        runs.set()
        return give_up.wait(0.01)  # keeps the processor free

    def endless_for_one_letter(reader: Reader, view: View, limit: int = -1) -> array[int]:
        if view.filter == "s":
            reader._connection.set_progress_handler(note_running, 1_000)
            try:
                reader._ask(ENDLESS)
            except Interrupted:
                interrupted.append(view.filter)
                raise
            finally:
                reader._connection.set_progress_handler(None, 0)
        return ids(reader, view, limit)

    monkeypatch.setattr(Reader, "ids", endless_for_one_letter)
    async with reading(long_library) as pilot:
        await press(pilot, "slash")
        try:
            await pilot.press("s")
            await until(pilot, runs.is_set)
            assert interrupted == []
            await pilot.press("t")
            await until(pilot, lambda: interrupted == ["s"])
        finally:
            give_up.set()
        await settle(pilot)
        assert main_screen(pilot).view.filter == "st"
        assert rows(pilot).count == MANY


async def test_the_numbers_are_asked_for_when_the_first_rows_are_in_sight(
    long_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    in_sight: list[str] = []
    ask = LatestQuery.ask

    def note(lane: LatestQuery, question: Question) -> None:
        happened.append(lane._name)
        if lane._name == "sidebar":
            in_sight.append(screen_text(Pilot(app)))
        ask(lane, question)

    monkeypatch.setattr(LatestQuery, "ask", note)
    first = long_library.first_listing(View(), WINDOW)
    app = an_app(long_library, first=first, on_painted=lambda: happened.append("painted"))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert happened.count("sidebar") == happened.count("painted") == 1
        assert happened.index("rows") < happened.index("painted") < happened.index("sidebar")
        assert "Story 0001" in in_sight[0]


async def test_a_start_paints_the_whole_screen_before_other_work_begins(
    long_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    display = App._display

    def note(app: App[None], screen: Screen[object], picture: RenderableType | None) -> None:
        if picture is not None and not app._batch_count:
            happened.append("whole" if isinstance(picture, LayoutUpdate) else "part")
        display(app, screen, picture)

    monkeypatch.setattr(App, "_display", note)
    first = long_library.first_listing(View(), WINDOW)
    app = an_app(long_library, first=first, on_painted=lambda: happened.append("other work"))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
    assert happened.index("whole") < happened.index("other work")
    assert "part" not in happened[: happened.index("other work")]  # nothing waits for a second layout


async def test_the_next_row_and_its_preview_run_a_bounded_number_of_functions(long_library: Library) -> None:
    app = an_app(long_library, first=long_library.first_listing(View(), WINDOW))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "j")
        await settle(pilot)
        with counted() as calls:
            await press(pilot, "j")
            await settle(pilot)
    assert sum(calls.values()) < 1_500


def test_an_unchanged_corpus_is_not_read_again(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, stories(30))
    library = a_library(root, tmp_path / "cache")
    parsed: list[bytes] = []

    def parse(root: Path, paths: list[bytes]) -> Iterator[list[FileRow]]:
        parsed.extend(paths)
        return parse_in_process(root, paths)

    def look() -> list[bytes]:
        parsed.clear()
        for _ in refresh(root, library.index, parse=parse):
            pass
        return parsed

    assert look() == []
    (root / story_path(7)).write_text(a_story(7, title="Changed"), encoding="utf-8")
    assert look() == [story_path(7).encode()]


async def test_the_stylesheets_are_parsed_once_for_a_start_and_again_for_another_theme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again: list[Stylesheet] = []
    reparse = Stylesheet.reparse

    def reparse_noting(sheet: Stylesheet) -> None:
        again.append(sheet)
        reparse(sheet)

    monkeypatch.setattr(Stylesheet, "reparse", reparse_noting)
    async with reading_files(tmp_path, stories(2), settings=Settings(theme="newsreader-light")) as pilot:
        assert not again
        shown = pilot.app.screen.styles.background
        assert shown == Color.parse(pilot.app.theme_variables["background"])
        pilot.app.theme = "nord"
        await press(pilot)
        assert len(again) == 1
        assert pilot.app.screen.styles.background != shown


async def test_closed_dialogs_leave_no_painted_lines_behind(tmp_path: Path) -> None:
    def painted() -> int:
        gc.collect()
        return sum(type(each) is StylesCache for each in gc.get_objects())

    async with reading_files(tmp_path, stories(20)) as pilot:
        await press(pilot, "e", "escape", "question_mark", "escape", "T", "escape")
        before = painted()
        for _ in range(6):
            await press(pilot, "e", "escape", "question_mark", "escape", "T", "escape")
        assert painted() < before + 40  # as many as two or three dialogs; there were more than a hundred
