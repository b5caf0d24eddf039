"""A size-bounded disk cache of fetched pictures."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from newsreader.domain.urls import canonical_url

MAX_BYTES = 50_000_000
"""Total size: some hundreds of pictures of news sites."""


class PicturesSize(NamedTuple):
    """Number of pictures and their total size in bytes."""

    pictures: int
    bytes: int


class PictureCache:
    """Picture files named by URL hash. The least recently used are deleted first.

    Without access to its folder, nothing is cached. Several processes may share it.

    Args:
        folder: Created on demand.
        max_bytes: Total size.

    """

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self._folder = folder
        self._max_bytes = max_bytes

    def get(self, url: str) -> bytes | None:
        """Return a cached picture, None if there is none."""
        file = self._file(url)
        try:
            body = file.read_bytes()
            os.utime(file)
        except OSError:
            return None
        return body

    def add(self, url: str, body: bytes) -> None:
        """Cache a picture, and delete others if the cache grows too large."""
        if len(body) > self._max_bytes:
            return
        temporary = ""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(".part", dir=self._folder)
            with os.fdopen(handle, "wb") as file:
                file.write(body)
            Path(temporary).replace(self._file(url))
        except OSError:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
            return
        files = list(self._files())
        excess = sum(size for _, size, _ in files) - self._max_bytes
        for _, size, path in sorted(files):
            if excess <= 0:
                break
            if _delete(path):
                excess -= size

    def remove(self, url: str) -> None:
        """Delete a picture."""
        _delete(self._file(url))

    def size(self) -> PicturesSize:
        """Return the current size."""
        sizes = [size for _, size, _ in self._files()]
        return PicturesSize(len(sizes), sum(sizes))

    def purge(self, older_than: int | None = None) -> PicturesSize:
        """Delete pictures last used before a Unix time, or all; return what was deleted."""
        deleted = [
            size
            for used_at, size, file in self._files()
            if (older_than is None or used_at < older_than) and _delete(file)
        ]
        return PicturesSize(len(deleted), sum(deleted))

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """Yield last use, size and path of each file."""
        with contextlib.suppress(OSError):
            for file in list(self._folder.iterdir()):
                with contextlib.suppress(OSError):
                    stat = file.stat()
                    yield stat.st_mtime, stat.st_size, file

    def _file(self, url: str) -> Path:
        name = canonical_url(url) or url
        return self._folder / blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _delete(file: Path) -> bool:
    try:
        file.unlink()
    except OSError:
        return False
    return True
