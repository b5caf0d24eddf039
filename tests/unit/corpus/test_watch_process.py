"""Noticing changes in the corpus, seldom enough to cost little."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from itertools import islice
from pathlib import Path
from threading import Event, Thread
from types import SimpleNamespace

import pytest

from newsreader.corpus import watch_process
from newsreader.corpus.watch_process import BACK_OFF, MAX_PAUSE, PAUSE, SHARE, STEP, Quiet, Watch, changes
from newsreader.library import Library
from newsreader.library.indexing.client import Watcher

LONG_AGO = 1_000_000_000


class Clock:
    """Tells a time that tests set; each look at it takes as long as they say."""

    def __init__(self, cost: float = 0.0) -> None:
        self.now = 100.0
        self.cost = cost

    def __call__(self) -> float:
        self.now += self.cost
        return self.now


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("a.md", "_news/b.md"):
        _put(tmp_path / name)
    return tmp_path


def _put(path: Path, text: str = "---\ntitle: x\n---\n", seconds: int = LONG_AGO) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (seconds, seconds))


def test_nothing_has_changed_until_something_does(root: Path) -> None:
    clock = Clock()
    watch = Watch(root, clock)
    for _ in range(3):
        clock.now += PAUSE
        assert not watch.has_changed()


def test_files_that_come_go_and_change_are_noticed_once(root: Path) -> None:
    clock = Clock()
    watch = Watch(root, clock)

    def notices() -> list[bool]:
        clock.now += PAUSE
        first = watch.has_changed()
        clock.now += PAUSE
        return [first, watch.has_changed()]

    _put(root / "_news/c.md")
    assert notices() == [True, False]
    _put(root / "a.md", seconds=LONG_AGO + 1)
    assert notices() == [True, False]
    (root / "_news/b.md").unlink()
    assert notices() == [True, False]
    _put(root / "picture.png")
    _put(root / ".git" / "index")
    assert notices() == [False, False]


def test_looking_takes_a_small_share_of_the_time(root: Path) -> None:
    clock = Clock(cost=1.0)
    watch = Watch(root, clock)
    clock.cost = 0.0
    _put(root / "a.md", seconds=LONG_AGO + 1)  # in place: no folder tells of it
    clock.now += 0.9 / SHARE
    assert not watch.has_changed()
    clock.now += 0.2 / SHARE
    assert watch.has_changed()


def test_a_notice_of_the_system_starts_a_thorough_look(root: Path) -> None:
    watch = Watch(root, Clock())
    assert not watch.has_changed(noticed=True)
    _put(root / "a.md", seconds=LONG_AGO + 1)
    assert watch.has_changed(noticed=True)


def test_a_folder_that_is_gone_is_a_change(root: Path) -> None:
    clock = Clock()
    watch = Watch(root, clock)
    (root / "_news/b.md").unlink()
    (root / "_news").rmdir()
    clock.now += PAUSE
    assert watch.has_changed()


def test_the_pause_grows_while_nothing_changes_and_begins_anew_after_a_change() -> None:
    clock = Clock()
    quiet = Quiet(clock)
    assert quiet.pause == PAUSE
    clock.now += 3 * BACK_OFF
    assert quiet.pause == 3
    clock.now += 1000 * BACK_OFF
    assert quiet.pause == MAX_PAUSE
    quiet.end()
    assert quiet.pause == PAUSE


def _polled(root: Path, monkeypatch: pytest.MonkeyPatch, steps: Iterator[object]) -> Iterator[None]:
    """The changes that are seen without watchfiles, a step being taken in each pause."""
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    monkeypatch.setattr(time, "sleep", lambda _: next(steps))
    monkeypatch.setattr(watch_process, "PAUSE", 0.0)
    return changes(root)


def test_without_notices_of_the_system_it_looks_again_and_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    rest = time.sleep

    def steps() -> Iterator[None]:
        done.append("rested")
        yield
        _put(root / "c.md")
        done.append("wrote")
        while True:
            rest(0.01)
            yield

    assert len(list(islice(_polled(root, monkeypatch, steps()), 1))) == 1
    assert done == ["rested", "wrote"]


def test_a_file_that_is_brand_new_may_have_been_missed_by_others(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _put(root / "c.md", seconds=int(time.time()) + 60)
    assert len(list(islice(_polled(root, monkeypatch, iter(())), 1))) == 1


def test_a_notice_is_followed_by_a_look(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def watch(*paths: Path, **options: object) -> Iterator[set[tuple[int, str]]]:
        asked.extend((*paths, options["yield_on_timeout"], options["step"]))
        yield set()
        yield {(1, str(root / "a.md"))}
        _put(root / "a.md", seconds=LONG_AGO + 1)
        yield {(2, str(root / "a.md"))}

    monkeypatch.setitem(sys.modules, "watchfiles", SimpleNamespace(watch=watch))
    assert list(changes(root)) == [None]
    assert asked == [root, True, STEP]


def test_every_change_is_told_as_a_line(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watch_process, "_end_with_the_reader", lambda: None)
    monkeypatch.setattr(watch_process, "changes", lambda root: iter([None, None]))
    monkeypatch.delattr(os, "nice", raising=False)  # as on Windows
    assert watch_process.main([str(root)]) == 0
    assert capsys.readouterr().out == "changed\nchanged\n"


def test_the_end_of_its_input_is_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(b"")))
    watch_process._end_with_the_reader()
    assert ended == [0]


def test_a_folder_that_cannot_be_watched_ends_it_with_an_error(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    priorities: list[int] = []

    def fail(_: Path) -> Iterator[None]:
        raise FileNotFoundError

    monkeypatch.setattr(watch_process, "_end_with_the_reader", lambda: None)
    monkeypatch.setattr(watch_process, "changes", fail)
    monkeypatch.setattr(os, "nice", priorities.append, raising=False)
    assert watch_process.main([str(root)]) == 1
    assert priorities == [10]


def test_a_corpus_that_is_gone_ends_the_process(tmp_path: Path) -> None:
    watcher = Watcher(tmp_path / "gone")
    assert list(watcher.changes()) == []
    assert watcher._process.wait(30) == 1
    watcher.stop()


def test_the_process_tells_of_a_change_and_ends_when_it_is_stopped(root: Path) -> None:
    told = Event()
    watcher = Library(root, root.parent / "cache").watch()

    def follow() -> None:
        for _ in watcher.changes():
            told.set()

    listener = Thread(target=follow)
    listener.start()
    try:
        for number in range(200):
            _put(root / f"new-{number}.md")
            if told.wait(0.3):
                break
        assert told.is_set()
    finally:
        watcher.stop()
        listener.join(10)
    assert not listener.is_alive()


def test_the_process_ends_when_the_reader_is_gone(root: Path) -> None:
    watcher = Watcher(root)
    assert watcher._process.stdin is not None
    watcher._process.stdin.close()
    assert watcher._process.wait(30) == 0
    assert list(watcher.changes()) == []
    watcher.stop()
