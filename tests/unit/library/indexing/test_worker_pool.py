"""Files are read in other processes, and a file that kills its reader costs nothing but itself."""

from __future__ import annotations

import itertools
import multiprocessing
import os
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path

import pytest

from newsreader.library.index.record_rows import FileRow
from newsreader.library.indexing import worker_pool
from newsreader.library.indexing.worker_pool import ParserPool, parse_in_process
from tests.unit.library import hostile_reading
from tests.unit.library.corpora import Corpus

MakePool = Callable[..., ParserPool]


@pytest.fixture
def make_pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakePool]:
    """Pools that read hostile files in small batches, ended with the test."""
    monkeypatch.setattr(worker_pool, "BATCH", 3)
    pools: list[ParserPool] = []

    def make(workers: int, **options: float) -> ParserPool:
        pools.append(ParserPool(tmp_path, workers, hostile_reading.read, **options))
        return pools[-1]

    yield make
    for pool in pools:
        pool.close()
    assert multiprocessing.active_children() == []


def told(rows: list[FileRow]) -> dict[bytes, str]:
    """Return what is said about each file; none may come twice."""
    assert len({row.path for row in rows}) == len(rows)
    return {row.path: row.defects[0].reason for row in rows}


def readers(rows: list[FileRow]) -> set[int]:
    return {row.defects[0].line for row in rows}


def all_rows(pool: ParserPool, paths: list[bytes]) -> list[FileRow]:
    return [row for rows in pool.parse(paths) for row in rows]


def numbered(count: int) -> list[bytes]:
    return [b"%03d" % number for number in range(count)]


# Files that do no harm.


def test_every_file_is_read_once_and_elsewhere(make_pool: MakePool) -> None:
    pool = make_pool(2)
    for count in (0, 1, 3, 20):
        rows = all_rows(pool, numbered(count))
        assert told(rows) == dict.fromkeys(numbered(count), "read")
        assert os.getpid() not in readers(rows)


def test_workers_are_kept_for_the_next_files(make_pool: MakePool) -> None:
    pool = make_pool(1)
    assert readers(all_rows(pool, numbered(7))) == readers(all_rows(pool, numbered(4)))
    assert len(multiprocessing.active_children()) == 1


def test_batches_come_as_they_are_done(make_pool: MakePool) -> None:
    assert sorted(len(rows) for rows in make_pool(2).parse(numbered(8))) == [2, 3, 3]


def test_workers_read_as_this_process_does(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.put("a.md", title="A", topics=["AI"], heat="odd")
    corpus.put_topic("AI")
    corpus.put_bytes("b.md", "no front matter")
    paths = [b"a.md", b"_data/topics/10-ai.yaml", b"b.md", b"missing.md"]
    pool = ParserPool(corpus.root)
    try:
        [elsewhere] = pool.parse(paths)
    finally:
        pool.close()
    [here] = parse_in_process(corpus.root, paths)
    assert elsewhere == here
    assert [bool(row.record) for row in here] == [True, False, False, False]


# Files that do.


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (b"exit", "the parser stopped on this file"),
        (b"crash", "the parser stopped on this file"),
        (b"fail", "cannot be read: LookupError: no such luck"),
    ],
)
@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_ends_or_fails_its_reader_is_a_problem_and_all_others_are_read(
    make_pool: MakePool, name: bytes, reason: str, workers: int
) -> None:
    paths = [*numbered(4), name, *numbered(9)[4:]]
    expected = {**dict.fromkeys(numbered(9), "read"), name: reason}
    assert told(all_rows(make_pool(workers), paths)) == expected


def test_several_hostile_files_in_one_batch_are_told_apart(make_pool: MakePool) -> None:
    rows = all_rows(make_pool(2), [b"exit", b"good", b"crash"])
    stopped = "the parser stopped on this file"
    assert told(rows) == {b"exit": stopped, b"good": "read", b"crash": stopped}


