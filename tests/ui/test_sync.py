"""Fresh records come in at a key, can be stopped, and show in the list."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from queue import SimpleQueue

import pytest
from textual.events import AppBlur, AppFocus
from textual.pilot import Pilot

from newsreader.domain.setting_values import Notify
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.settings.sources import DeclaredSource
from newsreader.ui.panes import Pane
from newsreader.web.sources.plan import Plan
from newsreader.web.sync.client import SyncFailedError
from newsreader.web.sync.report import SourceReport, SyncProgress, SyncReport
from tests.builders import a_corpus
from tests.ui.harness import (
    DEFAULTS,
    a_library,
    a_story,
    main_screen,
    press,
    reading,
    settle,
    status,
    stories,
    titles,
    until,
)
from tests.web.server import PageServer, Reply

FEED = "https://blog.example/feed"


class SyncerHere:
    """Stands in for the process: tells what it is told to, and ends when it is told None."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.report: SyncReport | None = None
        self.is_stopped = False
        self.steps: SimpleQueue[SyncProgress | SyncReport | str | None] = SimpleQueue()

    def progress(self) -> Iterator[SyncProgress]:
        while (step := self.steps.get()) is not None:
            if isinstance(step, str):
                raise SyncFailedError(step)
            if isinstance(step, SyncReport):
                self.report = step
            else:
                yield step

    def stop(self) -> None:
        self.is_stopped = True
        self.steps.put(None)


class Here:
    """A corpus with a source, on the screen."""

    def __init__(self, pilot: Pilot[None], root: Path) -> None:
        self.pilot = pilot
        self.root = root
        self.syncers: list[SyncerHere] = []
        main_screen(pilot)._sync.start = self._start  # type: ignore[assignment]

    def _start(self, plan: Plan) -> SyncerHere:
        self.syncers.append(SyncerHere(plan))
        return self.syncers[-1]

    async def end(self, *steps: SyncProgress | SyncReport | str) -> None:
        for step in (*steps, None):
            self.syncers[-1].steps.put(step)
        await settle(self.pilot)

    @property
    def message(self) -> str:
        return status(self.pilot).message


@asynccontextmanager
async def reading_with(folder: Path, settings: Settings | None = None) -> AsyncIterator[Here]:
    root = a_corpus(folder, stories(2))
    source = DeclaredSource("blog", str(root), "feed", FEED, topics=("AI",))
    asleep = source._replace(name="asleep", enabled=False)
    settings = settings or DEFAULTS._replace(sources=(source, asleep))
    async with reading(a_library(root, folder / "cache"), settings=settings) as pilot:
        yield Here(pilot, root)


async def test_what_came_in_shows_and_is_told_of(tmp_path: Path) -> None:
    async with reading_with(tmp_path) as here:
        await here.pilot.press("ctrl+r")
        (syncer,) = here.syncers
        assert [source.name for source in syncer.plan.sources] == ["blog"]
        assert syncer.plan.declared == ("blog", "asleep")
        assert Path(syncer.plan.root) == here.root.resolve()
        syncer.steps.put(SyncProgress("blog", 1))
        await until(here.pilot, lambda: status(here.pilot).progress == "fresh records: blog 1 new …")
        (here.root / "_news" / "fresh.md").write_text(a_story(0, title="Fresh"), encoding="utf-8")
        await here.end(SyncReport((SourceReport("blog", {"new": 1}),)))
        assert here.message == "1 new record."
        assert status(here.pilot).progress == ""
        assert "Fresh" in titles(here.pilot)
        assert syncer.is_stopped


async def test_escape_stops_it_at_once(tmp_path: Path) -> None:
    async with reading_with(tmp_path) as here:
        await here.pilot.press("ctrl+r")
        await press(here.pilot, "escape")
        assert here.syncers[0].is_stopped
        assert "Stopped" in here.message
        assert status(here.pilot).progress == ""
        await here.pilot.press("ctrl+r")
        assert len(here.syncers) == 2
        await here.end(SyncReport(()))
        assert here.message == "No new records."


async def test_it_does_not_run_twice_at_the_same_time(tmp_path: Path) -> None:
    async with reading_with(tmp_path) as here:
        await here.pilot.press("ctrl+r")
        await here.pilot.press("ctrl+r")
        assert len(here.syncers) == 1
        assert "escape stops" in here.message or "esc stops" in here.message
        await here.end(SyncReport(()))


async def test_a_new_source_waits_for_the_sync_that_is_running(tmp_path: Path) -> None:
    async with reading_with(tmp_path) as here:
        await here.pilot.press("ctrl+r")
        main_screen(here.pilot)._sync.sync_source("asleep")
        assert len(here.syncers) == 1
        here.syncers[0].steps.put(SyncReport(()))
        here.syncers[0].steps.put(None)
        await until(here.pilot, lambda: len(here.syncers) == 2)
        assert [source.name for source in here.syncers[1].plan.sources] == ["asleep"]
        await here.end(SyncReport(()))
        assert len(here.syncers) == 2


@asynccontextmanager
async def refreshing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Here]:
    """A source that refreshes by itself, and is due."""
    monkeypatch.setattr(paths, "state_dir", lambda: folder / "state")
    source = DeclaredSource("blog", str(folder / "corpus"), "feed", FEED)
    async with reading_with(folder, DEFAULTS._replace(sources=(source,))) as here:
        main_screen(here.pilot)._sync.settings = DEFAULTS._replace(
            sources=(source._replace(corpus=str(here.root)),), refresh=3_600
        )
        main_screen(here.pilot)._due.look()
        await until(here.pilot, lambda: len(here.syncers) == 1)
        yield here


