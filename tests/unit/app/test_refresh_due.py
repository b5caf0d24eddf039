"""Which sources refresh by themselves, and when."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsreader.app.refresh_due import DueSources, due_names, due_sources, interval_of, next_sync
from newsreader.app.sources import SourceStatus
from newsreader.app.sync_plans import NoSourceError
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.settings.sources import DeclaredSource
from newsreader.web.sync.state import SourceHealth, SyncState

HOUR = 3_600
ASKED = "2026-01-01T12:00:00Z"
NOON = int(datetime(2026, 1, 1, 12, tzinfo=UTC).timestamp())
BLOG = DeclaredSource("blog", "", "feed", "https://blog.example/feed", refresh=HOUR)


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "state_dir", lambda: tmp_path / "state")


def test_a_source_refreshes_as_it_says_or_else_as_the_settings_say() -> None:
    hourly = Settings(refresh=HOUR)
    assert interval_of(BLOG._replace(refresh=None), Settings()) == 0
    assert interval_of(BLOG._replace(refresh=None), hourly) == HOUR
    assert interval_of(BLOG._replace(refresh=600), hourly) == 600
    assert interval_of(BLOG._replace(refresh=0), hourly) == 0
    assert interval_of(BLOG._replace(enabled=False), hourly) == 0


def test_one_that_was_never_synced_is_due_at_once() -> None:
    assert next_sync(SourceStatus(BLOG, None), Settings()) == 0
    assert next_sync(SourceStatus(BLOG, SourceHealth("2026-01-01T00:00:00Z")), Settings()) == 0
    assert next_sync(SourceStatus(BLOG._replace(refresh=None), None), Settings()) is None


def test_the_next_sync_is_up_to_a_tenth_of_the_interval_late_and_never_early() -> None:
    health = SourceHealth(asked=ASKED)
    times = [
        next_sync(SourceStatus(BLOG._replace(name=f"blog-{number}"), health), Settings())
        for number in range(50)
    ]
    assert all(time is not None and NOON + HOUR <= time <= NOON + HOUR + HOUR // 10 for time in times)
    assert len(set(times)) > 10
    assert next_sync(SourceStatus(BLOG, SourceHealth(asked="2026-01-01T12:00:00")), Settings()) is not None


def test_a_server_that_asked_for_patience_is_left_alone() -> None:
    patient = SourceHealth(asked=ASKED, not_before="2026-01-02T12:00:00Z")
    assert next_sync(SourceStatus(BLOG, patient), Settings()) == NOON + 24 * HOUR


def test_what_is_due_in_a_corpus_and_how_long_the_others_wait(tmp_path: Path) -> None:
    here = BLOG._replace(corpus=str(tmp_path / "here"))
    fresh = here._replace(name="fresh")
    there = BLOG._replace(name="there", corpus=str(tmp_path / "there"))
    settings = Settings(sources=(here, fresh, there))
    state = SyncState(paths.sync_dir(), tmp_path / "here")
    state.health["blog"] = SourceHealth(asked="2026-01-01T10:00:00Z")
    state.health["fresh"] = SourceHealth(asked=ASKED)
    state.save()
    assert due_sources(settings, NOON, tmp_path / "here") == DueSources(("blog",), 0)
    assert due_names(settings, NOON) == ["blog", "there"]
    assert due_names(settings, NOON, ["there", "fresh"]) == ["there"]
    state.health["blog"] = SourceHealth(asked=ASKED)
    state.save()
    names, wait = due_sources(settings, NOON, tmp_path / "here")
    assert not names
    assert wait is not None
    assert HOUR <= wait <= HOUR + HOUR // 10


def test_without_an_interval_nothing_is_due_and_the_setting_is_named(tmp_path: Path) -> None:
    settings = Settings(sources=(BLOG._replace(corpus=str(tmp_path), refresh=None),))
    assert due_sources(settings, NOON) == DueSources((), None)
    with pytest.raises(NoSourceError, match='refresh = "1h"'):
        due_names(settings, NOON)
