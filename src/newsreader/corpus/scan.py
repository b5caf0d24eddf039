"""What stands in the corpus, and what changed since last time.

A link to a file is followed where it leads to somewhere inside the corpus; a link to a folder never
is, for what it shows either stands in the corpus already or does not belong to it. Names that lead
with a dot are left alone.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from newsreader.corpus.topics import is_topic_path

RECORD_SUFFIXES = (".md", ".markdown", ".txt", ".html")


class Stamp(NamedTuple):
    """How a file is recognised as unchanged: time of change in nanoseconds and size in bytes."""

    mtime_ns: int
    size: int


class Scan(NamedTuple):
    """The files of interest, by path relative to the corpus, and folders that could not be read.

    Paths are `os.fsencode`d bytes with `/`: names need not be valid text.
    """

    files: dict[bytes, Stamp]
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
    base = os.path.realpath(root)
    files: dict[bytes, Stamp] = {}
    unreadable: dict[bytes, str] = {}
    pending = [(base, "")]
    while pending:
        folder, prefix = pending.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    _sort_in(entry, base, prefix, files, pending)
        except OSError as error:
            if not prefix:
                raise
            unreadable[os.fsencode(prefix.rstrip("/"))] = error.strerror or str(error)
    return Scan(files, unreadable)


def compare(found: Scan, known: Mapping[bytes, Stamp]) -> Changes:
    """What was added, changed and deleted. Files below an unreadable folder count as unchanged."""
    added = [path for path in found.files if path not in known]
    changed = [path for path, stamp in found.files.items() if path in known and known[path] != stamp]
    closed = tuple(folder + b"/" for folder in found.unreadable)
    deleted = [path for path in known if path not in found.files and not path.startswith(closed or b"\0")]
    return Changes(added, changed, deleted)


def display_path(path: bytes) -> str:
    r"""The path as text; bytes that are not text are shown as `\xNN`."""
    return path.decode("utf-8", errors="backslashreplace")


def _sort_in(
    entry: os.DirEntry[str], base: str, prefix: str, files: dict[bytes, Stamp], pending: list[tuple[str, str]]
) -> None:
    """Put one entry where it belongs: among the files, among the folders to visit, or nowhere."""
    name = entry.name
    if name.startswith("."):
        return
    if entry.is_dir(follow_symlinks=False):
        pending.append((entry.path, f"{prefix}{name}/"))
    elif name.lower().endswith(RECORD_SUFFIXES) or is_topic_path(prefix + name):
        try:
            if entry.is_symlink() and not _inside(os.path.realpath(entry.path), base):
                return
            status = entry.stat()
        except OSError:
            # It vanished between the listing and the look, or its link leads nowhere.
            return
        if stat.S_ISREG(status.st_mode):
            files[os.fsencode(prefix + name)] = Stamp(status.st_mtime_ns, status.st_size)


def _inside(path: str, base: str) -> bool:
    return path == base or path.startswith(base.rstrip("/") + os.sep)
