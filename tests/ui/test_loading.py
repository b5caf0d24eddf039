"""An index that is missing, growing, damaged or out of date, and answers that come too late."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from textual.message import Message
from textual.pilot import Pilot

from newsreader.domain.story_page import StoryPage
from newsreader.domain.view import Scope, View
from newsreader.library import (
    IndexFailedError,
    IndexingError,
    IndexUnusableError,
    Library,
    Progress,
    Reader,
)
from newsreader.ui.workers.latest_query import LatestQuery, Question
from tests.builders import a_corpus
from tests.ui.harness import (
    PATIENCE,
    LibraryHere,
    RefreshHere,
    a_library,
    a_story,
    an_app,
    main_screen,
    press,
    reading,
    rows,
    screen_text,
    selected_title,
    settle,
    shown_in,
    sidebar,
    status,
    stories,
    story,
    story_path,
    story_title,
    titles,
    until,
)


class _Steps(RefreshHere):
    """A refresh that goes one step further only when it is told to."""

    def __init__(self, library: Library, go: Event, stepped: Event) -> None:
        super().__init__(library)
        self._go = go
        self._stepped_on = stepped

    def progress(self) -> Iterator[Progress]:
        for progress in super().progress():
            yield progress
            self._stepped_on.set()
            self._go.wait(PATIENCE)
            self._go.clear()

    def stop(self) -> None:
        """Do not wait for the next step to be allowed."""
        self._stopped = True
        self._go.set()
        super().stop()


class StepwiseLibrary(LibraryHere):
    """A library whose refresh waits after each step."""

    def __init__(self, root: Path, cache: Path, visits: Path | None = None) -> None:
        super().__init__(root, cache, visits=visits)
        self.go = Event()
        self.stepped = Event()

    def refresh(self) -> RefreshHere:  # type: ignore[override]
        return _Steps(self, self.go, self.stepped)


class FailingLibrary(LibraryHere):
    """A library whose refresh fails."""

    def refresh(self) -> RefreshHere:  # type: ignore[override]
        class _Failing(RefreshHere):
            def progress(self) -> Iterator[Progress]:
                yield Progress(0, 2, changed=False)
                raise IndexingError("Indexing ended early (status 9: killed). R starts it again.")

        return _Failing(self)


async def _next_step(library: StepwiseLibrary, pilot: Pilot[None]) -> None:
    library.stepped.clear()
    library.go.set()
    await until(pilot, library.stepped.is_set)


async def test_a_corpus_that_was_never_indexed_appears_while_it_is_read(tmp_path: Path) -> None:
    library = StepwiseLibrary(a_corpus(tmp_path, stories(1200)), tmp_path / "cache")
    app = an_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, library.stepped.is_set)
        await until(pilot, lambda: "read for the first time" in shown_in(rows(pilot)))
        assert rows(pilot).count == 0
        await pilot.press("j", "G", "v", "v", "1", "j", "enter", "o")
        await _next_step(library, pilot)
        await until(pilot, lambda: rows(pilot).count > 0)
        some = rows(pilot).count
        assert some < 1200
        assert titles(pilot)[0] == "Story 0001"
        assert re.fullmatch(r"Indexing [\d,]+ of 1,200 files · \d+ %", status(pilot).progress)
        while status(pilot).progress != "":
            library.go.set()
            await pilot.pause()
        await settle(pilot)
        assert rows(pilot).count == 1200
        assert sidebar(pilot).count > 2
        assert "Indexing" not in screen_text(pilot)
        assert story_title(pilot) == "Story 0001"


async def test_a_cursor_that_was_moved_keeps_its_record_while_the_corpus_is_read(tmp_path: Path) -> None:
    library = StepwiseLibrary(a_corpus(tmp_path, stories(1200)), tmp_path / "cache")
    app = an_app(library, View(Scope.EVERYTHING))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, library.stepped.is_set)
        await _next_step(library, pilot)
        await until(pilot, lambda: rows(pilot).count > 0)
        await pilot.press("j", "j", "j")
        chosen = selected_title(pilot)
        library.go.set()
        while status(pilot).progress != "":
            library.go.set()
            await pilot.pause()
        await settle(pilot)
        assert rows(pilot).count == 1200
        assert selected_title(pilot) == story_title(pilot) == chosen


@pytest.mark.parametrize("moves", [False, True])
async def test_only_a_chosen_record_is_come_back_to_where_the_corpus_was_not_read_yet(
    tmp_path: Path, moves: bool
) -> None:
    root = a_corpus(tmp_path, stories(1200))
    library = StepwiseLibrary(root, tmp_path / "cache", tmp_path / "visits")
    app = an_app(library)
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, library.stepped.is_set)
        await _next_step(library, pilot)
        await until(pilot, lambda: rows(pilot).count > 0)
        if moves:
            await pilot.press("j")
            await until(pilot, lambda: rows(pilot).cursor == 1)
        library.go.set()
    visit = LibraryHere(root, tmp_path / "cache", visits=tmp_path / "visits").last_visit
    assert visit is not None
    assert bool(visit.path) is moves


async def test_a_folder_without_records_says_what_was_found(tmp_path: Path) -> None:
    library = a_library(a_corpus(tmp_path, {"README.md": "text"}), tmp_path / "cache", indexed=False)
    async with reading(library, View(Scope.EVERYTHING)) as pilot:
        assert "Found: 1 Markdown file" in " ".join(shown_in(rows(pilot)).replace("│", " ").split())
        a_corpus(tmp_path, {story_path(1): a_story(1)})
        await press(pilot, "R")
        assert titles(pilot) == [story_title(pilot)] == ["Story 0001"]


async def test_the_format_of_a_folder_is_told_once_it_was_read_for_the_first_time(tmp_path: Path) -> None:
    files = {"hugo.toml": "", "content/a.md": "---\ntitle: Story\n---\n"}
    library = a_library(a_corpus(tmp_path, files), tmp_path / "cache", indexed=False)
    async with reading(library, View(Scope.EVERYTHING)) as pilot:
        await until(pilot, lambda: "Format of this folder: hugo" in status(pilot).message)
    async with reading(library, View(Scope.EVERYTHING)) as pilot:
        assert titles(pilot) == ["Story"]
        assert "hugo" not in status(pilot).message


@pytest.mark.parametrize("sound", [0.1, 0.5, 0.7, 0.8])
async def test_a_damaged_index_is_built_again(tmp_path: Path, sound: float) -> None:
    library = a_library(a_corpus(tmp_path, stories(300)), tmp_path / "cache")
    size = library.index.stat().st_size
    with library.index.open("r+b") as file:
        start = file.seek(int(size * sound) // 4096 * 4096)
        file.write(b"\xa5" * (size - start))
    async with reading(library) as pilot:
        await until(pilot, lambda: rows(pilot).count == 300 and sidebar(pilot).count > 2)
        await settle(pilot)
        assert titles(pilot)[:2] == ["Story 0001", "Story 0002"]
        assert story_title(pilot) == "Story 0001"
        await press(pilot, "G")
        assert selected_title(pilot) == "Story 0300"


async def test_a_story_that_the_index_lacked_while_it_was_built_is_shown_when_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = a_library(a_corpus(tmp_path, stories(3)), tmp_path / "cache")
    read = Reader.page
    missing = [True]

    def page(reader: Reader, record_id: int) -> StoryPage | None:
        if missing:
            raise IndexUnusableError("no index yet")
        return read(reader, record_id)

    monkeypatch.setattr(Reader, "page", page)
    async with reading(library) as pilot:
        assert story_title(pilot) == ""
        missing.clear()
        await press(pilot, "R")
        assert story_title(pilot) == "Story 0001"


async def test_a_file_that_is_no_index_is_replaced(tmp_path: Path) -> None:
    library = a_library(a_corpus(tmp_path, stories(3)), tmp_path / "cache", indexed=False)
    library.index.parent.mkdir()
    library.index.write_bytes(b"something else entirely" * 400)
    async with reading(library) as pilot:
        assert len(titles(pilot)) == 3


async def test_a_failed_refresh_is_told_and_the_list_stays(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, stories(3))
    a_library(root, tmp_path / "cache")
    async with reading(FailingLibrary(root, tmp_path / "cache")) as pilot:
        assert status(pilot).message == "Indexing ended early (status 9: killed). R starts it again."
        assert status(pilot).progress == ""
        assert len(titles(pilot)) == 3


async def test_a_first_refresh_that_failed_is_told_in_the_empty_list(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, stories(3))
    async with reading(FailingLibrary(root, tmp_path / "cache")) as pilot:
        assert rows(pilot).hint == "Indexing ended early (status 9: killed). R starts it again."


async def test_looking_for_changes_says_that_there_are_none(tmp_path: Path) -> None:
    library = a_library(a_corpus(tmp_path, stories(3)), tmp_path / "cache")
    async with reading(library) as pilot:
        assert status(pilot).message == ""
        await press(pilot, "R")
        assert status(pilot).message == "No file has changed."


async def test_looking_for_changes_in_an_empty_list_is_answered_too(tmp_path: Path) -> None:
    library = a_library(a_corpus(tmp_path, {"README.md": "text"}), tmp_path / "cache")
    async with reading(library) as pilot:
        await press(pilot, "R")
        assert status(pilot).message == "No file has changed."


async def test_looking_for_changes_says_when_there_were_some(tmp_path: Path) -> None:
    library = a_library(a_corpus(tmp_path, stories(3)), tmp_path / "cache")
    async with reading(library) as pilot:
        a_corpus(tmp_path, {story_path(9): a_story(9)})
        await press(pilot, "R")
        assert len(titles(pilot)) == 4
        assert status(pilot).message == "The list is up to date."


async def test_a_second_look_waits_for_the_first(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, stories(3))
    a_library(root, tmp_path / "cache")
    library = StepwiseLibrary(root, tmp_path / "cache")
    app = an_app(library)
    async with app.run_test() as pilot:
        await until(pilot, library.stepped.is_set)
        await pilot.press("R")
        assert status(pilot).message == "Already looking for changed files."
        library.go.set()
        await settle(pilot)


class Answer(Message):
    """What a question of these tests is answered with."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self.word = word


