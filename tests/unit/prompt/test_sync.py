"""Fresh records at the prompt."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.app.sync_plans import NoSourceError
from newsreader.prompt.index_session import sync
from newsreader.prompt.output import Output
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.settings.sources import DeclaredSource
from newsreader.web.sync.client import Syncer, SyncFailedError
from newsreader.web.sync.report import SyncProgress
from tests.unit.prompt.words import Written
from tests.web.server import PageServer
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


def test_ctrl_c_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: Syncer) -> list[SyncProgress]:
        raise KeyboardInterrupt

    monkeypatch.setattr(Syncer, "progress", interrupt)
    written = Written()
    assert sync(tmp_path, settings(tmp_path, "http://127.0.0.1:9/index.json"), Output(written))
    assert written.lines[-1] == "Stopped; what had come in stays."
