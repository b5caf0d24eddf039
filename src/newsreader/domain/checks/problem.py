"""What is wrong with a file of the corpus, in words a person can act on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

KeyPath = tuple[str | int, ...]
"""The way to a value: keys, and places in lists from 0: `("related", 3, "webUrl")`."""


class Defect(NamedTuple):
    """Something wrong in one file; `line` counts from 1 and is 0 when no line is to blame.

    `rule` is the id of what is broken, see `rules.py`.
    """

    line: int
    reason: str
    rule: str = "wrong-value"


class Problem(NamedTuple):
    """A defect in one file.

    `path` is relative to the corpus; `line` counts from 1 and is 0 when no line is to blame.
    """

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.reason}"


class ListedProblem(NamedTuple):
    """A problem, and the record that could be read in spite of it, if any."""

    problem: Problem
    record_id: int | None


class KeyLines(NamedTuple):
    """The lines of a file, counted from 1. `first` is where its front matter begins."""

    first: int = 1
    known: Mapping[KeyPath, int] = {}

    def of(self, *path: str | int) -> int:
        """The line of a value, or of the nearest one around it whose line is known."""
        for length in range(len(path), 0, -1):
            if line := self.known.get(path[:length]):
                return line
        return self.first