def _answer(word: str) -> Question:
    return lambda _: [Answer(word)]


async def test_a_late_answer_to_an_old_question_is_dropped(tmp_path: Path) -> None:
    library = a_library(a_corpus(tmp_path, stories(1)), tmp_path / "cache")
    heard: list[str] = []
    started, go_on = Event(), Event()

    def note(message: Message) -> None:
        if isinstance(message, Answer) and message.word not in heard:
            heard.append(message.word)

    def slow(_: Reader) -> Iterator[Message]:
        yield Answer("slow, first part")
        started.set()
        go_on.wait(PATIENCE)
        yield Answer("slow, second part")

    async with reading(library, heard=note) as pilot:
        lane = LatestQuery(library, main_screen(pilot), "trial")
        lane.ask(slow)
        await until(pilot, started.is_set)
        lane.ask(_answer("never begun"))
        lane.ask(_answer("new"))
        go_on.set()
        await until(pilot, lambda: "new" in heard)
        await settle(pilot)
        assert heard == ["slow, first part", "new"]


async def test_a_question_that_sqlite_cannot_answer_is_told_in_words(tmp_path: Path) -> None:
    import sqlite3

    library = a_library(a_corpus(tmp_path, stories(1)), tmp_path / "cache")

    def failing(_: Reader) -> list[Message]:
        raise IndexFailedError(sqlite3.OperationalError("disk I/O error"))

    async with reading(library) as pilot:
        lane = LatestQuery(library, main_screen(pilot), "trial")
        lane.ask(failing)
        await settle(pilot)
        assert status(pilot).message == "The index did not answer: disk I/O error."


async def test_a_story_that_another_reader_saw_go_is_told_and_leaves_the_list(tmp_path: Path) -> None:
    library = a_library(a_corpus(tmp_path, stories(3)), tmp_path / "cache")
    async with reading(library) as pilot:
        (library.root / story_path(2)).unlink()
        a_library(library.root, tmp_path / "cache")
        await press(pilot, "j")
        assert status(pilot).message == "This record is gone from the corpus."
        assert story_title(pilot) == "Story 0001"
        await press(pilot, "R")
        assert titles(pilot) == ["Story 0001", "Story 0003"]
        assert story_title(pilot) == selected_title(pilot)


async def test_related_coverage_resolves_when_its_record_arrives(tmp_path: Path) -> None:
    related = [{"title": "The other side", "webUrl": "https://news.example/2"}]
    library = a_library(a_corpus(tmp_path, {story_path(1): a_story(1, related=related)}), tmp_path / "cache")
    async with reading(library) as pilot:
        assert "Related coverage (1, none in this corpus)" in shown_in(story(pilot))
        a_corpus(tmp_path, {story_path(2): a_story(2)})
        await press(pilot, "R")
        assert "Related coverage (1, 1 in this corpus)" in shown_in(story(pilot))
