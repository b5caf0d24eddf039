"""The indexing process: one refresh, reported as lines of JSON on standard output.

A separate process keeps the load of parsing, and crashes of a parser, away from the interface. Started as
`python -m newsreader.library.indexing.process ROOT INDEX HALF_LIFE [OPTIONS]`, with options from
`CorpusOptions.to_json`.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sqlite3
import sys
import time
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.library.index.lock import IndexBusyError, index_lock
from newsreader.library.index.schema import is_damaged
from newsreader.library.indexing.prefetch import prefetch
from newsreader.library.indexing.progress import Progress
from newsreader.library.indexing.refresh import Parse, refresh
from newsreader.library.sqlite.connection import MALFORMED, discard, is_damage
from newsreader.parent_process import exit_with_parent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.library.index.record_rows import FileRow
    from newsreader.library.indexing.worker_pool import ParserPool, Read

PREFETCHED_BATCHES = 30
"""Batches that may wait to be written: about one transaction, some 10 MB."""


def main(arguments: list[str]) -> int:
    """Refresh the index; return the exit status: 0 on success, 1 on failure."""
    root, index, half_life = Path(arguments[0]), Path(arguments[1]), int(arguments[2])
    options = arguments[3] if len(arguments) > 3 else ""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles ctrl+c
    if hasattr(os, "nice"):
        os.nice(5)  # the interface comes first
    gc.disable()  # the process is short-lived and holds a hundred thousand small values
    try:
        with ExitStack() as exit_stack:
            parse = _parsers(root, exit_stack, options)
            while True:
                try:
                    with index_lock(index):
                        _refresh(parse, root, index, half_life, options)
                    return 0
                except IndexBusyError:
                    # Another process is refreshing the index: report its changes, and retry until it is done.
                    _report(Progress(0, 0, changed=True, waiting=True)._asdict())
                    time.sleep(1)
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, BrokenPipeError):
            raise
        _report({"error": str(error)})
        return 1


def _parsers(root: Path, exit_stack: ExitStack, options: str) -> Parse:
    """Return a parse function whose worker processes start on first use and end with the stack."""

    @cache
    def pool() -> ParserPool:
        from newsreader.library.indexing.worker_pool import ParserPool  # most runs have nothing to parse

        parsers = ParserPool(root, read=_reader(options))
        exit_stack.callback(parsers.close)
        return parsers

    def parse(_: Path, paths: list[bytes]) -> Iterator[list[FileRow]]:
        # The workers go on during a commit, which takes longer than a batch.
        return prefetch(pool().parse(paths), PREFETCHED_BATCHES) if paths else iter(())

    return parse


def _reader(options: str) -> Read[FileRow]:
    from newsreader.library.indexing.worker_pool import read_row

    if not options:
        return read_row
    from newsreader.domain.corpus_options import CorpusOptions

    return partial(read_row, options=CorpusOptions.from_json(options))


def _refresh(parse: Parse, root: Path, index: Path, half_life: int, options: str) -> None:
    """Refresh the index; delete and rebuild it if it turns out to be damaged."""

    def run(*, rebuilt: bool) -> None:
        for progress in refresh(root, index, half_life=half_life, parse=parse, options=options):
            _report(progress._replace(rebuilt=rebuilt)._asdict())

    if not is_damaged(index):
        try:
            run(rebuilt=False)
        except sqlite3.DatabaseError as error:
            if not (is_damage(error) or isinstance(error, sqlite3.IntegrityError)):
                raise
        except MALFORMED:
            pass  # if it is an error of the program, it comes back
        else:
            return
    discard(index)
    run(rebuilt=True)


def _report(fact: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    exit_with_parent()
    try:
        sys.exit(main(sys.argv[1:]))
    except BrokenPipeError:
        # The parent has exited. What was committed stays.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
