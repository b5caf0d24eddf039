"""Refreshing the index: progress, failures, and when it is rebuilt."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from newsreader.app.index_refresh import (
    DAMAGED,
    MANY,
    IndexRefresh,
    describe,
    is_repairable,
    is_slow,
    repair,
    repair_unreadable_marks,
)
from newsreader.library import IndexFailedError, IndexingError, IndexUnusableError, Library, Progress, Reader
from tests.unit.library.corpora import Corpus


class FakeIndexer:
    """A library without rules, and its indexing process, in one."""

    rules = ()

    def __init__(self, *steps: Progress | Exception) -> None:
        self._steps = steps
        self.stopped = 0

    def refresh(self) -> FakeIndexer:
        return self

    def progress(self) -> Iterator[Progress]:
        for step in self._steps:
            if isinstance(step, Exception):
                raise step
            yield step

    def stop(self) -> None:
        self.stopped += 1


def refresh_of(indexer: Any, next_step: str = "") -> IndexRefresh:
    return IndexRefresh(indexer, next_step)


def test_a_refresh_ends_with_what_has_changed_and_a_stopped_process() -> None:
    steps = (Progress(0, 2), Progress(1, 2, changed=True), Progress(2, 2, finished=True))
    indexer = FakeIndexer(*steps)
    refresh = refresh_of(indexer)
    assert (refresh.last, refresh.has_changed) == (Progress(0, 0), False)
    assert tuple(refresh.progress()) == steps
    assert (refresh.last, refresh.has_changed) == (steps[-1], True)
    refresh.stop()
    assert indexer.stopped == 1


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            IndexingError("It ended early (status 9). R starts it again."),
            "It ended early (status 9). Try again.",
        ),
        (IndexingError("No space left"), "No space left. Try again."),
        (ValueError("no JSON"), "The indexing process was not understood: no JSON"),
    ],
)
def test_a_failure_is_reported_with_the_next_step(error: Exception, message: str) -> None:
    indexer = FakeIndexer(Progress(0, 1), error)
    with pytest.raises(IndexingError) as failure:
        list(refresh_of(indexer, "Try again.").progress())
    assert str(failure.value) == message
    assert indexer.stopped == 1


def test_a_failure_without_a_next_step_names_no_key() -> None:
    with pytest.raises(IndexingError, match=r"^It ended early\.$"):
        list(refresh_of(FakeIndexer(IndexingError("It ended early. R starts it again."))).progress())


@pytest.mark.parametrize(
    ("progress", "slow"),
    [(Progress(0, MANY), True), (Progress(MANY, MANY), False), (Progress(0, MANY - 1), False)],
)
def test_progress_is_shown_of_many_files_until_all_are_done(progress: Progress, slow: bool) -> None:
    assert is_slow(progress) is slow


def test_only_a_damaged_or_missing_index_is_rebuilt() -> None:
    error = IndexFailedError.__new__(IndexFailedError)
    for damaged in (True, False):
        error.damaged = damaged
        assert is_repairable(error) is damaged
    assert is_repairable(IndexUnusableError("there is none"))


def test_a_refresh_that_was_asked_for_is_reported() -> None:
    assert describe(has_changed=True) == "The list is up to date."
    assert describe(has_changed=False) == "No file has changed."


def test_a_repair_blames_the_marks_first(tmp_path: Path) -> None:
    marks = tmp_path / "marks.sqlite"
    library = Library(tmp_path, tmp_path, marks=marks)
    for sound in (False, True):
        library.index.write_text("old")
        marks.write_text("" if sound else "no database" * 100)
        notice = repair(library)
        assert (notice == DAMAGED) == sound
        assert library.index.exists() == (not sound)
        marks.unlink()
    without = Library(tmp_path, tmp_path)
    assert repair(without) == DAMAGED


def test_marks_that_can_be_attached_are_not_looked_at(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.refresh()
    marks = tmp_path / "marks.sqlite"
    library = Library(corpus.root, tmp_path, marks=marks)
    for content, is_repaired in (("", False), ("no database" * 100, True), (None, False)):
        if content is not None:
            marks.write_text(content)
        with closing(Reader(corpus.index, marks=marks)) as reader:
            assert bool(repair_unreadable_marks(library, reader)) == is_repaired
