"""How much is done for a key, counted; how long it takes is for the benchmarks."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.message import Message

from newsreader.domain.listing import WINDOW
from newsreader.library import Library, Reader
from newsreader.library.parsing import parse_here
from newsreader.library.refresh import refresh
from newsreader.library.rows import FileRow
from newsreader.ui.messages import ListRead, SidebarRead, WindowRead
from tests.builders import a_corpus
from tests.ui.conftest import MANY
from tests.ui.harness import a_library, a_story, press, reading, rows, stories, story_path


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

    def open_noting(reader: Reader, index: Path) -> None:
        opened(reader, index)
        reader._connection.set_trace_callback(noted.note)

    monkeypatch.setattr(Reader, "__init__", open_noting)
    yield noted


@pytest.fixture(scope="module")
def short_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("short")
    return a_library(a_corpus(folder, stories(100)), folder / "cache")


async def test_a_step_lays_out_two_rows(long_library: Library) -> None:
    async with reading(long_library) as pilot:
        await press(pilot, "j")
        before = rows(pilot).lines_painted
        await press(pilot, "j")
        assert rows(pilot).lines_painted - before <= 2 * rows(pilot).ROW_HEIGHT


@pytest.mark.parametrize("key", ["pagedown", "end", "ctrl+d"])
async def test_a_leap_lays_out_no_more_rows_than_are_in_sight(long_library: Library, key: str) -> None:
    async with reading(long_library) as pilot:
        before = rows(pilot).lines_painted
        await press(pilot, key)
        # The page at once, and again when rows that were not at hand have been read.
        assert rows(pilot).lines_painted - before <= 2 * (rows(pilot).size.height + rows(pilot).ROW_HEIGHT)


async def test_pages_read_each_window_once_and_the_end_no_more_than_three(long_library: Library) -> None:
    windows: list[WindowRead] = []

    def hear(message: Message) -> None:
        if isinstance(message, WindowRead):
            windows.append(message)

    async with reading(long_library, heard=hear) as pilot:
        pages = 30
        for _ in range(pages):
            await press(pilot, "pagedown")
        assert len(windows) <= pages * rows(pilot).rows_per_page // WINDOW + 2
        windows.clear()
        await press(pilot, "end")
        assert sum(len(window.headlines) for window in windows) <= 3 * WINDOW
        assert MANY > 3 * WINDOW


async def _statements_for(library: Library, statements: Statements, *keys: str) -> int:
    async with reading(library) as pilot:
        await press(pilot, "slash")
        statements.texts.clear()
        await press(pilot, *keys)
        return len(statements.texts)


async def test_a_letter_in_the_filter_asks_as_much_of_few_records_as_of_many(
    long_library: Library, short_library: Library, statements: Statements
) -> None:
    of_many = await _statements_for(long_library, statements, "q")
    of_few = await _statements_for(short_library, statements, "q")
    assert 0 < of_many <= of_few + 2 < 20


async def test_no_statement_runs_where_keys_are_heard(long_library: Library, statements: Statements) -> None:
    async with reading(long_library) as pilot:
        statements.threads.clear()
        await press(pilot, "j", "pagedown", "end", "s", "v", "slash", "s", "t", "o", "enter", "enter")
        assert statements.texts
        assert threading.get_ident() not in statements.threads


async def test_a_newer_filter_interrupts_the_older_one(
    long_library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted: list[Reader] = []

    def note(reader: Reader) -> None:
        interrupted.append(reader)

    monkeypatch.setattr(Reader, "interrupt", note)
    async with reading(long_library) as pilot:
        await press(pilot, "slash")
        await pilot.press("s", "t")
        assert interrupted


async def test_numbers_come_after_the_first_rows(long_library: Library) -> None:
    heard: list[str] = []

    def hear(message: Message) -> None:
        if isinstance(message, ListRead | SidebarRead):
            heard.append(type(message).__name__)

    async with reading(long_library, heard=hear):
        assert heard.index("ListRead") < heard.index("SidebarRead")


def test_an_unchanged_corpus_is_not_read_again(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, stories(30))
    library = a_library(root, tmp_path / "cache")
    parsed: list[bytes] = []

    def parse(root: Path, paths: list[bytes]) -> Iterator[list[FileRow]]:
        parsed.extend(paths)
        return parse_here(root, paths)

    def look() -> list[bytes]:
        parsed.clear()
        for _ in refresh(root, library.index, parse=parse):
            pass
        return parsed

    assert look() == []
    (root / story_path(7)).write_text(a_story(7, title="Changed"), encoding="utf-8")
    assert look() == [story_path(7).encode()]
