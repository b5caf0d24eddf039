"""The indexing process: one refresh, reported as lines of JSON on standard output.

A process of its own, so that neither the load of parsing nor a crash of the parser affects the reader. It is
started as `python -m newsreader.library.indexing.process ROOT INDEX HALF_LIFE [OPTIONS]`;
`CorpusOptions.to_json` writes the options.
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
from newsreader.library.index.schema import discard, is_damage
from newsreader.library.indexing.prefetch import ahead
from newsreader.library.indexing.progress import Progress
from newsreader.library.indexing.refresh import Parse, refresh
from newsreader.parent_process import exit_with_parent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsreader.library.index.record_rows import FileRow
    from newsreader.library.indexing.worker_pool import ParserPool, Read

BATCHES_AHEAD = 30
"""Batches that may wait to be written: about as many as a transaction takes, some 10 MB."""


def main(arguments: list[str]) -> int:
    """Refresh the index; 0 when done, 1 when it could not be."""
    root, index, half_life = Path(arguments[0]), Path(arguments[1]), int(arguments[2])
    options = arguments[3] if len(arguments) > 3 else ""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl+c at the terminal is the reader's business
    if hasattr(os, "nice"):
        os.nice(5)  # the interface comes first
    gc.disable()  # the process ends before rubbish could matter, and it holds a hundred thousand small values
    try:
        with ExitStack() as at_end:
            parse = _parsers(root, at_end, options)
            while True:
                try:
                    with index_lock(index):
                        _refresh(parse, root, index, half_life, options)
                    return 0
                except IndexBusyError:
                    # Another process is at it; tell that its work can be seen, and look when it is done.
                    _tell(Progress(0, 0, changed=True)._asdict())
                    time.sleep(1)
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, BrokenPipeError):
            raise
        _tell({"error": str(error)})
        return 1


def _parsers(root: Path, at_end: ExitStack, options: str) -> Parse:
    """What reads files, in processes that are started for the first of them and ended with the stack."""

    @cache
    def pool() -> ParserPool:
        from newsreader.library.indexing.worker_pool import ParserPool  # most runs have nothing to parse

        parsers = ParserPool(root, read=_reader(options))
        at_end.callback(parsers.close)
        return parsers

    def parse(_: Path, paths: list[bytes]) -> Iterator[list[FileRow]]:
        # The parsers go on while a transaction is brought to its end, which takes longer than a batch.
        return ahead(pool().parse(paths), BATCHES_AHEAD) if paths else iter(())

    return parse


def _reader(options: str) -> Read[FileRow]:
    from newsreader.library.indexing.worker_pool import read_row

    if not options:
        return read_row
    from newsreader.domain.corpus_options import CorpusOptions

    return partial(read_row, options=CorpusOptions.from_json(options))


def _refresh(parse: Parse, root: Path, index: Path, half_life: int, options: str) -> None:
    """Refresh the index; one that turns out to be damaged is built again from nothing."""
    try:
        _run(parse, root, index, half_life, options)
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        discard(index)
        _run(parse, root, index, half_life, options)


def _run(parse: Parse, root: Path, index: Path, half_life: int, options: str) -> None:
    for progress in refresh(root, index, half_life=half_life, parse=parse, options=options):
        _tell(progress._asdict())


def _tell(fact: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(fact) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    exit_with_parent()
    try:
        sys.exit(main(sys.argv[1:]))
    except BrokenPipeError:
        # Nobody listens any more: the reader has quit. What was written so far stays.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
