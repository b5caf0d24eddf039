"""The watching process: says a word on standard output whenever the corpus may have changed.

Looking at a hundred thousand files takes a third of a second, far too much to be done every second. So two
kinds of looks are taken: a quick one at the folders, whose times change when a file comes, goes or is
replaced, as `git pull` and most editors do; and a thorough one at every file, which also sees a file that
was written in place. Either is taken as often as it costs little: every second in a small corpus. Where
watchfiles is installed, the system's own notices start a thorough look within three seconds, whatever the
size, and other thorough looks are rare, since opening folders is reported, too.

It runs apart from the reader, so that no key waits for it. Started as
`python -m newsreader.corpus.watch_process ROOT`; ends when its standard input does.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from newsreader.corpus.scan import FolderEntry, glance

PAUSE = 1.0
"""Minimum seconds between two looks."""

MAX_PAUSE = 5.0
"""Seconds between two looks at a corpus that has not changed for some minutes."""

BACK_OFF = 60.0
"""Seconds without a change for each second of a pause."""

NOTIFIED_PAUSE = 60.0
"""Minimum seconds between two looks at all files where the system reports changes by itself."""

STEP = 1500
"""Milliseconds for which watchfiles sleeps before it sees whether anything was reported."""

SHARE = 0.02
"""Most of one processor's time that looking may take."""

_CLOSE = 2 * 10**9
"""Nanoseconds before the start within which a change may have escaped whoever read the corpus meanwhile."""


class _Look:
    """One way to look, taken as often as it may be."""

    def __init__(self, look: Callable[[], object], clock: Callable[[], float], pause: float) -> None:
        self._look = look
        self._clock = clock
        self._pause = pause
        self._seen: object = None
        self._due = 0.0

    def differs(self, *, now: bool = False) -> bool:
        """Look if it is time, or `now`; whether what is there is not what was there last time."""
        started = self._clock()
        if started < self._due and not now:
            return False
        seen, before = self._look(), self._seen
        cost = self._clock() - started
        self._seen, self._due = seen, started + max(self._pause, cost / SHARE)
        return before is not None and seen != before


class Watch:
    """What was seen of a corpus so far; no more than a few numbers of it are kept.

    Args:
        root: Of the corpus.
        clock: Tells seconds that only ever grow.
        pause: Minimum seconds between two looks at all files.

    """

    def __init__(self, root: Path, clock: Callable[[], float] = time.monotonic, pause: float = PAUSE) -> None:
        self._root = root
        self._seen = FolderEntry(0, 0, (), {})
        self._files = _Look(self._look_at_files, clock, pause)
        self._folders = _Look(self._look_at_folders, clock, PAUSE)
        self._files.differs()
        self._folders.differs()

    @property
    def newest(self) -> int:
        """When the file that was changed last was changed, in nanoseconds since 1970."""
        return self._seen.newest

    def has_changed(self, *, noticed: bool = False) -> bool:
        """Whether files came, went or changed since this was asked before; `noticed` if it is likely."""
        moved = self._folders.differs()
        return self._files.differs(now=moved or noticed)

    def _look_at_files(self) -> object:
        self._seen = glance(self._root)
        return self._seen.sum, self._seen.unreadable

    def _look_at_folders(self) -> object:
        return [_changed_at(folder) for folder in self._seen.folders]


def changes(root: Path) -> Iterator[None]:
    """Yield whenever the corpus may have changed, once a second at most; never ends.

    Raises:
        OSError: the corpus cannot be read any more.

    """
    started = time.time_ns()
    notify = _notifier()
    watch = Watch(root, pause=NOTIFIED_PAUSE if notify else PAUSE)
    if watch.newest > started - _CLOSE:
        yield
    quiet = Quiet()
    for noticed in notify(root) if notify else _pauses(quiet):
        if watch.has_changed(noticed=noticed):
            quiet.end()
            yield


class Quiet:
    """How long a corpus has not changed, and how long to wait until the next look.

    Args:
        clock: Tells seconds that only ever grow.

    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since = clock()

    @property
    def pause(self) -> float:
        """Seconds: between `PAUSE` and `MAX_PAUSE`."""
        return min(max(PAUSE, (self._clock() - self._since) / BACK_OFF), MAX_PAUSE)

    def end(self) -> None:
        """Begin anew after a change."""
        self._since = self._clock()


def _notifier() -> Callable[[Path], Iterator[bool]] | None:
    """Return what yields whether the system has reported a change, now and then; None without watchfiles."""
    try:
        from watchfiles import watch
    except ImportError:
        return None

    def notify(root: Path) -> Iterator[bool]:
        for reported in watch(root, debounce=2 * STEP, step=STEP, rust_timeout=STEP, yield_on_timeout=True):
            yield bool(reported)

    return notify


def _pauses(quiet: Quiet) -> Iterator[bool]:
    """Yield after every pause: no change was reported."""
    while True:
        time.sleep(quiet.pause)
        yield False


def _changed_at(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 - as the scan names it
    except OSError:
        return 0


def _end_with_the_reader() -> None:
    # Not through `sys.stdin`: whoever holds its lock when the interpreter ends brings it down.
    os.read(0, 1)  # which nobody ever writes
    os._exit(0)


def main(arguments: list[str]) -> int:
    """Watch until the reader is gone; 1 when the corpus is."""
    threading.Thread(target=_end_with_the_reader, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(10)
    try:
        for _ in changes(Path(arguments[0])):
            print("changed", flush=True)  # noqa: T201
    except OSError:
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
