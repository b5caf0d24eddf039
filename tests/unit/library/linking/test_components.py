"""Components of graphs, found without reading all of a large one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from newsreader.library.linking.components import Edge, Graph


class Edges:
    """A graph in memory that notes which records were asked for."""

    def __init__(self, *edges: Edge) -> None:
        self._edges = [*edges, *((b, a, grade) for a, b, grade in edges)]
        self.asked: list[int] = []

    def of(self, ids: set[int]) -> Iterator[Edge]:
        """Yield the edges of some records."""
        self.asked += ids
        yield from (edge for edge in self._edges if edge[0] in ids)


def chain(first: int, last: int, grade: int = 6) -> list[Edge]:
    return [(number, number + 1, grade) for number in range(first, last)]


def components(edges: Edges, seeds: set[int], largest: int = 4) -> list[list[int]]:
    return sorted(sorted(component) for component in Graph(edges.of, largest).components(seeds))


def test_each_seed_is_in_one_component() -> None:
    edges = Edges(*chain(1, 3), *chain(5, 6))
    assert components(edges, {1, 3, 6, 9}) == [[1, 2, 3], [5, 6], [9]]
    assert components(edges, set()) == []


def test_every_record_is_read_once() -> None:
    edges = Edges(*chain(1, 4), (4, 1, 6))
    graph = Graph(edges.of, 4)
    assert graph.components({1}) == graph.components({2, 3}) == [{1, 2, 3, 4}]
    assert sorted(edges.asked) == [1, 2, 3, 4]


def test_a_large_component_is_split_at_its_weakest_edges() -> None:
    edges = Edges(*chain(1, 3, 2), (3, 4, 5), *chain(4, 6, 3), (6, 7, 5), (7, 8, 0))
    assert components(edges, set(range(1, 9))) == [[1, 2, 3], [4, 5, 6], [7, 8]]
    assert components(edges, {5}) == [[4, 5, 6]]


@pytest.mark.parametrize("seed", [1, 50, 100])
def test_of_a_component_that_stays_too_large_each_record_is_alone(seed: int) -> None:
    edges = Edges(*chain(1, 100, 0))
    assert components(edges, {seed}) == [[seed]]
    assert len(edges.asked) <= 6


def test_a_seed_that_reaches_a_large_component_is_in_it() -> None:
    edges = Edges(*chain(1, 100))
    assert components(edges, {1, 2, 9, 12}) == [[1], [2], [9], [12]]
