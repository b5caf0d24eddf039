"""`ctrl+n` asks for a source, finds it, writes it to the settings and brings its records in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event

import pytest
from textual.content import Content
from textual.pilot import Pilot
from textual.widgets import Input, Static

from newsreader.app.add_source import AddError
from newsreader.settings import paths
from newsreader.settings.model import load_settings
from newsreader.ui.dialogs.add_source import AddSourceScreen
from newsreader.ui.dialogs.chooser import ChooserScreen
from newsreader.web.sources.discovery import Candidate
from newsreader.web.sources.plan import SourceKind
from tests.builders import a_corpus
from tests.ui.harness import (
    DEFAULTS,
    a_library,
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

BLOG = Candidate(SourceKind.FEED, "https://blog.example/feed", "The Blog")
NOTES = Candidate(SourceKind.FEED, "https://blog.example/notes", "[/]Notes")
FEED = "<rss version='2.0'><channel><title>Lab</title><item><title>Just in</title></item></channel></rss>"
PAGE = "<html><head><link rel='alternate' type='application/rss+xml' href='/feed'></head></html>"


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "config" / "config.toml"
    monkeypatch.setattr(paths, "config_file", lambda: file)
    monkeypatch.setattr(paths, "state_dir", lambda: tmp_path / "state")
    monkeypatch.setenv("HOME", str(tmp_path))
    return file


def declared() -> Sequence[str]:
    return [source.address for source in load_settings(paths.config_file()).settings.sources]


class FinderHere:
    """Finds what it is told to, once it is let go."""

    def __init__(self, *found: Candidate, failure: str = "") -> None:
        self.found = found
        self.failure = failure
        self.asked: list[str] = []
        self.may_answer = Event()
        self.may_answer.set()

    def __call__(self, given: str, *, private_addresses: bool) -> Sequence[Candidate]:
        assert not private_addresses
        self.asked.append(given)
        self.may_answer.wait()
        if self.failure:
            raise AddError(self.failure)
        return self.found


@asynccontextmanager
async def asking(tmp_path: Path, finder: FinderHere) -> AsyncIterator[Pilot[None]]:
    root = a_corpus(tmp_path, stories(2))
    async with reading(a_library(root, tmp_path / "cache"), settings=DEFAULTS) as pilot:
        screen = main_screen(pilot)
        screen._adding.find = finder
        await press(pilot, "ctrl+n")
        assert isinstance(pilot.app.screen, AddSourceScreen)
        yield pilot
        finder.may_answer.set()


def shown(pilot: Pilot[None]) -> str:
    content = pilot.app.screen.query_one("#search-state", Static).content
    return content.plain if isinstance(content, Content) else str(content)


async def test_the_address_of_a_site_ends_with_its_records_in_the_list(tmp_path: Path) -> None:
    root = a_corpus(tmp_path, stories(2))
    with PageServer() as server:
        server.add("/", Reply(PAGE))
        server.add("/feed", Reply(FEED))
        async with reading(a_library(root, tmp_path / "cache"), settings=DEFAULTS) as pilot:
            await press(pilot, "ctrl+n", *server.url("/"), "enter")
            await until(pilot, lambda: "[sources." in shown(pilot))
            assert f'feed = "{server.url("/feed")}"' in shown(pilot)
            await pilot.press("enter")
            await until(pilot, lambda: "Just in" in titles(pilot))
            await settle(pilot)
            assert status(pilot).message == "1 new record."
            assert declared() == [server.url("/feed")]


async def test_from_the_sample_the_new_corpus_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = a_corpus(tmp_path, stories(2))
    shipped = paths.shipped
    monkeypatch.setattr(paths, "shipped", lambda name: root if name == "sample_content" else shipped(name))
    with PageServer() as server:
        server.add("/feed", Reply(FEED))
        async with reading(a_library(root, tmp_path / "cache"), settings=DEFAULTS) as pilot:
            await press(pilot, "ctrl+n", *server.url("/feed"), "enter")
            await until(pilot, lambda: "[sources.lab]" in shown(pilot))
            await pilot.press("enter")
            await until(pilot, lambda: titles(pilot) == ["Just in"])
            await settle(pilot)
            assert main_screen(pilot).context.library.root == (tmp_path / "news").resolve()
            assert [source.name for source in main_screen(pilot)._sync.settings.sources] == ["lab"]


async def test_several_feeds_are_offered(tmp_path: Path) -> None:
    async with asking(tmp_path, FinderHere(BLOG, NOTES)) as pilot:
        await press(pilot, *"blog.example", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooserScreen))
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, AddSourceScreen)
        assert pilot.app.screen.query_one(Input).value == "blog.example"
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooserScreen))
        await press(pilot, "down", "enter")
        await until(pilot, lambda: NOTES.url in shown(pilot))
        assert declared() == [NOTES.url]


async def test_a_failure_is_told_in_the_dialog_and_the_text_stays(tmp_path: Path) -> None:
    finder = FinderHere(failure="[/]blog.example does not answer.")
    async with asking(tmp_path, finder) as pilot:
        await press(pilot, "enter")
        assert finder.asked == []
        await press(pilot, *"blog.example", "enter")
        await until(pilot, lambda: shown(pilot) == "[/]blog.example does not answer.")
        await press(pilot, "escape", "ctrl+n")
        assert pilot.app.screen.query_one(Input).value == "blog.example"
        assert declared() == []


async def test_settings_that_cannot_be_changed_are_told(tmp_path: Path, config: Path) -> None:
    config.parent.mkdir()
    config.write_text("[corpora\n", encoding="utf-8")
    async with asking(tmp_path, FinderHere(BLOG)) as pilot:
        await press(pilot, *"blog.example", "enter")
        await until(pilot, lambda: "cannot be changed" in shown(pilot))
        assert config.read_text(encoding="utf-8") == "[corpora\n"


async def test_escape_cancels_the_search(tmp_path: Path) -> None:
    finder = FinderHere(BLOG)
    finder.may_answer.clear()
    async with asking(tmp_path, finder) as pilot:
        await pilot.press(*"blog.example", "enter")
        await until(pilot, lambda: finder.asked == ["blog.example"])
        assert shown(pilot) == "Looking for feeds at blog.example …"
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is main_screen(pilot))
        finder.may_answer.set()
        await settle(pilot)
        assert pilot.app.screen is main_screen(pilot)
        assert declared() == []
