"""What one row of the list needs to know about a record, and nothing more."""

from __future__ import annotations

from typing import NamedTuple

from newsreader.domain.dates import Moment
from newsreader.domain.marks import MarkSet


class Headline(NamedTuple):
    """A record as a list row shows it.

    `signal` is what the heat column shows: heat, or quality where heat is unknown; `None` when
    the record carries neither. `coverage` counts the other reports of the same story that are known,
    `reports` all those in the corpus, this one included.
    """

    record_id: int
    title: str
    provider: str
    moment: Moment | None
    signal: int | None
    coverage: int
    has_amp: bool
    type: str
    reports: int = 1
    marks: MarkSet = MarkSet.NONE
