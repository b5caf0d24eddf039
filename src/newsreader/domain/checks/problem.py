"""Problems in the files of a corpus, and the lines where they occur."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

KeyPath = tuple[str | int, ...]
"""The path to a value: keys, and list indexes from 0: `("related", 3, "webUrl")`."""


class Defect(NamedTuple):
    """A problem whose file is known from the context.

    `line` counts from 1, 0 if unknown. `rule` is the id of the violated rule, see `rules.py`.
    """

    line: int
    reason: str
    rule: str = "wrong-value"


class Problem(NamedTuple):
    """A problem in a file; `path` is relative to the corpus, `line` counts from 1, 0 if unknown."""

    path: str
    line: int
    reason: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.reason}"


class ListedProblem(NamedTuple):
    """A problem, and the record that was read despite it, if any."""

    problem: Problem
    record_id: int | None


class KeyLines(NamedTuple):
    """Line numbers of keys and list entries in a file; `first` is that of its front matter."""

    first: int = 1
    known: Mapping[KeyPath, int] = {}

    def of(self, *path: str | int) -> int:
        """Return the line of a value, or of the nearest enclosing one whose line is known."""
        for length in range(len(path), 0, -1):
            if line := self.known.get(path[:length]):
                return line
        return self.first
