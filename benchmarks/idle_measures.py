"""How often the processes of a reader at rest wake up."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks import rows
from benchmarks.memory import command_of, descendants
from benchmarks.results import Result
from benchmarks.workplace import Reader, Workplace

_CALM: Final = 3.0
_SECONDS: Final = 10.0


def idle(place: Workplace) -> Iterator[Result]:
    """Count the wakeups of the reader and of its watcher while nobody types and nothing changes."""
    place.bring_up_to_date()
    with Reader(place.corpus, place.main) as reader:
        reader.wait_for_list()
        reader.be_idle()
        reader.settle(_CALM)
        watchers = [pid for pid in descendants(reader.pid) if b"watching" in command_of(pid)]
        before = [_wakeups(pid) for pid in (reader.pid, *watchers)]
        time.sleep(_SECONDS)
        after = [_wakeups(pid) for pid in (reader.pid, *watchers)]
    ours, *others = [(late - early) / _SECONDS for early, late in zip(before, after, strict=True)]
    if not after[0]:
        return  # the system does not tell
    yield Result(rows.WAKEUPS, [ours])
    if others:
        yield Result(rows.WAKEUPS_WATCHER, others)


def _wakeups(pid: int) -> int:
    """How often the threads of a process have gone to sleep so far; 0 where the system does not tell."""
    count = 0
    with contextlib.suppress(OSError):
        for status in Path(f"/proc/{pid}/task").glob("*/status"):
            for line in status.read_text().splitlines():
                if line.startswith("voluntary_ctxt_switches:"):
                    count += int(line.split()[1])
    return count
