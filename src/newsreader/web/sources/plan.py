"""What is to be brought in, as plain values: they go to the process that does it as one line of JSON."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class SourceKind(StrEnum):
    """What is found at the address of a source."""

    LISTING = "listing"
    """The public JSON listing of a site, in pages."""
    FEED = "feed"
    """RSS, Atom or JSON Feed."""
    OPML = "opml"
    """A list of feeds; a file or an address."""


class SyncSource(NamedTuple):
    """Where records come from, and what all of them get: see `source_settings.DeclaredSource`."""

    name: str
    kind: SourceKind
    address: str
    topics: tuple[str, ...] = ()
    quality: int | None = None
    folder: str = "_news"
    published: bool = True


class Plan(NamedTuple):
    """What is to be brought into one corpus.

    `root` is its folder, `state` the folder of what is remembered about all corpora. `declared` names all
    sources of the corpus, also those that are not asked now. With `all_pages` listings are followed to their
    end, with `restore` files come back that somebody deleted, with `dry_run` nothing is written.
    """

    root: str
    state: str
    sources: tuple[SyncSource, ...]
    declared: tuple[str, ...] = ()
    private_addresses: bool = False
    all_pages: bool = False
    restore: bool = False
    dry_run: bool = False

    def as_json(self) -> dict[str, Any]:
        """The plan as JSON has it."""
        return {**self._asdict(), "sources": [source._asdict() for source in self.sources]}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Plan:
        """The plan again."""
        sources = tuple(
            SyncSource(**{**source, "kind": SourceKind(source["kind"]), "topics": tuple(source["topics"])})
            for source in values["sources"]
        )
        return cls(**{**values, "sources": sources, "declared": tuple(values["declared"])})
