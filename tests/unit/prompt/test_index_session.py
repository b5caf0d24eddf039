"""How the index is brought up to date while one waits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from newsreader.app.index_refresh import DAMAGED, WAITING
from newsreader.library import IndexFailedError, IndexingError, Progress
from newsreader.prompt.index_session import EVERY, IndexSession
from newsreader.prompt.output import Output
from tests.unit.prompt.words import Written


class Indexing:
    """Stands in for a library and its indexing process, each step of which takes a second."""

    def __init__(self, *steps: Progress, fails: bool = False) -> None:
        self._steps = steps
        self._fails = fails
        self.is_indexed = True
        self.marks_file = None
        self.rules = ()
        self.stopped = 0
        self.discarded = 0
        self.now = 0.0

    def refresh(self) -> Indexing:
        return self

    def progress(self) -> Iterator[Progress]:
        for step in self._steps:
            self.now += 1
            yield step
        if self._fails:
            raise IndexingError("it failed")

    def stop(self) -> None:
        self.stopped += 1

    def discard_index(self) -> None:
        self.discarded += 1


def index_of(indexing: Indexing) -> tuple[IndexSession, Written]:
    written = Written()
    return IndexSession(indexing, Output(written), lambda: indexing.now), written  # type: ignore[arg-type]


def test_progress_is_told_every_few_seconds() -> None:
    steps = [Progress(100 * number, 1_000, changed=True) for number in range(11)]
    index, written = index_of(Indexing(*steps))
    assert index.refresh()
    assert len(written.lines) == len(steps) // int(EVERY)
    assert written.lines[0].startswith("Indexing 200 of 1,000 files · 20 %")


def test_a_damaged_index_that_is_rebuilt_is_told_once() -> None:
    steps = [Progress(0, 2, rebuilt=True), Progress(2, 2, changed=True, finished=True, rebuilt=True)]
    index, written = index_of(Indexing(*steps))
    assert index.refresh()
    assert written.lines == [DAMAGED]


def test_a_wait_for_another_process_is_told_once() -> None:
    wait = Progress(0, 0, changed=True, waiting=True)
    index, written = index_of(Indexing(wait, wait, Progress(0, 0, finished=True)))
    assert index.refresh()
    assert written.text.split() == WAITING.split()


def test_nothing_is_told_where_nothing_takes_long() -> None:
    index, written = index_of(Indexing(Progress(0, 0, finished=True)))
    assert not index.refresh()
    assert written.text == ""


def test_the_first_time_is_told() -> None:
    indexing = Indexing(Progress(1, 1, changed=True, finished=True))
    indexing.is_indexed = False
    index, written = index_of(indexing)
    index.refresh()
    assert written.text == "The corpus is being read for the first time.\n"


def test_the_process_is_ended_whatever_happens() -> None:
    indexing = Indexing(fails=True)
    index, _ = index_of(indexing)
    with pytest.raises(IndexingError):
        index.refresh()
    assert indexing.stopped == 1


def test_a_damaged_index_alone_is_built_again() -> None:
    indexing = Indexing(Progress(0, 0, finished=True))
    index, written = index_of(indexing)
    error = IndexFailedError.__new__(IndexFailedError)
    error.damaged = False
    assert not index.mend(error)
    assert indexing.discarded == 0
    error.damaged = True
    assert index.mend(error)
    assert indexing.discarded == 1
    assert written.text == "The index was damaged; it is being built again.\n"
