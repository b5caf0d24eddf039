"""Connected components of a graph of records, found in bounded work."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from newsreader.domain.stories import WEAKEST

Edge = tuple[int, int, int]
"""Two records and the grade of their tie, 0 being the strongest."""

Load = Callable[[set[int]], Iterable[Edge]]
"""Returns the edges of some records; each is the first of its edges."""


class Graph:
    """Find small components around some records.

    A component that has more than `largest` records is split: its weakest grade of ties is ignored, and so on
    until each part is small enough. Which part a record belongs to depends on nothing but the graph. Of a
    component that is too large only as many records are read as tell that it is.

    Args:
        load: Reads the edges of records.
        largest: Most records of a component.
        grades: The highest grade of an edge.

    """

    def __init__(self, load: Load, largest: int, grades: int = WEAKEST) -> None:
        self._load = load
        self._grades = grades
        self._largest = largest
        self._edges: dict[int, list[tuple[int, int]]] = {}

    def components(self, seeds: Iterable[int]) -> list[set[int]]:
        """Return the components of some records, each once. A record without an edge is one of its own."""
        found: list[set[int]] = []
        pending = set(seeds)
        for grade in range(self._grades, -1, -1):
            small = self._small_components(pending, grade)
            found += small
            pending = pending.difference(*small)
            if not pending:
                break
        return found + [{id_} for id_ in pending]

    def _small_components(self, seeds: set[int], grade: int) -> list[set[int]]:
        """Return those components by ties up to a grade that are small enough."""
        groups = {id_: {id_} for id_ in seeds}
        frontier = seeds
        while frontier:
            self._read(frontier)
            reached: set[int] = set()
            for id_ in frontier:
                for other, edge_grade in self._edges[id_]:
                    if edge_grade > grade:
                        continue
                    if other not in groups:
                        groups[other] = {other}
                        reached.add(other)
                    _merge(groups, id_, other)
            frontier = {id_ for id_ in reached if len(groups[id_]) <= self._largest}
        return [
            group
            for group in {id(group): group for group in groups.values()}.values()
            if len(group) <= self._largest
        ]

    def _read(self, ids: set[int]) -> None:
        unread = ids.difference(self._edges)
        self._edges.update((id_, []) for id_ in unread)
        for id_, other, grade in self._load(unread) if unread else ():
            self._edges[id_].append((other, grade))


def _merge(groups: dict[int, set[int]], a: int, b: int) -> None:
    small, large = sorted((groups[a], groups[b]), key=len)
    if small is large:
        return
    large |= small
    for id_ in small:
        groups[id_] = large
