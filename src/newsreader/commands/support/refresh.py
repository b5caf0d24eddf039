"""Refreshing the index before a command, with progress on a terminal."""

from __future__ import annotations

import sys
from contextlib import suppress

from newsreader.app.index_refresh import DAMAGED, MANY, WAITING, IndexRefresh
from newsreader.library import IndexingError, IndexUnusableError, Library, Progress

CLEAR_LINE = "\r\x1b[K"


def bring_up_to_date(library: Library) -> Progress:
    """Refresh the index of a corpus; return the last progress.

    Raises:
        IndexingError: the index could not be brought up to date.

    """
    refresh = IndexRefresh(library)
    is_shown = is_waiting = False
    try:
        for progress in refresh.progress():
            if progress.waiting and not is_waiting:
                print(f"newsreader: {WAITING}", file=sys.stderr, flush=True)
            is_waiting = progress.waiting
            if sys.stderr is not None and sys.stderr.isatty() and progress.total >= MANY:
                step = "linking stories" if progress.is_linking else "reading files"
                words = f"{step}: {progress.done:,} of {progress.total:,}"
                sys.stderr.write(f"{CLEAR_LINE}{words}")
                sys.stderr.flush()
                is_shown = True
    except IndexingError as error:
        if not _is_readable(library):
            raise
        raise IndexingError(f"{error} --no-refresh answers from the index as it is.") from error
    finally:
        refresh.stop()
        if is_shown:
            with suppress(OSError):
                sys.stderr.write(CLEAR_LINE)
                sys.stderr.flush()
    if refresh.notice:
        print(f"newsreader: {refresh.notice}", file=sys.stderr)
    if refresh.last.rebuilt:
        print(f"newsreader: {DAMAGED}", file=sys.stderr)
    return refresh.last


def _is_readable(library: Library) -> bool:
    try:
        library.reader().close()
    except IndexUnusableError:
        return False
    return True
