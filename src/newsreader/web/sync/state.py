"""What is remembered of earlier runs: what was written, and what the servers said of their pages.

One file for each corpus, in the state folder. Where it is missing or damaged, files that are there are
recognised by what they say, and nothing is replaced.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, NamedTuple

from newsreader.domain.errors import NewsreaderError
from newsreader.state.atomic_file import settle_folder, sweep, write_whole
from newsreader.web.sources.plan import SyncSource

_VERSION: Final = 1


class SyncBusyError(NewsreaderError):
    """Another process is bringing records into the same corpus."""


class WrittenFile(NamedTuple):
    """A file that was written for a record.

    `key`, `page` and `by` tell which record of which source. `said` is a digest of what came last,
    `written` one of the file as it was written, empty where it never was, `beside` one of what was put
    beside it.
    """

    key: str
    page: str
    by: str
    said: str
    written: str = ""
    beside: str = ""


class PageValidators(NamedTuple):
    """What a server said of a page: how to ask whether it has changed, and which page came after it."""

    etag: str = ""
    last_modified: str = ""
    following: str = ""


class SourceState:
    """What is remembered of one source.

    Attributes:
        pages: By their addresses.
        is_whole: Whether a listing was followed to its end, or to what was known then.

    """

    def __init__(self, pages: Mapping[str, PageValidators] | None = None, *, is_whole: bool = False) -> None:
        self.pages = dict(pages or {})
        self.is_whole = is_whole


class SyncState:
    """What is remembered of one corpus.

    Args:
        folder: Where the states of all corpora are.
        root: Of the corpus.

    """

    def __init__(self, folder: Path, root: Path) -> None:
        self._root = os.path.realpath(root)
        self._path = folder / f"{digest(self._root)}.json"
        values = _loaded(self._path)
        self.files = _files(values.get("files"))
        self._sources = _sources(values.get("sources"))

    def source(self, source: SyncSource) -> SourceState:
        """What is remembered of a source; one whose settings have changed is asked for everything again."""
        name = f"{source.name} {digest(json.dumps(source))}"
        for other in list(self._sources):
            if other != name and other.partition(" ")[0] == source.name:
                del self._sources[other]
        return self._sources.setdefault(name, SourceState())

    def save(self) -> None:
        """Write it down, as a whole or not at all.

        Raises:
            OSError: it cannot be written.

        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        sources = {
            name: {"whole": source.is_whole, "pages": source.pages} for name, source in self._sources.items()
        }
        values = {"version": _VERSION, "corpus": self._root, "sources": sources, "files": self.files}
        write_whole(self._path, lambda file: json.dump(values, file), replace=True, durable=True)
        settle_folder(self._path.parent)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the right to write; the system takes it back when the holder dies.

        Raises:
            SyncBusyError: another process holds it.
            OSError: there is no place for it.

        """
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.with_suffix(".lock").open("a+b") as file:
            _take(file.fileno())
            sweep(self._path.parent)
            yield


def digest(text: str) -> str:
    """A short name for a text, the same for no other."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _take(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:  # no such locks here; whole files keep the damage small
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


def _sources(values: object) -> dict[str, SourceState]:
    found: dict[str, SourceState] = {}
    for name, state in values.items() if isinstance(values, dict) else ():
        if isinstance(state, dict):
            pages = {
                url: PageValidators(*row)
                for url, row in _rows(state.get("pages"), len(PageValidators._fields))
            }
            found[name] = SourceState(pages, is_whole=state.get("whole") is True)
    return found


def _rows(values: object, length: int) -> Iterator[tuple[str, list[str]]]:
    """The rows of a table that are as they should be."""
    for name, row in values.items() if isinstance(values, dict) else ():
        if isinstance(row, list) and len(row) == length and all(isinstance(part, str) for part in row):
            yield name, row
