"""Corpora whose related lists form graphs of other shapes than stories.

A record may name any other, also one that is written later. So each record has a random stream of its own,
from which it can be invented whenever a list names it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Final

from benchmarks.newsroom import MINUTES, Member, Newsroom, related_entry

LONGEST_LIST: Final = 10
"""Of a record that names others at random; five on average."""

_SHARED_WORDS: Final = "Acme Builds Faster Phone Chips"
"""What all headlines of a chain, and those around a hub, begin with, so that they are alike."""

_APART: Final = 5
"""Minutes between two records of a chain."""

Names = Callable[[random.Random, int, int], list[int]]
"""The numbers of the records that a list names, from a random stream, its record's number and the count."""


def _at_random(rng: random.Random, serial: int, count: int) -> list[int]:
    drawn = [int(rng.random() * count) for _ in range(int(rng.random() * (LONGEST_LIST + 1)))]
    return [other for other in dict.fromkeys(drawn) if other != serial]


def _hub(_: random.Random, serial: int, __: int) -> list[int]:
    return [0] if serial else []


def _chain(_: random.Random, serial: int, count: int) -> list[int]:
    return [serial + 1] if serial + 1 < count else []


def _none(_: random.Random, __: int, ___: int) -> list[int]:
    return []


_NAMES: Final[dict[str, Names]] = {"random": _at_random, "hub": _hub, "chain": _chain, "none": _none}

GRAPHS: Final = ("stories", *_NAMES)
"""Lists name the reports of the same story, records at random, one record, the next record, or none."""


class GraphNewsroom(Newsroom):
    """Invents records whose related lists form a graph of a given shape."""

    def __init__(self, graph: str, seed: int, bodies: str = "none") -> None:
        super().__init__(seed, bodies)
        self._seed = seed
        self._names = _NAMES[graph]
        self._is_alike = graph in {"hub", "chain"}

    def records(self, count: int) -> Iterator[tuple[str, str]]:
        """Yield the path, from the root of the corpus, and the text of `count` records."""
        for serial in range(count):
            self._rng.seed(f"{self._seed} names {serial}")
            related = [related_entry(self._at(other)) for other in self._names(self._rng, serial, count)]
            member = self._at(serial)
            shown = self._rng.random() < 0.4
            heat = member.quality + 10 * len(related) if shown else -1
            yield member.file_name, self._text(member, related, heat=heat, shown=shown)

    def _at(self, serial: int) -> Member:
        """Return one record as all lists name it."""
        self._rng.seed(f"{self._seed} record {serial}")
        self._serial = serial
        minute = _APART * serial % MINUTES if self._is_alike else self._below(MINUTES)
        return self._member(minute, "")

    def _title(self, word: str) -> str:
        title = super()._title(word)
        return f"{_SHARED_WORDS} {title}" if self._is_alike else title


def newsroom(graph: str, seed: int, bodies: str = "none") -> Newsroom:
    """Return what invents the records of a graph, one of `GRAPHS`."""
    return Newsroom(seed, bodies) if graph == "stories" else GraphNewsroom(graph, seed, bodies)
