"""Number paths in their order, with gaps for paths that are added later.

Ties in an order are broken by path. Sorting by the path itself would put the paths into every index of the
database, so each file has a number: with a wide gap to the next at first, between its neighbours for a file
that is added later, and renumbered when a gap is used up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

GAP = 2**20
"""Distance between neighbours after numbering all paths."""


def number(paths: Iterable[bytes]) -> dict[bytes, int]:
    """Number all paths, with wide gaps."""
    return {path: (rank + 1) * GAP for rank, path in enumerate(sorted(paths))}


def insert(known: Mapping[bytes, int], added: Iterable[bytes]) -> dict[bytes, int] | None:
    """Number added paths between their neighbours; None if a gap is used up, so that all need new numbers."""
    ordered = sorted([*known, *added])
    ranks: dict[bytes, int] = {}
    previous, run = 0, list[bytes]()
    for path in ordered:
        if path not in known:
            run.append(path)
            continue
        if not _spread(run, previous, known[path], ranks):
            return None
        previous, run = known[path], []
    _spread(run, previous, previous + GAP * (len(run) + 1), ranks)
    return ranks


def _spread(run: list[bytes], low: int, high: int, ranks: dict[bytes, int]) -> bool:
    """Number a run evenly between two numbers; False if there is no room."""
    if high - low <= len(run):
        return False
    step = (high - low) // (len(run) + 1)
    ranks.update((path, low + step * (index + 1)) for index, path in enumerate(run))
    return True
