"""A number for each path, in the order of the paths, that survives additions in between.

Ties in an order fall to the path. Sorting by stored text would make every index of the database
carry the paths, so each file has a number instead: far apart at first, halfway between its
neighbours for a file that comes later, and dealt anew for all when a gap is used up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

GAP = 2**20
"""Distance between neighbours when numbers are dealt anew."""


def deal(paths: Iterable[bytes]) -> dict[bytes, int]:
    """Numbers for all paths, far apart."""
    return {path: (rank + 1) * GAP for rank, path in enumerate(sorted(paths))}


def insert(known: Mapping[bytes, int], added: Iterable[bytes]) -> dict[bytes, int] | None:
    """Numbers for added paths between those of their neighbours.

    Returns:
        None when some gap is used up: then `deal` anew.

    """
    ordered = sorted([*known, *added])
    places: dict[bytes, int] = {}
    previous, run = 0, list[bytes]()
    for path in ordered:
        if path not in known:
            run.append(path)
            continue
        if not _spread(run, previous, known[path], places):
            return None
        previous, run = known[path], []
    _spread(run, previous, previous + GAP * (len(run) + 1), places)
    return places


def _spread(run: list[bytes], low: int, high: int, places: dict[bytes, int]) -> bool:
    """Number a run evenly between two numbers; False when there is no room."""
    if high - low <= len(run):
        return False
    step = (high - low) // (len(run) + 1)
    places.update((path, low + step * (index + 1)) for index, path in enumerate(run))
    return True
