"""On which lines of a file its keys and the entries of its lists stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

KeyPath = tuple[str | int, ...]
"""The way to a value: keys, and places in lists from 0: `("related", 3, "webUrl")`."""


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
