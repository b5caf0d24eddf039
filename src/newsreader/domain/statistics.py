"""Counts of the records in a corpus or view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from newsreader.domain.dates import Moment


class Counts(NamedTuple):
    """Numbers of records in total, and by topic, type and provider within a scope.

    `topics` has case-folded names with a count above 0. `providers` covers the whole corpus, by descending
    count. `new` is the number of records new on the front page since the last visit, None without one.
    `languages` are those of the records within the scope, none where there are fewer than two; `language` is
    the one whose records are counted, empty for all.
    """

    front: int = 0
    everything: int = 0
    topics: Mapping[str, int] = {}
    types: Mapping[str, int] = {}
    problems: int = 0
    providers: Mapping[str, int] = {}
    new: int | None = None
    languages: Mapping[str, int] = {}
    language: str = ""


class ReadCounts(NamedTuple):
    """Numbers of read records within a scope: in total, and by case-folded topic with a number above 0."""

    total: int = 0
    topics: Mapping[str, int] = {}


class Tally(NamedTuple):
    """Numbers of records by case-folded topic and by provider, in descending order."""

    topics: Mapping[str, int] = {}
    providers: Mapping[str, int] = {}


class Statistics(NamedTuple):
    """The statistics of a view.

    `stories` counts stories with at least two reports, one of them in the view. `related` counts the entries
    of related coverage, `resolved` those whose record is in the corpus. `problems` counts the problems of the
    view's files; without a filter, of all files.
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
        """The share of records with an AMP page, from 0 to 1; None without records."""
        return self.amp / self.records if self.records else None

    @property
    def resolution_rate(self) -> float | None:
        """The share of related coverage that is in the corpus, from 0 to 1; None if there is none."""
        return self.resolved / self.related if self.related else None
