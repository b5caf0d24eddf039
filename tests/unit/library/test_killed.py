"""An indexing process that is killed at any moment leaves a smaller index, never a wrong one."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from benchmarks.generate import generate

from newsreader.domain.ranking import DAY, Order
from newsreader.domain.view import Scope
from newsreader.library.index.schema import is_usable
from newsreader.library.indexing.client import Indexer
from newsreader.library.indexing.progress import Progress
from newsreader.library.indexing.refresh import refresh
from tests.unit.library.corpora import answers, assert_sound

RECORDS = 800
WORD = "market"


class Moment(NamedTuple):
    """When to kill: `seconds` after the process has reported so many times."""

    reports: int
    seconds: float


def _moments(count: int, reports: int, seed: int) -> list[Moment]:
    """Moments by chance, the same in every run."""
    chance = random.Random(seed)
    return [Moment(chance.randrange(reports), chance.uniform(0, 0.2)) for _ in range(count)]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    generate(folder, RECORDS, 7)
    return folder


class Whole(NamedTuple):
    """What an index that was built without a break tells, and the number of files in it."""

    answers: dict[str, Any]
    files: int


@pytest.fixture(scope="module")
def whole(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Whole:
    index = tmp_path_factory.mktemp("whole") / "index.sqlite"
    for _ in refresh(root, index):
        pass
    assert _number(index, "SELECT count(*) FROM record") == RECORDS
    return Whole(answers(index, [WORD]), _number(index, "SELECT count(*) FROM file"))


def test_an_index_whose_building_is_killed_is_a_sound_part_of_the_whole(
    root: Path, whole: Whole, tmp_path: Path
) -> None:
    for number, moment in enumerate(_moments(3, reports=5, seed=3)):
        index = tmp_path / f"{number}.sqlite"
        told = _kill(root, index, moment)
        assert _check(index, whole).files >= (told[-1].done if told else 0)


def test_every_start_after_a_kill_goes_on_where_the_killed_one_was(
    root: Path, whole: Whole, tmp_path: Path
) -> None:
    index = tmp_path / "index.sqlite"
    kept = Kept(0, frozenset())
    for moment in _moments(3, reports=3, seed=4):
        told = _kill(root, index, moment)
        assert [progress.total for progress in told] == [whole.files - kept.files] * len(told)
        before, kept = kept, _check(index, whole)
        assert before.records <= kept.records
        assert before.files + (told[-1].done if told else 0) <= kept.files
    told = _whole_run(root, index)
    assert told[0].total == told[-1].done == whole.files - kept.files
    assert_sound(index)
    assert answers(index, [WORD]) == whole.answers
    assert _whole_run(root, index) == [Progress(0, 0, finished=True)]


def _kill(root: Path, index: Path, moment: Moment) -> list[Progress]:
    """Start indexing and kill it at a moment, with its parsers; what it had reported until then."""
    indexer = Indexer(root, index, DAY)
    try:
        told = list(islice(_until_the_end(indexer), moment.reports))
        time.sleep(moment.seconds)
    finally:
        indexer.stop()  # kills the whole group
    return told


def _whole_run(root: Path, index: Path) -> list[Progress]:
    indexer = Indexer(root, index, DAY)
    try:
        return list(_until_the_end(indexer))
    finally:
        indexer.stop()


def _until_the_end(indexer: Indexer) -> Iterator[Progress]:
    """What a process reports; it may have ended before the moment came."""
    for progress in indexer.progress():
        yield progress
        if progress.finished:
            return


class Kept(NamedTuple):
    """What a killed process left: the number of files in its index, and the paths of its records."""

    files: int
    records: frozenset[str]


def _alone(headline: tuple[object, ...]) -> tuple[object, ...]:
    """What a headline says of its record, without what others make of its story."""
    title, provider, moment, signal, _, has_amp, type_, _, _ = headline
    return title, provider, moment, signal, has_amp, type_


def _check(index: Path, whole: Whole) -> Kept:
    """Check that an index is sound, that every record in it is complete, and that nothing else is in it."""
    if not is_usable(index):
        return Kept(0, frozenset())  # killed before the tables were there
    assert_sound(index)
    for table, key in (("detail", "record_id"), ("passage", "id")):
        # Table names cannot be parameters.
        lacking = f"SELECT count(*) FROM record WHERE id NOT IN (SELECT {key} FROM {table})"  # noqa: S608
        assert _number(index, lacking) == 0
    told: dict[str, Any] = answers(index, [WORD])
    kept = frozenset(told["headlines"])
    assert len(kept) == _number(index, "SELECT count(*) FROM record")
    for path in kept:
        assert _alone(told["headlines"][path]) == _alone(whole.answers["headlines"][path])
    _check_pages(told["pages"], whole.answers["pages"], kept)
    for scope in Scope:
        for question in (*map(str, Order), repr(WORD)):
            in_whole = whole.answers[f"{scope} {question}"]
            # Another row of the front page may be there whose lead is still to come.
            found = [path for path in told[f"{scope} {question}"] if path in in_whole]
            assert found == [path for path in in_whole if path in kept]
            assert scope is Scope.FRONT or found == told[f"{scope} {question}"]
    return Kept(_number(index, "SELECT count(*) FROM file"), kept)


def _check_pages(pages: dict[str, Any], of_whole: dict[str, Any], kept: frozenset[str]) -> None:
    """Check that stories are whole, and that their coverage leads to records that are there."""
    assert pages.keys() == kept
    for path, (record, coverage, _) in pages.items():
        whole_record, whole_coverage, _ = of_whole[path]
        assert record == whole_record
        assert [entry for entry, *_ in coverage] == [entry for entry, *_ in whole_coverage]
        for (_, found, _), (_, in_whole, _) in zip(coverage, whole_coverage, strict=True):
            assert found in kept if in_whole in kept else found is None or found in kept


def _number(index: Path, question: str) -> int:
    with closing(sqlite3.connect(index)) as connection:
        return int(connection.execute(question).fetchone()[0])
