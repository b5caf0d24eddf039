"""What to sync, as plain values, which the sync process receives as a line of JSON."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class SourceKind(StrEnum):
    """What the address of a source has."""

    LISTING = "listing"
    """The paged JSON listing of a site."""
    FEED = "feed"
    """RSS, Atom or JSON Feed."""
    OPML = "opml"
    """A list of feeds; a file or a URL."""


class SyncSource(NamedTuple):
    """A source and the values that all its records get: see `settings.sources.DeclaredSource`."""

    name: str
    kind: SourceKind
    address: str
    topics: tuple[str, ...] = ()
    quality: int | None = None
    folder: str = "_news"
    published: bool = True


class Plan(NamedTuple):
    """What to sync into one corpus.

    `root` is its folder, `state` the state folder of all corpora. `declared` names all sources of the
    corpus, including those that are not synced now. `all_pages` follows listings to their end, `restore`
    writes deleted files again, `dry_run` writes nothing, `by_itself` leaves out feeds of lists that are not
    due.
    """

    root: str
    state: str
    sources: tuple[SyncSource, ...]
    declared: tuple[str, ...] = ()
    private_addresses: bool = False
    all_pages: bool = False
    restore: bool = False
    dry_run: bool = False
    by_itself: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return the plan as JSON values."""
        return {**self._asdict(), "sources": [source._asdict() for source in self.sources]}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Plan:
        """Return the plan of `as_json`."""
        sources = tuple(
            SyncSource(**{**source, "kind": SourceKind(source["kind"]), "topics": tuple(source["topics"])})
            for source in values["sources"]
        )
        return cls(**{**values, "sources": sources, "declared": tuple(values["declared"])})
