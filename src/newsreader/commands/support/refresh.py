"""Bringing the index up to date before an answer, with progress where somebody looks on."""

from __future__ import annotations

import sys
from contextlib import suppress

from newsreader.library import IndexingError, Library, Progress
from newsreader.library.index.schema import IndexUnusableError

MANY = 200
"""Files from which on progress is shown; fewer are read before anybody could see it."""

CLEAR_LINE = "\r\x1b[K"


def bring_up_to_date(library: Library) -> Progress:
    """Read what has changed in the corpus, in a process of its own.

    Returns:
        What was done.

    Raises:
        IndexingError: the index could not be brought up to date.

    """
    indexer = library.refresh()
    shown = False
    last = Progress(0, 0)
    try:
        for progress in indexer.progress():
            last = progress
            if sys.stderr is not None and sys.stderr.isatty() and progress.total >= MANY:
                words = f"reading files: {progress.done:,} of {progress.total:,}"
                sys.stderr.write(f"{CLEAR_LINE}{words}")
                sys.stderr.flush()
                shown = True
    except IndexingError as error:
        hint = " --no-refresh answers from the index as it is." if _is_there(library) else ""
        words = str(error).replace(" R starts it again.", "")
        raise IndexingError(f"{words.rstrip('.')}.{hint}") from error
    finally:
        indexer.stop()
        if shown:
            with suppress(OSError):
                sys.stderr.write(CLEAR_LINE)
                sys.stderr.flush()
    return last


def _is_there(library: Library) -> bool:
    try:
        library.reader().close()
    except IndexUnusableError:
        return False
    return True
