"""What there is in a corpus, or a part of it, in numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from newsreader.domain.dates import Moment


class Counts(NamedTuple):
    """Numbers of records in all, and by topic, type and provider within one scope.

    `topics` has only folded names with a count above 0. `problems` counts single problems. `providers` has
    all of the corpus, those with most records first. `new` counts what came to the front page since the last
    visit, None where there was none.
    """

    front: int = 0
    everything: int = 0
    topics: Mapping[str, int] = {}
    types: Mapping[str, int] = {}
    problems: int = 0
    providers: Mapping[str, int] = {}
    new: int | None = None


class Tally(NamedTuple):
    """Numbers of records by topic, of which the names are folded, and by provider, most first."""

    topics: Mapping[str, int] = {}
    providers: Mapping[str, int] = {}


class Statistics(NamedTuple):
    """The numbers of a view.

    `stories` are those of two reports or more that have one in it. `related` are the entries in the lists of
    related coverage, of which `resolved` name a record of the corpus. `problems` are those of its files, and
    of all others where nothing was asked for.
    """

    records: int
    stories: int
    topics: int
    providers: int
    first: Moment | None
    last: Moment | None
    undated: int
    amp: int
    related: int
    resolved: int
    problems: int

    @property
    def amp_share(self) -> float | None:
        """The part of the records that have an AMP page, from 0 to 1; None without records."""
        return self.amp / self.records if self.records else None

    @property
    def resolution_rate(self) -> float | None:
        """The part of the related coverage that is in the corpus, from 0 to 1; None where there is none."""
        return self.resolved / self.related if self.related else None