def test_a_file_that_takes_forever_is_a_problem_and_all_others_are_read(
    make_pool: MakePool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clock stands still while the worker works and goes on whenever it is looked at while one hangs."""
    times = itertools.count(step=20.0)
    now = [next(times)]

    def clock() -> float:
        if any((tmp_path / f"hung-{child.pid}").exists() for child in multiprocessing.active_children()):
            now[0] = next(times)
        return now[0]

    monkeypatch.setattr(worker_pool, "monotonic", clock)
    monkeypatch.setattr(worker_pool, "wait", lambda pipes, timeout: wait(pipes, min(timeout, 0.02)))
    paths = [*numbered(4), b"hang", *numbered(9)[4:]]
    rows = all_rows(make_pool(1, timeout=50.0), paths)
    assert told(rows) == {
        **dict.fromkeys(numbered(9), "read"),
        b"hang": "the parser took too long on this file",
    }
    assert len(list(tmp_path.glob("hung-*"))) == 2


# Workers that go away.


def test_a_worker_that_dies_while_it_is_idle_is_replaced(make_pool: MakePool) -> None:
    pool = make_pool(1)
    before = readers(all_rows(pool, numbered(2)))
    [worker] = multiprocessing.active_children()
    worker.kill()
    worker.join()
    rows = all_rows(pool, numbered(2))
    assert told(rows) == dict.fromkeys(numbered(2), "read")
    assert readers(rows).isdisjoint(before)


def test_stopping_midway_ends_the_workers_that_are_busy(make_pool: MakePool, tmp_path: Path) -> None:
    pool = make_pool(2)
    reading = pool.parse([b"hang", b"hang too", b"hang as well", *numbered(3)])
    assert told(next(reading)) == dict.fromkeys(numbered(3), "read")
    reading.close()
    assert len(multiprocessing.active_children()) == 1
    pool.close()
    assert multiprocessing.active_children() == []


def test_a_closed_pool_may_be_used_again(make_pool: MakePool) -> None:
    pool = make_pool(1)
    pool.close()
    assert told(all_rows(pool, [b"a"])) == {b"a": "read"}


def test_a_worker_ends_by_itself_when_nobody_asks_any_more(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    work = (theirs, tmp_path, hostile_reading.read, worker_pool.failed_row)
    worker = context.Process(target=worker_pool._work, args=work)
    worker.start()
    theirs.close()
    ours.send((b"a", b"fail"))
    assert told(ours.recv()) == {b"a": "read", b"fail": "cannot be read: LookupError: no such luck"}
    ours.close()
    worker.join()
    assert worker.exitcode == 0


def test_a_worker_that_is_interrupted_ends_quietly(tmp_path: Path) -> None:
    class Interrupted(Connection):
        def recv(self) -> object:
            raise KeyboardInterrupt

    descriptor = os.open(os.devnull, os.O_RDWR)
    worker_pool._work(Interrupted(descriptor), tmp_path, hostile_reading.read, worker_pool.failed_row)


def test_a_worker_answers_batches_until_its_pipe_is_closed(tmp_path: Path) -> None:
    batches = [(b"a",), (b"b", b"fail")]
    answers: list[object] = []

    class Pipe(Connection):
        def recv(self) -> object:
            if not batches:
                raise EOFError
            return batches.pop(0)

        def send(self, obj: object) -> None:
            answers.append(obj)

    descriptor = os.open(os.devnull, os.O_RDWR)
    worker_pool._work(Pipe(descriptor), tmp_path, hostile_reading.read, worker_pool.failed_row)
    assert [[row.path for row in rows] for rows in answers] == [[b"a"], [b"b", b"fail"]]  # type: ignore[attr-defined]


# How many.


def test_there_is_a_worker_for_each_core_that_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: {0, 4, 5}, raising=False)
    assert worker_pool._cores() == 3
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert worker_pool._cores() == 8
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert worker_pool._cores() == 1
