"""How far a refresh is, and that it failed."""

from __future__ import annotations

from typing import NamedTuple

from newsreader.errors import NewsreaderError


class Progress(NamedTuple):
    """How far a refresh is: files done of those that changed; `changed` once anything was written."""

    done: int
    total: int
    changed: bool = False
    finished: bool = False


class IndexingError(NewsreaderError):
    """The index could not be brought up to date; what is in it can still be read."""
