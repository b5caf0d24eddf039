"""What was fetched: the pages that are kept, and the pictures beside them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from newsreader import paths
from newsreader.config import Settings
from newsreader.library.pages.store import Pages

MEGABYTE = 1_000_000


class Pictures(NamedTuple):
    """So many pictures, and the bytes of their files."""

    pictures: int
    bytes: int


def open_pages(settings: Settings) -> Pages:
    """The pages that are kept, for writing.

    Raises:
        PagesError: they cannot be opened.

    """
    return Pages(paths.pages_file(), most_bytes=settings.pages_megabytes * MEGABYTE)


def pictures_folder() -> Path:
    """Where pictures are kept; the folder need not exist."""
    return paths.cache_dir() / "pictures"


def kept_pictures() -> Pictures:
    """How many there are."""
    sizes = [status.st_size for _, status in _files()]
    return Pictures(len(sizes), sum(sizes))


def purge_pictures(older_than: float | None) -> Pictures:
    """Throw away pictures: all, or those that were kept before a time, in seconds since 1970.

    Returns:
        What was thrown away.

    """
    gone: list[int] = []
    for file, status in _files():
        if older_than is None or status.st_mtime < older_than:
            with suppress(OSError):  # somebody else was quicker
                file.unlink()
                gone.append(status.st_size)
    return Pictures(len(gone), sum(gone))


def _files() -> Iterator[tuple[Path, os.stat_result]]:
    with suppress(OSError), os.scandir(pictures_folder()) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.is_file(follow_symlinks=False):
                    yield Path(entry.path), entry.stat(follow_symlinks=False)
