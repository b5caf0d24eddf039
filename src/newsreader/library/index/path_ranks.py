"""Number paths in their order, with gaps for paths that are added later.

Ties in an order are broken by path. Sorting by the path itself would put the paths into every index of the
database, so each file has a number: with a wide gap to the next at first, between its neighbours for a file
that is added later, and renumbered when a gap is used up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

GAP = 2**20
"""Distance between neighbours after numbering all paths."""


class Neighbours(NamedTuple):
    """The numbered paths around a path."""

    low: int
    """The number of the last path before it; 0 if there is none."""
    next_path: bytes | None
    """The first path after it; None if there is none."""
    high: int
    """The number of `next_path`."""


def number(paths: Iterable[bytes]) -> dict[bytes, int]:
    """Number all paths, with wide gaps."""
    return {path: (rank + 1) * GAP for rank, path in enumerate(sorted(paths))}


def insert(added: Iterable[bytes], neighbours: Callable[[bytes], Neighbours]) -> dict[bytes, int] | None:
    """Number added paths between their neighbours; None if a gap is used up, so that all need new numbers.

    Args:
        added: Not numbered yet.
        neighbours: Finds the numbered paths around one that is not.

    """
    ranks: dict[bytes, int] = {}
    run: list[bytes] = []
    around = Neighbours(0, b"", 0)
    for path in sorted(added):
        if run and (around.next_path is None or path < around.next_path):
            run.append(path)
            continue
        if not _spread(run, around, ranks):
            return None
        around, run = neighbours(path), [path]
    return ranks if _spread(run, around, ranks) else None


def _spread(run: list[bytes], around: Neighbours, ranks: dict[bytes, int]) -> bool:
    """Number a run evenly between its neighbours; False if there is no room."""
    low = around.low
    high = around.high if around.next_path is not None else low + GAP * (len(run) + 1)
    if run and high - low <= len(run):
        return False
    step = (high - low) // (len(run) + 1)
    ranks.update((path, low + step * (index + 1)) for index, path in enumerate(run))
    return True
