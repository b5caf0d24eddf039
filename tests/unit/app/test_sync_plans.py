"""Syncing: which sources go to which corpus, and the result."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsreader.app.sync_plans import NoSourceError, SyncResult, SyncRun, plan_for, plans_of
from newsreader.settings import paths
from newsreader.settings.model import Settings
from newsreader.settings.sources import DeclaredSource
from newsreader.web.sources.plan import Plan, SourceKind
from newsreader.web.sync.client import SyncFailedError
from newsreader.web.sync.report import SourceReport, SyncProgress, SyncReport

FEED = "https://blog.example/feed"


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "state_dir", lambda: tmp_path / "state")


def a_source(name: str, root: Path, **changes: Any) -> DeclaredSource:
    return DeclaredSource(name, str(root), "feed", FEED)._replace(**changes)


def declaring(*sources: DeclaredSource) -> Settings:
    return Settings(sources=sources)


# -- plans ------------------------------------------------------------------------------------------


def test_each_corpus_has_a_plan_with_its_enabled_sources(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    settings = declaring(a_source("a", one), a_source("b", two), a_source("asleep", one, enabled=False))
    plans = plans_of(settings)
    assert [(plan.root, [source.name for source in plan.sources]) for plan in plans] == [
        (str(one), ["a"]),
        (str(two), ["b"]),
    ]
    assert plans[0].declared == ("a", "asleep")


def test_a_source_that_is_named_need_not_be_enabled(tmp_path: Path) -> None:
    settings = declaring(a_source("a", tmp_path), a_source("asleep", tmp_path, enabled=False))
    (plan,) = plans_of(settings, ["asleep"])
    assert [source.name for source in plan.sources] == ["asleep"]


@pytest.mark.parametrize(
    ("address", "resolved"),
    [
        ("~/feeds.opml", str(Path("~/feeds.opml").expanduser())),
        ("https://a.example/o", "https://a.example/o"),
    ],
)
def test_a_list_of_feeds_may_be_a_file(tmp_path: Path, address: str, resolved: str) -> None:
    settings = declaring(a_source("a", tmp_path, kind=SourceKind.OPML, address=address))
    assert plan_for(settings, tmp_path).sources[0].address == resolved


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["blgo"], "There is no source “blgo”. Did you mean blog?"),
        (["zzz"], "There is no source “zzz”. There are blog."),
        ([], "No source is enabled; naming one brings it in once."),
    ],
)
def test_a_source_that_is_not_there_is_reported(tmp_path: Path, names: list[str], message: str) -> None:
    with pytest.raises(NoSourceError, match=message):
        plans_of(declaring(a_source("blog", tmp_path, enabled=False)), names)


def test_without_a_source_an_example_is_pointed_to(tmp_path: Path) -> None:
    with pytest.raises(NoSourceError, match=r"is declared\. newsreader sync shows"):
        plan_for(declaring(), tmp_path)
    with pytest.raises(NoSourceError, match=r"declared for .*other\. newsreader sync shows"):
        plan_for(declaring(a_source("blog", tmp_path)), tmp_path / "other")


def test_the_sample_corpus_is_never_written_to() -> None:
    with pytest.raises(NoSourceError, match="names the sample corpus"):
        plans_of(declaring(a_source("blog", paths.shipped("sample_content"))))


# -- runs -------------------------------------------------------------------------------------------


class FakeSyncer:
    """Stands in for the process."""

    def __init__(self, *steps: SyncProgress | Exception, report: SyncReport | None = None) -> None:
        self._steps = steps
        self.report = report
        self.stopped = 0

    def progress(self) -> Iterator[SyncProgress]:
        for step in self._steps:
            if isinstance(step, Exception):
                raise step
            yield step

    def stop(self) -> None:
        self.stopped += 1


def run_of(syncer: Any) -> SyncRun:
    return SyncRun(
        Plan(root="", state="", sources=(), declared=(), private_addresses=False), lambda _: syncer
    )


@pytest.mark.parametrize(
    ("counts", "message", "has_changed"),
    [
        ({"new": 1}, "1 new record.", True),
        ({"changed": 1}, "No new records, 1 changed.", True),
        ({"same": 4}, "No new records.", False),
    ],
)
def test_a_run_has_a_result(counts: dict[str, int], message: str, has_changed: bool) -> None:
    report = SyncReport((SourceReport("blog", counts, words=("a remark",)), SourceReport("other")))
    syncer = FakeSyncer(SyncProgress("blog", 1), report=report)
    run = run_of(syncer)
    assert list(run.progress()) == [SyncProgress("blog", 1)]
    assert run.result() == SyncResult(message, ("a remark",), has_changed, counts.get("new", 0))
    run.stop()
    assert syncer.stopped == 1


@pytest.mark.parametrize("error", [SyncFailedError("It failed."), ValueError("It failed.")])
def test_a_run_that_fails_may_have_written_files(error: Exception) -> None:
    run = run_of(FakeSyncer(error))
    with pytest.raises(SyncFailedError, match="It failed"):
        list(run.progress())
    assert run.result("It failed.") == SyncResult("It failed.", (), has_changed=True)
