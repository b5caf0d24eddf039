"""Sync results and their summary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class RecordOutcome(StrEnum):
    """The outcome for one record."""

    NEW = "new"
    """Its file was created."""
    CHANGED = "changed"
    """It has changed; its file was rewritten."""
    SAME = "same"
    """Its file is up to date."""
    CONFLICT = "conflict"
    """The file was edited; the record was written next to it."""
    DELETED = "deleted"
    """The user deleted the file; it is not restored."""
    REFUSED = "refused"
    """It is invalid or cannot be written."""

    @property
    def is_known(self) -> bool:
        """Whether the record brings nothing new."""
        return self in (RecordOutcome.SAME, RecordOutcome.DELETED, RecordOutcome.REFUSED)


class WriteResult(NamedTuple):
    """The outcome for one record, the path of its file, and a message, if any."""

    outcome: RecordOutcome
    path: str
    message: str = ""


class SyncProgress(NamedTuple):
    """Progress of a source: the number of new records so far, and whether it is done."""

    source: str
    new: int
    is_done: bool = False

    @property
    def in_words(self) -> str:
        """Text for a status line."""
        return f"fresh records: {self.source} {self.new:,} new{'' if self.is_done else ' …'}"


class SourceReport(NamedTuple):
    """The result of one source.

    `counts` is by `RecordOutcome`; `brought` lists outcome and path of the first new or changed records,
    `words` the messages; `failure` is empty on success. `requests` counts all requests, `unchanged` those
    answered with "not modified", `received` the bytes of bodies.
    """

    name: str
    counts: Mapping[str, int] = {}
    brought: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    failure: str = ""
    requests: int = 0
    unchanged: int = 0
    received: int = 0

    @property
    def in_words(self) -> str:
        """One-line summary without the name."""
        parts = [f"{self.counts[key]:,} {text}" for key, text in _SUMMARY.items() if self.counts.get(key)]
        if not parts and not self.failure:
            parts = ["nothing new"]
        return "; ".join(filter(None, (", ".join(parts), self.failure)))


_SUMMARY: dict[str, str] = {
    RecordOutcome.NEW: "new",
    RecordOutcome.CHANGED: "changed",
    RecordOutcome.CONFLICT: "put beside files that were changed by hand",
    RecordOutcome.DELETED: "deleted before and left out",
    RecordOutcome.REFUSED: "not understood",
}


class SyncReport(NamedTuple):
    """The results of all sources of a corpus."""

    sources: tuple[SourceReport, ...]

    def count(self, outcome: RecordOutcome) -> int:
        """Return the number of records with an outcome."""
        return sum(source.counts.get(outcome, 0) for source in self.sources)

    @property
    def failed(self) -> list[SourceReport]:
        """The sources that failed."""
        return [source for source in self.sources if source.failure]

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        return {"sources": [source._asdict() for source in self.sources]}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> SyncReport:
        """Return the report of `as_json`."""
        return cls(
            tuple(
                SourceReport(
                    **{**one, "words": tuple(one["words"]), "brought": tuple(map(tuple, one["brought"]))}
                )
                for one in values["sources"]
            )
        )


def in_short(reports: Iterable[SyncReport]) -> str:
    """Summarize reports in one sentence for a status line."""
    whole = SyncReport(tuple(source for report in reports for source in report.sources))
    new, changed = whole.count(RecordOutcome.NEW), whole.count(RecordOutcome.CHANGED)
    conflicts, failed = whole.count(RecordOutcome.CONFLICT), whole.failed
    parts = [f"{new:,} new {'record' if new == 1 else 'records'}" if new else "No new records"]
    parts += [f"{changed:,} changed"] * bool(changed)
    parts += [f"{conflicts:,} put beside files that you changed"] * bool(conflicts)
    if failed:
        parts.append(f"{len(failed):,} {'source' if len(failed) == 1 else 'sources'} failed")
        return f"{', '.join(parts)}: {failed[0].name}: {failed[0].failure}"
    return f"{', '.join(parts)}."
