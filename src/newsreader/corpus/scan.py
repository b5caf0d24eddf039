"""Walk a corpus in the order of its paths, and compare it with what is known of it.

A link to a file is followed if it leads to a file inside the corpus. A link to a folder is never followed:
what it shows is either in the corpus already or does not belong to it. Names that begin with a dot are
ignored.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple
from zlib import adler32, crc32

from newsreader.corpus.topics import is_topic_path

MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdx", ".mkd", ".mdown", ".qmd")
RECORD_SUFFIXES = (*MARKDOWN_SUFFIXES, ".txt", ".html")
_SUFFIXES = tuple(suffix.encode() for suffix in RECORD_SUFFIXES)


def display_path(path: bytes) -> str:
    r"""The path as text; bytes that are not text are shown as `\xNN`."""
    return path.decode("utf-8", errors="backslashreplace")


__all__ = [
    "RECORD_SUFFIXES",
    "Change",
    "FolderEntry",
    "KnownFile",
    "KnownRow",
    "Scan",
    "Stamp",
    "compare",
    "display_path",
    "glance",
    "scan",
    "walk",
    "weight",
]


class Stamp(NamedTuple):
    """How a file is recognised as unchanged: time of change in nanoseconds and size in bytes."""

    mtime_ns: int
    size: int


class Scan(NamedTuple):
    """The files of interest, by path relative to the corpus, and folders that could not be read.

    Paths are `os.fsencode`d bytes with `/`: names need not be valid text. `folders` are all that were
    visited, as absolute paths.
    """

    files: dict[bytes, Stamp]
    unreadable: dict[bytes, str]
    folders: tuple[str, ...] = ()


class FolderEntry(NamedTuple):
    """What can be told of a corpus without keeping its files: enough to see that nothing has changed."""

    sum: int
    """Of all paths, times and sizes, in 64 bits; any other corpus would hardly have the same."""
    newest: int
    """When the file that was changed last was changed, in nanoseconds since 1970."""
    folders: tuple[str, ...]
    """All folders that were visited, as absolute paths."""
    unreadable: dict[bytes, str]


KnownRow = tuple[bytes, int, int, int, int]
"""The fields of a `KnownFile`; a refresh that finds nothing makes no object of them."""


class KnownFile(NamedTuple):
    """A file as the index has it."""

    path: bytes
    mtime_ns: int
    size: int
    file_id: int = 0
    place: int = 0
    """Its rank among the paths."""


class Change(NamedTuple):
    """A difference between a corpus and what is known of it."""

    path: bytes
    stamp: Stamp | None
    """None if the file was deleted."""
    known: KnownFile | None
    """None if the file was added."""


def scan(root: Path) -> Scan:
    """Walk a corpus.

    Raises:
        OSError: the corpus itself cannot be read.

    """
    folders: list[str] = []
    unreadable: dict[bytes, str] = {}
    files = dict(walk(root, folders, unreadable))
    return Scan(files, unreadable, tuple(folders))


def glance(root: Path) -> FolderEntry:
    """Look at a corpus, in little memory.

    Raises:
        OSError: the corpus itself cannot be read.

    """
    folders: list[str] = []
    unreadable: dict[bytes, str] = {}
    total = newest = 0
    for path, stamp in walk(root, folders, unreadable):
        total += weight(path, stamp)
        newest = max(newest, stamp.mtime_ns)
    return FolderEntry(total % 2**64, newest, tuple(folders), unreadable)


def weight(path: bytes, stamp: Stamp) -> int:
    """Return the share of a file in `FolderEntry.sum`, which is their sum modulo 2**64."""
    # Only of numbers does Python's hash stay the same from process to process.
    return hash((crc32(path), adler32(path), stamp.mtime_ns, stamp.size))


def walk(root: Path, folders: list[str], unreadable: dict[bytes, str]) -> Iterator[tuple[bytes, Stamp]]:
    """Yield the files of interest in the order of their paths. Only one folder a level is kept in memory.

    Args:
        root: Of the corpus.
        folders: Takes the paths of all folders that were visited.
        unreadable: Takes those that could not be read, relative to the corpus, with the reason.

    Raises:
        OSError: the corpus itself cannot be read.

    """
    base = os.path.realpath(root)
    folders.append(base)
    levels = [(b"", _entries(os.fsencode(base), b""))]
    while levels:
        prefix, entries = levels[-1]
        if not entries:
            levels.pop()
            continue
        name, entry = entries.pop()
        path = prefix + name
        if not name.endswith(b"/"):
            if stamp := _stamp(entry, base):
                yield path, stamp
            continue
        folders.append(os.fsdecode(entry.path))
        try:
            levels.append((path, _entries(entry.path, path)))
        except OSError as error:
            unreadable[path[:-1]] = error.strerror or str(error)


def compare(
    found: Iterable[tuple[bytes, Stamp]], known: Iterable[KnownRow], unreadable: Collection[bytes]
) -> Iterator[Change]:
    """Yield the differences between a walk and what is known, both in the order of their paths.

    Args:
        found: From `walk`.
        known: The fields of a `KnownFile` for every known file.
        unreadable: Where the walk notes folders that could not be read: files below them count as unchanged.

    """
    rows = iter(known)
    row = next(rows, None)
    for path, stamp in found:
        if row is not None and row[0] == path and row[1] == stamp[0] and row[2] == stamp[1]:
            row = next(rows, None)
            continue
        while row is not None and row[0] < path:
            if not _is_below(row[0], unreadable):
                yield Change(row[0], None, KnownFile._make(row))
            row = next(rows, None)
        if row is None or row[0] != path:
            yield Change(path, stamp, None)
            continue
        if row[1:3] != stamp:
            yield Change(path, stamp, KnownFile._make(row))
        row = next(rows, None)
    while row is not None:
        if not _is_below(row[0], unreadable):
            yield Change(row[0], None, KnownFile._make(row))
        row = next(rows, None)


def _is_below(path: bytes, folders: Collection[bytes]) -> bool:
    return bool(folders) and path.startswith(tuple(folder + b"/" for folder in folders))


def _entries(folder: bytes, prefix: bytes) -> list[tuple[bytes, os.DirEntry[bytes]]]:
    """List the folders, with a slash after their names, and the files of interest in a folder, last first.

    With the slash, sorting by name also sorts the paths of all files below.
    """
    entries: list[tuple[bytes, os.DirEntry[bytes]]] = []
    if not os.access(folder, os.X_OK):
        os.stat(os.path.join(folder, b"."))  # noqa: PTH116, PTH118 - raises an error that says why
    with os.scandir(folder) as listing:
        for entry in listing:
            name = entry.name
            if name.startswith(b"."):
                continue
            if entry.is_dir(follow_symlinks=False):
                entries.append((name + b"/", entry))
            elif name.lower().endswith(_SUFFIXES) or is_topic_path(os.fsdecode(prefix + name)):
                entries.append((name, entry))
    entries.sort(key=itemgetter(0), reverse=True)
    return entries


def _stamp(entry: os.DirEntry[bytes], base: str) -> Stamp | None:
    """Return how a file is recognized; None if it is no regular file of the corpus."""
    try:
        if entry.is_symlink() and not _inside(os.path.realpath(os.fsdecode(entry.path)), base):
            return None
        status = entry.stat()
    except OSError:
        # It vanished between the listing and the look, or its link leads nowhere.
        return None
    return Stamp(status.st_mtime_ns, status.st_size) if stat.S_ISREG(status.st_mode) else None


def _inside(path: str, base: str) -> bool:
    return path == base or path.startswith(base.rstrip("/") + os.sep)
