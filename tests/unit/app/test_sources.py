"""The declared sources: how they fare, changes of one, and all of them as OPML."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsreader.app.sources import as_opml, enable, remove, rename, statuses
from newsreader.app.sync_plans import NoSourceError
from newsreader.domain.errors import NewsreaderError
from newsreader.settings import paths
from newsreader.settings.model import Settings, load_settings
from newsreader.web.sources.opml import Outline, read_opml
from newsreader.web.sync.state import SourceHealth, SyncState


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(paths, "config_file", lambda: tmp_path / "config.toml")
    monkeypatch.setattr(paths, "state_dir", lambda: tmp_path / "state")
    (tmp_path / "feeds.opml").write_text(
        '<opml><outline text="Chips"><outline text="C" xmlUrl="https://c.example/"/></outline>'
        '<outline xmlUrl="https://d.example/"/></opml>'
    )
    (tmp_path / "config.toml").write_text(
        f'[sources.lab]\ncorpus = "{tmp_path}/c"\nfeed = "https://lab.example/?a=1&b=2"\ntopics = ["AI"]\n'
        f'[sources.site]\ncorpus = "{tmp_path}/c"\nlisting = "https://site.example/index.json"\n'
        f'[sources.list]\ncorpus = "{tmp_path}/d"\nopml = "{tmp_path}/feeds.opml"\n'
        f'[sources.far]\ncorpus = "{tmp_path}/d"\nopml = "https://far.example/list"\n'
        f'[sources.lost]\ncorpus = "{tmp_path}/d"\nopml = "{tmp_path}/none.opml"\n'
    )
    return tmp_path / "config.toml"


def settings_of(config: Path) -> Settings:
    return load_settings(config).settings


def test_each_source_is_listed_with_its_health(config: Path, tmp_path: Path) -> None:
    state = SyncState(paths.sync_dir(), tmp_path / "c")
    health = SourceHealth().after("2026-01-01T00:00:00Z", error="", brought=3, received=10)
    state.health["lab"] = health
    state.save()
    found = statuses(settings_of(config))
    assert [one.source.name for one in found] == ["lab", "site", "list", "far", "lost"]
    assert found[0].health == SourceHealth("2026-01-01T00:00:00Z", "", "", 3, 10, "2026-01-01T00:00:00Z")
    assert found[1].health is None
    assert [one.source.name for one in statuses(settings_of(config), tmp_path / "c")] == ["lab", "site"]


def test_the_health_that_an_earlier_version_wrote_is_read(config: Path, tmp_path: Path) -> None:
    state = SyncState(paths.sync_dir(), tmp_path / "c")
    state.health["lab"] = SourceHealth("2026-01-01T00:00:00Z", "", "", 3, 10)
    state.health["site"] = SourceHealth()
    state.save()
    (file,) = paths.sync_dir().glob("*.json")
    values = json.loads(file.read_text())
    values["health"] = {"lab": values["health"]["lab"][:5], "site": values["health"]["site"][:4]}
    file.write_text(json.dumps(values))
    assert [one.health for one in statuses(settings_of(config))][:2] == [state.health["lab"], None]


def test_a_failing_source_tells_since_when_until_it_succeeds() -> None:
    health = SourceHealth().after("1", error="", brought=1, received=1)
    health = health.after("2", error="gone", brought=0, received=1)
    health = health.after("3", error="no answer", brought=0, received=1)
    assert health == SourceHealth("1", "2", "no answer", 1, 3, "3")
    assert health.after("4", error="", brought=2, received=1) == SourceHealth("4", "", "", 3, 4, "4")


def test_a_source_is_disabled_enabled_renamed_and_removed(config: Path) -> None:
    enable(settings_of(config), "lab", enabled=False)
    assert not settings_of(config).sources[0].enabled
    enable(settings_of(config), "lab", enabled=True)
    assert settings_of(config).sources[0].enabled
    assert rename(settings_of(config), "lab", "The Lab") == "the-lab"
    assert settings_of(config).sources[0].name == "the-lab"
    remove(settings_of(config), "the-lab")
    assert settings_of(config).sources[0].name == "site"


def test_an_unknown_source_or_a_name_that_is_taken_is_refused(config: Path) -> None:
    with pytest.raises(NoSourceError, match="Did you mean lab"):
        remove(settings_of(config), "labb")
    with pytest.raises(NoSourceError, match="newsreader sources lists them"):
        enable(settings_of(config), "zzz", enabled=True)
    with pytest.raises(NewsreaderError, match="“site” already"):
        rename(settings_of(config), "lab", "site")


def test_all_feeds_are_a_list_that_reads_back(config: Path) -> None:
    assert read_opml(as_opml(settings_of(config)).encode()).outlines == (
        Outline("https://lab.example/?a=1&b=2", "lab", ("AI",)),
        Outline("https://c.example/", "C", ("Chips",)),
        Outline("https://d.example/", "https://d.example/"),
    )
