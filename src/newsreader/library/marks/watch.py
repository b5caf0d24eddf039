"""Noticing marks that another instance has set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsreader.library.marks.store import Marks

EVERY = 1.0
"""Seconds between two looks; a look costs some microseconds."""


def marks_changes(opened: Callable[[], Marks | None], stopped: Event, every: float = EVERY) -> Iterator[None]:
    """Yield whenever another instance has changed the marks, until `stopped` is set.

    Args:
        opened: Returns the marks that this instance writes, None while they are not open.
        stopped: Ends the iteration.
        every: Seconds between two looks.

    """
    while not stopped.wait(every):
        marks = opened()
        if marks is not None and marks.changed_elsewhere():
            yield