async def test_a_source_that_is_due_refreshes_by_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with refreshing(tmp_path, monkeypatch) as here:
        screen = main_screen(here.pilot)
        before, row = titles(here.pilot), screen._list.record_id
        await here.pilot.press("j")
        await until(here.pilot, lambda: screen._list.record_id != row)
        row = screen._list.record_id
        here.syncers[0].steps.put(SyncProgress("blog", 1))
        await here.pilot.press("3")
        await until(here.pilot, lambda: screen._panes.active is Pane.STORY)
        await here.pilot.press("escape")
        await until(here.pilot, lambda: screen._panes.active is Pane.LIST)
        assert not here.syncers[0].is_stopped
        (here.root / "_news" / "fresh.md").write_text(a_story(0, title="Fresh"), encoding="utf-8")
        await here.end(SyncReport((SourceReport("blog", {"new": 1}),)))
        assert here.message == "1 new record."
        assert status(here.pilot).progress == ""
        assert set(titles(here.pilot)) == {*before, "Fresh"}
        assert screen._list.record_id == row


async def test_a_refresh_that_brings_nothing_is_not_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with refreshing(tmp_path, monkeypatch) as here:
        await here.end(SyncReport((SourceReport("blog", failure="blog.example does not answer."),)))
        assert here.message == ""
        main_screen(here.pilot)._due.look()
        await until(here.pilot, lambda: len(here.syncers) == 2)
        await here.pilot.press("ctrl+r")
        assert "on their way" in here.message
        await here.end(SyncReport(()))
        assert here.message == "No new records."


async def test_new_records_are_notified_of_unless_the_terminal_is_known_to_have_the_focus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TMUX", raising=False)
    source = DeclaredSource("blog", str(tmp_path / "corpus"), "feed", FEED)
    settings = DEFAULTS._replace(sources=(source,), notify=Notify.OSC9)
    async with reading_with(tmp_path, settings) as here:
        app = here.pilot.app
        sent: list[str] = []
        assert app._driver is not None
        monkeypatch.setattr(app._driver, "write", sent.append)

        async def sent_after(new: int, *, has_focus: bool | None = None) -> int:
            """Return the number of notifications that a sync sends."""
            sent.clear()
            main_screen(here.pilot)._sync.sync()
            if has_focus is not None:
                app.post_message(AppFocus() if has_focus else AppBlur())
                await until(here.pilot, lambda: app.app_focus is has_focus)
            await here.end(SyncReport((SourceReport("blog", {"new": new}),)))
            return "".join(sent).count("\x1b]9;newsreader: 2 new records\x1b\\")

        assert await sent_after(0) == 0
        assert await sent_after(2) == 1  # whether it has the focus is not known
        assert await sent_after(2, has_focus=False) == 1
        assert await sent_after(2, has_focus=True) == 0


async def test_sources_that_failed_are_told_of(tmp_path: Path) -> None:
    async with reading_with(tmp_path) as here:
        await here.pilot.press("ctrl+r")
        failed = SourceReport("[/]blog", failure="blog.example does not answer. Try again later.")
        await here.end(SyncReport((failed, SourceReport("b", {"new": 2, "conflict": 1}))))
        assert here.message == (
            "2 new records, 1 put beside files that you changed, 1 source failed: [/]blog: "
            "blog.example does not answer. Try again later."
        )


async def test_a_process_that_fails_is_told_of(tmp_path: Path) -> None:
    async with reading_with(tmp_path) as here:
        await here.pilot.press("ctrl+r")
        await here.end("The process that fetches ended early (status 1).")
        assert here.message == "The process that fetches ended early (status 1)."


@pytest.mark.parametrize(
    ("sources", "words"),
    [
        ((), "No source of fresh records is declared."),
        ((DeclaredSource("blog", "/elsewhere", "feed", FEED),), "No source of fresh records is declared for"),
    ],
)
async def test_without_a_source_the_way_to_declare_one_is_told(
    tmp_path: Path, sources: tuple[DeclaredSource, ...], words: str
) -> None:
    async with reading_with(tmp_path, DEFAULTS._replace(sources=sources)) as here:
        await press(here.pilot, "ctrl+r")
        assert here.message.startswith(words)
        assert "newsreader sync shows an example" in here.message
        assert here.syncers == []


async def test_leaving_ends_the_process(tmp_path: Path) -> None:
    async with reading_with(tmp_path) as here:
        await here.pilot.press("ctrl+r")
        await here.pilot.press("q")
    assert here.syncers[0].is_stopped


async def test_the_process_itself_brings_a_record_to_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "state_dir", lambda: tmp_path / "state")
    root = a_corpus(tmp_path, stories(2))
    with PageServer() as server:
        item = "<item><title>Just in</title></item>"
        server.add("/feed", Reply(f"<rss version='2.0'><channel>{item}</channel></rss>"))
        source = DeclaredSource("blog", str(root), "feed", server.url("/feed"))
        settings = DEFAULTS._replace(sources=(source,), watch=False)
        async with reading(a_library(root, tmp_path / "cache"), settings=settings) as pilot:
            await pilot.press("ctrl+r")
            await until(pilot, lambda: "Just in" in titles(pilot))
            await settle(pilot)
            assert status(pilot).message == "1 new record."
