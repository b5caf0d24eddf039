"""What stands in the corpus, and what changed since last time.

A link to a file is followed where it leads to somewhere inside the corpus; a link to a folder never
is, for what it shows either stands in the corpus already or does not belong to it. Names that lead
with a dot are left alone.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from zlib import adler32, crc32

from newsreader.corpus.topics import is_topic_path

MARKDOWN_SUFFIXES = (".md", ".markdown", ".mdx", ".mkd", ".mdown", ".qmd")
RECORD_SUFFIXES = (*MARKDOWN_SUFFIXES, ".txt", ".html")


def display_path(path: bytes) -> str:
    r"""The path as text; bytes that are not text are shown as `\xNN`."""
    return path.decode("utf-8", errors="backslashreplace")


__all__ = [
    "RECORD_SUFFIXES",
    "Changes",
    "FolderEntry",
    "Scan",
    "Stamp",
    "compare",
    "display_path",
    "glance",
    "scan",
    "sum_of",
    "walk",
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


class Changes(NamedTuple):
    """The difference between a scan and what is known."""

    added: list[bytes]
    changed: list[bytes]
    deleted: list[bytes]

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.deleted)


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
        total += _weight(path, stamp)
        newest = max(newest, stamp.mtime_ns)
    return FolderEntry(total % 2**64, newest, tuple(folders), unreadable)


def sum_of(files: Mapping[bytes, Stamp]) -> int:
    """The `FolderEntry.sum` of files that are known already."""
    return sum(_weight(path, stamp) for path, stamp in files.items()) % 2**64


def _weight(path: bytes, stamp: Stamp) -> int:
    # Only of numbers does Python's hash stay the same from process to process.
    return hash((crc32(path), adler32(path), stamp.mtime_ns, stamp.size))


def walk(root: Path, folders: list[str], unreadable: dict[bytes, str]) -> Iterator[tuple[bytes, Stamp]]:
    """Yield the files of interest, one by one.

    Args:
        root: Of the corpus.
        folders: Takes the paths of all folders that were visited.
        unreadable: Takes those that could not be read, relative to the corpus, with the reason.

    Raises:
        OSError: the corpus itself cannot be read.

    """
    base = os.path.realpath(root)
    pending = [(base, "")]
    while pending:
        folder, prefix = pending.pop()
        folders.append(folder)
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        pending.append((entry.path, f"{prefix}{entry.name}/"))
                    elif stamp := _stamp(entry, base, prefix):
                        yield os.fsencode(prefix + entry.name), stamp
        except OSError as error:
            if not prefix:
                raise
            unreadable[os.fsencode(prefix.rstrip("/"))] = error.strerror or str(error)


def compare(found: Scan, known: Mapping[bytes, Stamp]) -> Changes:
    """What was added, changed and deleted. Files below an unreadable folder count as unchanged."""
    added = [path for path in found.files if path not in known]
    changed = [path for path, stamp in found.files.items() if path in known and known[path] != stamp]
    closed = tuple(folder + b"/" for folder in found.unreadable)
    deleted = [path for path in known if path not in found.files and not path.startswith(closed or b"\0")]
    return Changes(added, changed, deleted)


def _stamp(entry: os.DirEntry[str], base: str, prefix: str) -> Stamp | None:
    """How a file is recognised, None if it is of no interest."""
    if not (entry.name.lower().endswith(RECORD_SUFFIXES) or is_topic_path(prefix + entry.name)):
        return None
    try:
        if entry.is_symlink() and not _inside(os.path.realpath(entry.path), base):
            return None
        status = entry.stat()
    except OSError:
        # It vanished between the listing and the look, or its link leads nowhere.
        return None
    return Stamp(status.st_mtime_ns, status.st_size) if stat.S_ISREG(status.st_mode) else None


def _inside(path: str, base: str) -> bool:
    return path == base or path.startswith(base.rstrip("/") + os.sep)
