"""Whether an index is as new as its corpus, told in a fraction of the time that a look at every file takes.

Every look at all files is noted with the times of the folders. A folder's time changes when a file comes,
goes or is replaced, as `git pull` and most editors do; so while all folders have the times they had, the
index is taken for fresh. A file that is written in place leaves no trace in its folder: it is noticed where
looking at every file takes next to no time, and elsewhere when the last such look is `TRUSTED` ago.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from time import time_ns
from typing import NamedTuple

SUM = "sum of the corpus"
"""The fact that tells how the corpus was when the index was last brought up to date."""

LOOK = "last look at every file"
"""The fact that tells when that was, and the times of the folders."""

TRUSTED = 300 * 10**9
"""Nanoseconds for which the times of the folders are enough."""

CHEAP = 20 * 10**6
"""Nanoseconds that a look at every file may take to be taken each time."""

_CLOSE = 2 * 10**9
"""Nanoseconds before a look within which a change may hide behind the grain of a clock."""


class FolderScan(NamedTuple):
    """A look at every file: when it began and how long it took, in nanoseconds, and which folders it saw."""

    began: int
    took: int
    folders: Mapping[str, int]
    """When each was changed, in nanoseconds since 1970; 0 for one whose time tells nothing."""

    @classmethod
    def ended(cls, began: int, folders: Iterable[str]) -> FolderScan:
        """A look that has just been taken."""
        took = time_ns() - began
        times = {folder: _changed_at(folder) for folder in folders}
        # What changed while it was looked at would not be seen to change.
        return cls(began, took, {path: at if at < began - _CLOSE else 0 for path, at in times.items()})

    def pack(self) -> bytes:
        """The form in which an index keeps it."""
        parts = [str(number).encode() for number in (self.began, self.took)]
        for path, at in self.folders.items():
            parts += [str(at).encode(), os.fsencode(path)]
        return b"\0".join(parts)

    @classmethod
    def unpack(cls, packed: bytes) -> FolderScan:
        """What `pack` made."""
        began, took, *parts = packed.split(b"\0")
        times = zip(parts[1::2], parts[::2], strict=True)
        return cls(int(began), int(took), {os.fsdecode(path): int(at) for path, at in times})


def is_fresh(
    facts: Mapping[str, object], root: Path, half_life: int, now: Callable[[], int] = time_ns
) -> bool:
    """Whether an index says what the corpus says, as far as can be told quickly.

    Args:
        facts: Of the index, by name.
        root: Of the corpus.
        half_life: For which the scores have to be worked out, in seconds.
        now: Tells nanoseconds since 1970.

    """
    packed, known = facts.get(LOOK), facts.get(SUM)
    if not (known and isinstance(packed, bytes)) or facts.get("half_life") != half_life:
        return False
    look = FolderScan.unpack(packed)
    age = now() - look.began
    if look.took <= CHEAP:
        return _is_unchanged(root, str(known))
    return 0 <= age < TRUSTED and all(at and _changed_at(path) == at for path, at in look.folders.items())


def _is_unchanged(root: Path, known: str) -> bool:
    from newsreader.corpus.scan import glance  # not needed where the folders tell enough

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
