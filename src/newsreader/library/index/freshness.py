"""Check quickly whether an index is up to date, without a scan of every file.

Each scan stores the modification times of the folders. A folder's time changes when a file is added, deleted
or replaced, as `git pull` and most editors do; so the index counts as fresh while all folders have the same
times. A file that is written in place does not change its folder: it is noticed if a scan is `CHEAP`, and
otherwise when the last scan is `TRUSTED` ago.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from time import time_ns
from typing import NamedTuple

SUM = "sum of the corpus"
"""The fact with the checksum of all file stamps at the last refresh."""

SCAN = "last look at every file"
"""The fact with the last scan: its time, and the times of the folders."""

TRUSTED = 300 * 10**9
"""Nanoseconds for which the times of the folders are sufficient."""

CHEAP = 20 * 10**6
"""Nanoseconds that a scan may take to be repeated each time."""

_CLOSE = 2 * 10**9
"""Nanoseconds before a scan in which the resolution of the clock may hide a change."""


class FolderScan(NamedTuple):
    """A scan of every file: when it began and how long it took, in nanoseconds, and its folders."""

    began: int
    took: int
    folders: Mapping[str, int]
    """When each was modified, in nanoseconds since 1970; 0 if its time cannot be trusted."""

    @classmethod
    def ended(cls, began: int, folders: Iterable[str]) -> FolderScan:
        """Return a scan that has just ended."""
        took = time_ns() - began
        times = {folder: _changed_at(folder) for folder in folders}
        # A later change of a folder that was modified during the scan might not change its time.
        return cls(began, took, {path: at if at < began - _CLOSE else 0 for path, at in times.items()})

    def to_bytes(self) -> bytes:
        """Serialize the scan for the index."""
        parts = [str(number).encode() for number in (self.began, self.took)]
        for path, at in self.folders.items():
            parts += [str(at).encode(), os.fsencode(path)]
        return b"\0".join(parts)

    @classmethod
    def from_bytes(cls, data: bytes) -> FolderScan:
        """Parse what `to_bytes` returned."""
        began, took, *parts = data.split(b"\0")
        times = zip(parts[1::2], parts[::2], strict=True)
        return cls(int(began), int(took), {os.fsdecode(path): int(at) for path, at in times})


def is_fresh(
    facts: Mapping[str, object], root: Path, half_life: int, now: Callable[[], int] = time_ns
) -> bool:
    """Whether an index is up to date, as far as a quick check can tell.

    Args:
        facts: Of the index, by name.
        root: Of the corpus.
        half_life: In seconds, which the scores of the index must have.
        now: Returns nanoseconds since 1970.

    """
    data, known = facts.get(SCAN), facts.get(SUM)
    if not (known and isinstance(data, bytes)) or facts.get("half_life") != half_life:
        return False
    last = FolderScan.from_bytes(data)
    age = now() - last.began
    if last.took <= CHEAP:
        return _is_unchanged(root, str(known))
    return 0 <= age < TRUSTED and all(at and _changed_at(path) == at for path, at in last.folders.items())


def _is_unchanged(root: Path, known: str) -> bool:
    from newsreader.corpus.scan import glance  # not needed if the folders are sufficient

    try:
        seen = glance(root)
    except OSError:
        return False
    return str(seen.sum) == known and not seen.unreadable


def _changed_at(folder: str) -> int:
    try:
        return os.stat(folder).st_mtime_ns  # noqa: PTH116 - as the scan names it
    except OSError:
        return 0
