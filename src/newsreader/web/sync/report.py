"""What became of records that came, in numbers and words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class RecordOutcome(StrEnum):
    """What became of one record."""

    NEW = "new"
    """A file was made."""
    CHANGED = "changed"
    """It came again and says something else; its file was written anew."""
    SAME = "same"
    """It is there already."""
    CONFLICT = "conflict"
    """The file is not as it was written; what came was put beside it."""
    DELETED = "deleted"
    """Somebody took the file away, so it stays away."""
    REFUSED = "refused"
    """It cannot be kept."""

    @property
    def is_known(self) -> bool:
        """Whether it brings nothing that was not here before."""
        return self in (RecordOutcome.SAME, RecordOutcome.DELETED, RecordOutcome.REFUSED)


class WriteResult(NamedTuple):
    """What became of one record, where its file is, and what to say of it, if anything."""

    came: RecordOutcome
    path: str
    words: str = ""


class SyncProgress(NamedTuple):
    """How far a source is: what it brought up to now. `is_done` when nothing more comes from it."""

    source: str
    new: int
    is_done: bool = False

    @property
    def in_words(self) -> str:
        """For a status line."""
        return f"fresh records: {self.source} {self.new:,} new{'' if self.is_done else ' …'}"


class SourceReport(NamedTuple):
    """The result of one source: counts by `RecordOutcome`, remarks, and the error, empty if there was none.

    `brought` tells of the first records that were not known before, by path. `requests` were made,
    `unchanged` of them answered that nothing is new.
    """

    name: str
    counts: Mapping[str, int] = {}
    brought: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()
    failure: str = ""
    requests: int = 0
    unchanged: int = 0

    @property
    def in_words(self) -> str:
        """All of it in a line, without the name."""
        parts = [f"{self.counts[came]:,} {_WORDS[came]}" for came in _WORDS if self.counts.get(came)]
        if not parts and not self.failure:
            parts = ["nothing new"]
        return "; ".join(filter(None, (", ".join(parts), self.failure)))


_WORDS: dict[str, str] = {
    RecordOutcome.NEW: "new",
    RecordOutcome.CHANGED: "changed",
    RecordOutcome.CONFLICT: "put beside files that were changed by hand",
    RecordOutcome.DELETED: "deleted before and left out",
    RecordOutcome.REFUSED: "not understood",
}


class SyncReport(NamedTuple):
    """What all sources of a corpus brought."""

    sources: tuple[SourceReport, ...]

    def count(self, came: RecordOutcome) -> int:
        """How many records fared like this."""
        return sum(source.counts.get(came, 0) for source in self.sources)

    @property
    def failed(self) -> list[SourceReport]:
        """The sources that failed."""
        return [source for source in self.sources if source.failure]

    def as_json(self) -> dict[str, Any]:
        """The report as JSON has it."""
        return {"sources": [source._asdict() for source in self.sources]}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> SyncReport:
        """The report again."""
        return cls(
            tuple(
                SourceReport(
                    **{**one, "words": tuple(one["words"]), "brought": tuple(map(tuple, one["brought"]))}
                )
                for one in values["sources"]
            )
        )


def in_short(reports: Iterable[SyncReport]) -> str:
    """All of it in one sentence for a status line."""
    whole = SyncReport(tuple(source for report in reports for source in report.sources))
    new, changed = whole.count(RecordOutcome.NEW), whole.count(RecordOutcome.CHANGED)
    beside, failed = whole.count(RecordOutcome.CONFLICT), whole.failed
    parts = [f"{new:,} new {'record' if new == 1 else 'records'}" if new else "No new records"]
    parts += [f"{changed:,} changed"] * bool(changed)
    parts += [f"{beside:,} put beside files that you changed"] * bool(beside)
    if failed:
        parts.append(f"{len(failed):,} {'source' if len(failed) == 1 else 'sources'} failed")
        return f"{', '.join(parts)}: {failed[0].name}: {failed[0].failure}"
    return f"{', '.join(parts)}."
