"""Errors of the library for front ends to handle."""

from __future__ import annotations

import sqlite3

from newsreader.domain.errors import NewsreaderError
from newsreader.library.sqlite.connection import is_damage


class IndexFailedError(NewsreaderError):
    """A query of the index failed; `damaged` if the index has to be deleted and rebuilt."""

    def __init__(self, error: Exception) -> None:
        super().__init__(f"The index did not answer: {error}.")
        # What cannot be encoded is a parameter, not a value of the index.
        is_value = not isinstance(error, sqlite3.Error | UnicodeEncodeError)
        self.damaged = is_value or (isinstance(error, sqlite3.Error) and is_damage(error))


class Interrupted(Exception):  # noqa: N818 - not an error: a newer query replaces it
    """The query was interrupted, as its result is no longer needed."""
