"""Pictures as they came from the network, in a folder of the cache that never grows beyond a bound."""

from __future__ import annotations

import contextlib
import os
import tempfile
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from newsreader.domain.urls import canonical_url

MOST_BYTES = 50_000_000
"""Room for all pictures together: some hundreds, as news sites send them."""

_PART = ".part"


class PicturesSize(NamedTuple):
    """How many pictures are kept, and their bytes."""

    pictures: int
    bytes: int


class PictureCache:
    """Files named after the addresses of pictures. What was used longest ago goes first.

    A folder that cannot be read or written only means that nothing is kept. Several processes may use it.

    Args:
        folder: Made when it is needed.
        most_bytes: Room for all pictures together.

    """

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._most_bytes = most_bytes

    def get(self, url: str) -> bytes | None:
        """The picture at an address, None if it is not kept."""
        file = self._file(url)
        try:
            body = file.read_bytes()
            os.utime(file)
        except OSError:
            return None
        return body

    def keep(self, url: str, body: bytes) -> None:
        """Keep a picture, and let go of others where that makes too many bytes."""
        if len(body) > self._most_bytes:
            return
        part = ""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(_PART, dir=self._folder)
            with os.fdopen(handle, "wb") as file:
                file.write(body)
            Path(part).replace(self._file(url))
        except OSError:
            with contextlib.suppress(OSError):
                Path(part).unlink()
            return
        self._shrink()

    def forget(self, url: str) -> None:
        """Let go of the picture at an address."""
        with contextlib.suppress(OSError):
            self._file(url).unlink()

    def size(self) -> PicturesSize:
        """What is kept."""
        files = self._files()
        return PicturesSize(len(files), sum(size for _, size, _ in files))

    def purge(self, older_than: int | None = None) -> PicturesSize:
        """Throw away what was last used before a time in seconds since 1970 UTC, or everything.

        Returns:
            What was thrown away.

        """
        gone = [
            size
            for used, size, file in self._files()
            if (older_than is None or used < older_than) and _delete(file)
        ]
        return PicturesSize(len(gone), sum(gone))

    def _shrink(self) -> None:
        files = self._files()
        too_much = sum(size for _, size, _ in files) - self._most_bytes
        for _, size, file in sorted(files):
            if too_much <= 0:
                break
            if _delete(file):
                too_much -= size

    def _files(self) -> list[tuple[float, int, Path]]:
        """When each file was last used, its bytes, its path."""
        found: list[tuple[float, int, Path]] = []
        try:
            entries = list(self._folder.iterdir())
        except OSError:
            return []
        for file in entries:
            with contextlib.suppress(OSError):
                state = file.stat()
                found.append((state.st_mtime, state.st_size, file))
        return found

    def _file(self, url: str) -> Path:
        name = canonical_url(url) or url
        return self._folder / blake2b(name.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _delete(file: Path) -> bool:
    try:
        file.unlink()
    except OSError:
        return False
    return True
