"""The part of a record that a list row shows."""

from __future__ import annotations

from typing import NamedTuple

from newsreader.domain.dates import Moment
from newsreader.domain.marks import MarkSet


class Headline(NamedTuple):
    """A record in a list row.

    `signal` is heat, or quality if heat is unknown; None if both are. `coverage` is the number of other known
    reports of the story, `reports` the number of reports in the corpus, including this one.
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
