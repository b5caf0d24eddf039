"""Read batches of files in worker processes.

A parser written in C can crash its process on a hostile file. So if a worker dies or hangs on a batch, its
files are read again one by one, and the one that fails again is reported as a problem.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import islice
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
"""Files in one message to a worker: enough to make messages cheap, few enough to stream."""

TIMEOUT = 60.0
"""Seconds that a worker may spend on one batch; a typical batch takes a tenth of a second."""

Batch = tuple[bytes, ...]
Row = TypeVar("Row")
Read = Callable[[Path, bytes], Row]
Failed = Callable[[bytes, Defect], Row]
"""Returns the result for a file that could not be read."""


def read_row(root: Path, path: bytes, options: CorpusOptions | None = None) -> FileRow:
    """Read one file of the corpus."""
    from newsreader.corpus.file_reader import read_file

    if options is None:
        return file_row(path, read_file(root, path, brief=True))
    return file_row(path, read_file(root, path, options, brief=True), with_body=options.index_bodies)


def failed_row(path: bytes, defect: Defect) -> FileRow:
    """Return the row of a file that could not be read."""
    return FileRow(path, defects=(defect,))


def parse_in_process(root: Path, paths: Iterable[bytes]) -> Iterator[list[FileRow]]:
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
    """Worker processes that read files.

    Args:
        root: Of the corpus.
        read: Reads a path in a worker; it must be importable.
        failed: Returns the result for a path on which `read` failed.
        workers: How many processes; one for each core by default.
        timeout: See `TIMEOUT`.

    """

    def __init__(
        self,
        root: Path,
        read: Read[Row],
        failed: Failed[Row],
        workers: int | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        self._root = root
        self._size = workers or _cores()
        self._read = read
        self._failed = failed
        self._timeout = timeout
        self._context = multiprocessing.get_context("spawn")
        self._idle: list[_Worker] = []

    def parse(self, paths: Iterable[bytes]) -> Generator[list[Row], None, None]:
        """Read files; yield the results batch by batch, in no particular order."""
        pending = deque(_batches(paths))
        busy: dict[Connection, _Task] = {}
        try:
            while pending or busy:
                while pending and len(busy) < self._size:
                    task = self._assign(pending.popleft())
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

    def _assign(self, batch: Batch) -> _Task:
        """Send a batch to a worker; replace one that died while it was idle."""
        while self._idle:
            worker = self._idle.pop()
            try:
                worker.pipe.send(batch)
            except OSError:
                _end(worker)
            else:
                return _Task(worker, batch, monotonic() + self._timeout)
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_work, args=(theirs, self._root, self._read, self._failed), daemon=True
        )
        process.start()
        theirs.close()
        ours.send(batch)
        return _Task(_Worker(process, ours), batch, monotonic() + self._timeout)

    @staticmethod
    def _finished(busy: dict[Connection, _Task]) -> list[Connection]:
        """Wait for workers that have answered, died or timed out."""
        remaining = min(task.deadline for task in busy.values()) - monotonic()
        wait(list(busy), max(0.0, remaining))
        return [pipe for pipe, task in busy.items() if pipe.poll() or task.deadline <= monotonic()]

    def _receive(self, task: _Task) -> list[Row] | str:
        """Return the results of a batch, or why there are none."""
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
    """Worker processes that turn paths into rows of the index."""

    def __init__(
        self,
        root: Path,
        workers: int | None = None,
        read: Read[FileRow] = read_row,
        timeout: float = TIMEOUT,
    ) -> None:
        super().__init__(root, read, failed_row, workers, timeout)


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def _work(pipe: Connection, root: Path, read: Read[Row], failed: Failed[Row]) -> None:
    """Run a worker process until its pipe is closed."""
    gc.freeze()  # collecting the imported modules again and again took a sixth of the time
    try:
        while True:
            batch: Batch = pipe.recv()
            pipe.send([_read_safely(read, failed, root, path) for path in batch])
    except (EOFError, OSError, KeyboardInterrupt):
        return


def _read_safely(read: Read[Row], failed: Failed[Row], root: Path, path: bytes) -> Row:
    """Read a file; turn any exception into a defect of that file."""
    try:
        return read(root, path)
    except Exception as error:  # noqa: BLE001 - a file must never stop the refresh
        return failed(path, Defect(0, f"cannot be read: {type(error).__name__}: {error}", "unreadable"))


def _batches(paths: Iterable[bytes]) -> Iterator[Batch]:
    rest = iter(paths)
    return iter(lambda: tuple(islice(rest, BATCH)), ())


def _cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
