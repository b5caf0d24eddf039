"""Sync state between runs: written files, and validators of pages.

One file for each corpus, in the state folder. Without it, existing files are recognised by their content,
and none is replaced.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, NamedTuple

from newsreader.domain.dates import LAST
from newsreader.domain.errors import NewsreaderError
from newsreader.state.atomic_file import settle_folder, sweep, write_whole
from newsreader.web.sources.plan import SyncSource
from newsreader.web.sync.pace import FeedPace

_VERSION: Final = 1
_FIRST_HEALTH: Final = 5
"""Values of a `SourceHealth` as earlier versions wrote it."""


class SyncBusyError(NewsreaderError):
    """Another process is syncing the same corpus."""


class WrittenFile(NamedTuple):
    """The file of a record.

    `key` and `page` identify the record, `owner` its source. `said` is the digest of the last fetched
    version, `written` that of the file as written, `conflict` that of the version written next to it.
    """

    key: str
    page: str
    owner: str
    said: str
    written: str = ""
    conflict: str = ""


class PageValidators(NamedTuple):
    """Validators of a page for a conditional request, and the page that follows it."""

    etag: str = ""
    last_modified: str = ""
    next_url: str = ""


class SourceHealth(NamedTuple):
    """What became of the syncs of a source.

    Times are ISO 8601 in UTC, empty if there was none: of the last success, and of the first failure after
    it. `error` is the last message while the source fails. `brought` counts new records, `received` bytes.
    `asked` is the time of the last sync, `not_before` that before which the server or feed wants no other.
    `average` is the mean interval between its records, in seconds; 0 if it is not known.
    """

    succeeded: str = ""
    failing_since: str = ""
    error: str = ""
    brought: int = 0
    received: int = 0
    asked: str = ""
    not_before: str = ""
    average: int = 0

    def after(
        self,
        at: str,
        *,
        error: str,
        brought: int,
        received: int,
        not_before: str = "",
        average: int = 0,
    ) -> SourceHealth:
        """Return the health after another sync."""
        return SourceHealth(
            self.succeeded if error else at,
            (self.failing_since or at) if error else "",
            error,
            self.brought + brought,
            self.received + received,
            at,
            not_before,
            average,
        )


@dataclass
class SourceState:
    """State of one source.

    Attributes:
        pages: By URL.
        is_whole: Whether a listing was followed to its end, or to known pages.
        moved: New addresses of feeds that have moved for good.
        gone: Feeds that are gone for good, with an empty value.
        paces: Of feeds and listings, by URL.

    """

    pages: dict[str, PageValidators] = field(default_factory=dict)
    is_whole: bool = False
    moved: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    paces: dict[str, FeedPace] = field(default_factory=dict)


class SyncState:
    """State of the corpus at `root`; `folder` has the states of all corpora."""

    def __init__(self, folder: Path, root: Path) -> None:
        self._root = os.path.realpath(root)
        self._path = folder / f"{digest(self._root)}.json"
        values = _loaded(self._path)
        self.files = _files(values.get("files"))
        self._sources = _sources(values.get("sources"))
        self.health = _health(values.get("health"))

    def source(self, source: SyncSource) -> SourceState:
        """Return the state of a source; changed settings reset it."""
        name = f"{source.name} {digest(json.dumps(source))}"
        for other in list(self._sources):
            if other != name and other.partition(" ")[0] == source.name:
                del self._sources[other]
        return self._sources.setdefault(name, SourceState())

    def save(self) -> None:
        """Write the state atomically; raises OSError."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        sources = {
            name: {
                "whole": source.is_whole,
                "pages": source.pages,
                "moved": source.moved,
                "gone": source.gone,
                "paces": source.paces,
            }
            for name, source in self._sources.items()
        }
        values = {"version": _VERSION, "corpus": self._root, "sources": sources, "files": self.files}
        values["health"] = self.health
        write_whole(self._path, lambda file: json.dump(values, file), replace=True, durable=True)
        settle_folder(self._path.parent)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold a lock that the system releases if this process dies; raises SyncBusyError and OSError."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.with_suffix(".lock").open("a+b") as file:
            _lock(file.fileno())
            sweep(self._path.parent)
            yield


def digest(text: str) -> str:
    """Return a short hash of a text."""
    return digest_bytes(text.encode("utf-8", "surrogatepass"))


def digest_bytes(data: bytes) -> str:
    """Return a short hash of bytes."""
    return blake2b(data, digest_size=12).hexdigest()


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:  # not on this system; files are still written atomically
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SyncBusyError(
            "another newsreader is bringing records into this corpus. Wait until it is done."
        ) from None


def _loaded(path: Path) -> Mapping[str, Any]:
    try:
        values = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) and values.get("version") == _VERSION else {}


def _files(values: object) -> dict[str, WrittenFile]:
    return {path: WrittenFile(*entry) for path, entry in _rows(values, len(WrittenFile._fields))}


def _health(values: object) -> dict[str, SourceHealth]:
    types = (str, str, str, int, int, str, str, int)
    return {
        name: SourceHealth(*row)
        for name, row in (values.items() if isinstance(values, dict) else ())
        if isinstance(row, list)
        and _FIRST_HEALTH <= len(row) <= len(types)
        and all(map(isinstance, row, types))
    }


def _sources(values: object) -> dict[str, SourceState]:
    found: dict[str, SourceState] = {}
    for name, state in values.items() if isinstance(values, dict) else ():
        if isinstance(state, dict):
            pages = {
                url: PageValidators(*row)
                for url, row in _rows(state.get("pages"), len(PageValidators._fields))
            }
            moved, gone = _texts(state.get("moved")), _texts(state.get("gone"))
            paces = _paces(state.get("paces"))
            found[name] = SourceState(pages, state.get("whole") is True, moved, gone, paces)
    return found


def _paces(values: object) -> dict[str, FeedPace]:
    return {
        url: FeedPace(*row)
        for url, row in (values.items() if isinstance(values, dict) else ())
        if isinstance(row, list)
        and len(row) == len(FeedPace._fields)
        and all(isinstance(part, int) and 0 <= part <= LAST for part in row)
    }


def _texts(values: object) -> dict[str, str]:
    pairs = values.items() if isinstance(values, dict) else ()
    return {key: value for key, value in pairs if isinstance(value, str)}


def _rows(values: object, length: int) -> Iterator[tuple[str, list[str]]]:
    """Yield the valid rows of a table."""
    for name, row in values.items() if isinstance(values, dict) else ():
        if isinstance(row, list) and len(row) == length and all(isinstance(part, str) for part in row):
            yield name, row
