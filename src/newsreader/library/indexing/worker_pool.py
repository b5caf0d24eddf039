"""Reading batches of files in processes of their own.

A parser written in C can die of a hostile file and take its process along. So the files of a batch
that killed its worker, or that kept it busy beyond all measure, are read again one by one, and the
one that does it again becomes a problem; all others are kept.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from newsreader.domain.checks.problem import Defect
from newsreader.library.index.record_rows import FileRow, file_row

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from newsreader.domain.corpus_options import CorpusOptions

BATCH = 100
"""Files in one message to a worker: enough that messages cost little, few enough to stream."""

PATIENCE = 60.0
"""Seconds that a worker may spend on one batch; a real batch takes a tenth of a second."""

Batch = tuple[bytes, ...]
Row = TypeVar("Row")
Read = Callable[[Path, bytes], Row]
Failed = Callable[[bytes, Defect], Row]
"""What stands for a file that could not be read."""


def read_row(root: Path, path: bytes, options: CorpusOptions | None = None) -> FileRow:
    """Read one file of the corpus in this process, by what the settings say about the corpus."""
    from newsreader.corpus.file_reader import read_file

    return file_row(path, read_file(root, path, options) if options else read_file(root, path))


def failed_row(path: bytes, defect: Defect) -> FileRow:
    """What the index keeps of a file that could not be read."""
    return FileRow(path, defects=(defect,))


def parse_here(root: Path, paths: Iterable[bytes]) -> Iterator[list[FileRow]]:
    """Read files in this process, batch by batch."""
    for batch in _batches(paths):
        yield [_read_safely(read_row, failed_row, root, path) for path in batch]


class _Worker(NamedTuple):
    process: BaseProcess
    pipe: Connection


class _Task(NamedTuple):
    worker: _Worker
    batch: Batch
    deadline: float


class WorkerPool(Generic[Row]):
    """Worker processes that read files, whatever is to be known of them.

    Args:
        root: Of the corpus.
        read: What a worker does with a path; a function of a module, as workers import it.
        failed: What stands for a file on which that failed.
        workers: How many processes; by default one a core.
        patience: See `PATIENCE`.

    """

    def __init__(
        self,
        root: Path,
        read: Read[Row],
        failed: Failed[Row],
        workers: int | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._root = root
        self._size = workers or _cores()
        self._read = read
        self._failed = failed
        self._patience = patience
        self._context = multiprocessing.get_context("spawn")
        self._idle: list[_Worker] = []

    def parse(self, paths: Iterable[bytes]) -> Generator[list[Row], None, None]:
        """What was read of all files, batch by batch, in no particular order."""
        pending = deque(_batches(paths))
        busy: dict[Connection, _Task] = {}
        try:
            while pending or busy:
                while pending and len(busy) < self._size:
                    task = self._hand_out(pending.popleft())
                    busy[task.worker.pipe] = task
                for pipe in self._finished(busy):
                    task = busy.pop(pipe)
                    rows = self._receive(task)
                    if isinstance(rows, list):
                        yield rows
                    elif len(task.batch) == 1:
                        reason = f"the parser {rows} on this file"
                        yield [self._failed(task.batch[0], Defect(0, reason, "parser-stopped"))]
                    else:
                        pending.extendleft((path,) for path in task.batch)
        finally:
            for task in busy.values():
                _end(task.worker)

    def close(self) -> None:
        """End the workers."""
        for worker in self._idle:
            _end(worker)
        self._idle.clear()

    def _hand_out(self, batch: Batch) -> _Task:
        """Give a batch to a worker; one that died while it was idle is replaced."""
        while self._idle:
            worker = self._idle.pop()
            try:
                worker.pipe.send(batch)
            except OSError:
                _end(worker)
            else:
                return _Task(worker, batch, monotonic() + self._patience)
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_work, args=(theirs, self._root, self._read, self._failed), daemon=True
        )
        process.start()
        theirs.close()
        ours.send(batch)
        return _Task(_Worker(process, ours), batch, monotonic() + self._patience)

    @staticmethod
    def _finished(busy: dict[Connection, _Task]) -> list[Connection]:
        """Wait for workers that have answered, died, or used up their time."""
        patience = min(task.deadline for task in busy.values()) - monotonic()
        wait(list(busy), max(0.0, patience))
        return [pipe for pipe, task in busy.items() if pipe.poll() or task.deadline <= monotonic()]

    def _receive(self, task: _Task) -> list[Row] | str:
        """What was read of a batch, or in words why there is nothing."""
        if not task.worker.pipe.poll():
            _end(task.worker)
            return "took too long"
        try:
            rows: list[Row] = task.worker.pipe.recv()
        except (EOFError, OSError):
            _end(task.worker)
            return "stopped"
        self._idle.append(task.worker)
        return rows


class ParserPool(WorkerPool[FileRow]):
    """Worker processes that turn paths into rows of the index.

    Args:
        root: Of the corpus.
        workers: How many processes; by default one a core.
        read: What a worker does with a path; for tests of workers that die.
        patience: See `PATIENCE`.

    """

    def __init__(
        self,
        root: Path,
        workers: int | None = None,
        read: Read[FileRow] = read_row,
        patience: float = PATIENCE,
    ) -> None:
        super().__init__(root, read, failed_row, workers, patience)


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _work(pipe: Connection, root: Path, read: Read[Row], failed: Failed[Row]) -> None:
    """What a worker process does until nobody asks any more."""
    gc.freeze()  # what the start made stays; looking at it again and again took a sixth of the time
    try:
        while True:
            batch: Batch = pipe.recv()
            pipe.send([_read_safely(read, failed, root, path) for path in batch])
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _read_safely(read: Read[Row], failed: Failed[Row], root: Path, path: bytes) -> Row:
    """Whatever goes wrong with one file stays with that file."""
    try:
        return read(root, path)
    except Exception as error:  # noqa: BLE001 - a file must never end the run
        return failed(path, Defect(0, f"cannot be read: {type(error).__name__}: {error}", "unreadable"))


def _batches(paths: Iterable[bytes]) -> Iterator[Batch]:
    batch: list[bytes] = []
    for path in paths:
        batch.append(path)
        if len(batch) == BATCH:
            yield tuple(batch)
            batch = []
    if batch:
        yield tuple(batch)


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
