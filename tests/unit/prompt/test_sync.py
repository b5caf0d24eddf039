"""Fresh records at the prompt."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.app.add_source import AddError
from newsreader.app.sync_plans import NoSourceError
from newsreader.prompt.handlers.sources import SourcesHandler
from newsreader.prompt.index_session import sync
from newsreader.prompt.output import Output
from newsreader.prompt.parser import RefusedError
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.settings.sources import DeclaredSource
from newsreader.web.sync.client import Syncer, SyncFailedError
from newsreader.web.sync.report import SyncProgress
from tests.unit.prompt.words import Written
from tests.web.server import PageServer, Reply
from tests.web.sites import a_value, serve_listing


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "state_dir", lambda: tmp_path / "state")


def settings(root: Path, address: str) -> Settings:
    return Settings(sources=(DeclaredSource("site", str(root), "listing", address),))


def test_what_comes_in_is_told(tmp_path: Path) -> None:
    written = Written()
    with PageServer() as server:
        declared = settings(tmp_path, serve_listing(server, [[a_value(1)], [a_value(2, path="../up.md")]]))
        assert sync(tmp_path, declared, Output(written))
        assert not sync(tmp_path, declared, Output(written))
    assert "site, 1 new." in written.lines
    assert "its path “../up.md” is none of a record" in written.text.replace("\n", " ")
    assert written.lines[-1] == "No new records."


def test_without_a_source_the_way_to_declare_one_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoSourceError, match="newsreader sync shows an example"):
        sync(tmp_path, Settings(), Output(Written()))


def test_what_cannot_be_brought_in_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    with pytest.raises(SyncFailedError, match="no such folder"):
        sync(gone, settings(gone, "https://news.example/index.json"), Output(Written()))


PAGE = (
    "<link rel='alternate' type='application/rss+xml' href='/a' title='One'>"
    "<link rel='alternate' type='application/rss+xml' href='/b'>"
)
FEED = "<rss version='2.0'><channel><title>Lab</title><item><title>Just in</title></item></channel></rss>"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "config" / "config.toml"
    monkeypatch.setattr(paths, "config_file", lambda: file)
    monkeypatch.setenv("HOME", str(tmp_path))
    return file


def test_an_added_source_is_shown_and_synced(tmp_path: Path, config: Path) -> None:
    written = Written()
    root = tmp_path / "corpus"
    handler = SourcesHandler(root, Settings(), Output(written))
    with PageServer() as server:
        server.add("/feed", Reply(FEED))
        assert handler.add(server.url("/feed"))
        assert "[sources.lab]" in written.lines
        assert written.lines[-1] == "1 new record."
        assert not handler.sync()
        with pytest.raises(AddError, match="already"):
            handler.add(server.url("/feed"))
    assert config.exists()


def test_several_feeds_are_listed_and_nothing_is_added(tmp_path: Path, config: Path) -> None:
    written = Written()
    handler = SourcesHandler(tmp_path, Settings(), Output(written))
    with PageServer() as server:
        server.add("/", Reply(PAGE))
        assert not handler.add(server.url("/"))
        assert written.lines[-2:] == [f"One  {server.url('/a')}", f"(no title)  {server.url('/b')}"]
    with pytest.raises(RefusedError, match="such as"):
        handler.add("")
    assert not config.exists()


@pytest.mark.usefixtures("config")
def test_nothing_is_written_to_the_sample(tmp_path: Path) -> None:
    written = Written()
    handler = SourcesHandler(paths.shipped("sample_content"), Settings(), Output(written))
    with PageServer() as server:
        server.add("/feed", Reply(FEED))
        assert not handler.add(server.url("/feed"))
    assert written.lines[-1] == f"Read it: newsreader {tmp_path.resolve() / 'news'}"
    assert len(list((tmp_path / "news").rglob("*.md"))) == 1


def test_ctrl_c_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: Syncer) -> list[SyncProgress]:
        raise KeyboardInterrupt

    monkeypatch.setattr(Syncer, "progress", interrupt)
    written = Written()
    assert sync(tmp_path, settings(tmp_path, "http://127.0.0.1:9/index.json"), Output(written))
    assert written.lines[-1] == "Stopped; what had come in stays."
