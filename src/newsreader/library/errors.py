"""Errors of the library that front ends handle."""

from __future__ import annotations

import sqlite3

from newsreader.domain.errors import NewsreaderError
from newsreader.library.index.schema import is_damage


class IndexFailedError(NewsreaderError):
    """The index did not answer. `damaged` when it has to be thrown away and built again."""

    def __init__(self, error: sqlite3.Error) -> None:
        super().__init__(f"The index did not answer: {error}.")
        self.damaged = is_damage(error)


class Interrupted(Exception):  # noqa: N818 - not an error: a newer question came
    """The answer is no longer wanted."""
