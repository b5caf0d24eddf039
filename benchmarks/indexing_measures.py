"""Building the index and bringing it up to date, through the real indexing process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks import floors, rows
from benchmarks.generate import generate
from benchmarks.graphs import GRAPHS
from benchmarks.newsboat import import_articles, newsboat, served, write_feed
from benchmarks.results import Result
from benchmarks.workplace import Workplace
from newsreader.library import Library

CHANGED = 100
GRAPH_RECORDS = 10_000
"""Most records in a corpus of each graph."""

ENOUGH = 500
"""Records after which the screen has to be usable."""


class _Refresh(NamedTuple):
    """One run of the indexing process, in milliseconds from before it was started."""

    finished: float
    enough: float
    """`ENOUGH` files were in the index, or all."""
    files: int


def cold_index(place: Workplace) -> Iterator[Result]:
    """Build the index from nothing, in turns with bare reading and parsing."""
    floors.look_at(place.corpus)
    for path in place.record_files():
        path.read_bytes()  # from the disk, so that nobody's first run pays for it
    runs: list[_Refresh] = []
    bare: list[float] = []
    for _ in range(3 if place.records <= 20_000 else 2 if place.records <= 200_000 else 1):
        bare.append(_parse_alone(place, place.corpus))
        place.library.discard_index()
        runs.append(_refresh(place.library))
    yield Result(rows.COLD_INDEX, [run.finished for run in runs], bare, paired=True)
    yield Result(rows.FIRST_500, [run.enough for run in runs])


def beside_newsboat(place: Workplace) -> Iterator[Result]:
    """Build the index from nothing, in turns with newsboat's import if it is installed."""
    program = newsboat()
    if program is None:
        return
    feed = place.scratch / "feed" / "feed.xml"
    feed.parent.mkdir()
    write_feed(place.corpus, place.record_files(), feed)
    home = place.home("newsboat")
    times: list[float] = []
    imports: list[float] = []
    with served(feed) as address:
        for _ in range(3 if place.records <= 20_000 else 1):
            imports.append(import_articles(program, address, place.records, home))
            place.library.discard_index()
            times.append(_refresh(place.library).finished)
    yield Result(rows.COLD_NEWSBOAT, times, imports, paired=True)


def refresh(place: Workplace) -> Iterator[Result]:
    """Bring an index up to date, in turns with a bare look at all files."""
    place.bring_up_to_date()
    times: list[float] = []
    bare: list[float] = []
    for _ in range(5):
        started = time.monotonic()
        floors.look_at(place.corpus)
        bare.append(_since(started))
        times.append(_refresh(place.library).finished)
    yield Result(rows.REFRESH_NOTHING, times, bare, paired=True)
    times, bare = [], []
    for _ in range(3):
        with _changed_files(place) as paths:
            run = _refresh(place.library)
            if run.files != len(paths):
                raise RuntimeError(f"{len(paths)} files changed and {run.files} were read again")
            times.append(run.finished)
            started = time.monotonic()
            floors.look_at(place.corpus)
            floors.read_and_parse(paths)
            bare.append(_since(started))
        place.bring_up_to_date()
    yield Result(rows.REFRESH_100, times, bare, paired=True)


def graphs(place: Workplace) -> Iterator[Result]:
    """Build an index of each graph of related lists from nothing, and bring it up to date after one change.

    The floors are bare reading and parsing, and a refresh when nothing has changed.
    """
    for graph in GRAPHS:
        corpus = place.scratch / f"graph-{graph}"
        generate(corpus, min(place.records, GRAPH_RECORDS), graph=graph)
        library = Library(corpus, place.main.cache())
        bare = [_parse_alone(place, corpus)]
        yield Result(rows.GRAPH_COLD[graph], [_refresh(library).finished], bare, paired=True)
        times: list[float] = []
        bare = []
        for path in sorted(corpus.glob("_news/*/*.md"))[:: GRAPH_RECORDS // 4][:3]:
            path.write_bytes(path.read_bytes() + b"\n")
            times.append(_refresh(library).finished)
            bare.append(_refresh(library).finished)
        yield Result(rows.GRAPH_ONE[graph], times, bare, paired=True)
        library.discard_index()
        shutil.rmtree(corpus)


def _refresh(library: Library) -> _Refresh:
    started = time.monotonic()
    indexer = library.refresh()
    finished, enough, files = 0.0, None, 0
    for progress in indexer.progress():
        finished = _since(started)
        if progress.is_linking:
            continue
        files = progress.total
        if enough is None and progress.done >= min(ENOUGH, progress.total):
            enough = finished
    indexer.stop()
    return _Refresh(finished, finished if enough is None else enough, files)


def _parse_alone(place: Workplace, corpus: Path) -> float:
    """Milliseconds that bare reading and parsing takes, as its process says."""
    argv = [sys.executable, "-m", "benchmarks.floors", str(corpus)]
    told = subprocess.run(argv, env=place.main.env, capture_output=True, text=True, check=True).stdout
    return float(told) * 1000


@contextmanager
def _changed_files(place: Workplace) -> Iterator[list[str]]:
    """Touch and rewrite some records, spread over the corpus, and put them back as they were."""
    files = place.record_files()
    chosen = files[:: max(1, len(files) // CHANGED)][:CHANGED]
    before = [(path, path.read_bytes(), path.stat()) for path in chosen]
    for number, (path, content, _) in enumerate(before):
        if number % 2:
            path.write_bytes(content + b"\n")
        else:
            path.touch()
    try:
        yield [str(path) for path in chosen]
    finally:
        for path, content, status in before:
            path.write_bytes(content)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _since(started: float) -> float:
    return (time.monotonic() - started) * 1000
