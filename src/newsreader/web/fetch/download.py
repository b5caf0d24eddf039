"""Downloading a file, such as the episode of a podcast, into a folder."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from contextlib import suppress
from mimetypes import guess_extension
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Final
from urllib.parse import unquote, urlsplit

from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import host_of
from newsreader.state.atomic_file import PREFIX, keep_new
from newsreader.web.http.client import Limits, WebClient

MOST_BYTES: Final = 20_000_000_000
"""An endless answer does not fill the disk."""

_LIMITS: Final = Limits(total=24 * 3_600, body=MOST_BYTES)
_LONGEST_NAME: Final = 150
"""Bytes of a file name without its suffix."""

_LONGEST_SUFFIX: Final = 12
_INVALID: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


class DownloadStoppedError(Exception):
    """The download was stopped; no file was left."""


class Download:
    """One download. `run` blocks in a thread of its own; `stop` ends it from any other."""

    def __init__(self, url: str, folder: Path, *, type_: str = "", private_addresses: bool = False) -> None:
        self._url = url
        self._folder = folder
        self._type = type_
        self._private_addresses = private_addresses
        self._is_stopped = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    def run(self, on_progress: Callable[[int, int], None] = lambda _received, _total: None) -> Path:
        """Download the file and return its path, a free one in the folder.

        Args:
            on_progress: Called with the bytes so far and all bytes, 0 if their number is not known.

        Raises:
            DownloadStoppedError: it was stopped.
            WebError: it failed.
            OSError: the file cannot be written.

        """
        self._folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._folder, prefix=PREFIX, delete=False) as file:
            temporary = Path(file.name)
            try:
                asyncio.run(self._fetch(file, on_progress))
                file.close()
                return keep_new(temporary, self._folder / file_name_of(self._url, self._type))
            except asyncio.CancelledError:
                raise DownloadStoppedError from None
            finally:
                file.close()
                temporary.unlink(missing_ok=True)

    def stop(self) -> None:
        """Stop the download, also one that has not begun."""
        self._is_stopped = True
        if self._loop is not None and self._task is not None:
            with suppress(RuntimeError):  # it has ended
                self._loop.call_soon_threadsafe(self._task.cancel)

    async def _fetch(self, file: IO[bytes], on_progress: Callable[[int, int], None]) -> None:
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        if self._is_stopped:
            raise asyncio.CancelledError
        async with WebClient(private_addresses=self._private_addresses, limits=_LIMITS) as client:
            await client.download(self._url, file.write, on_progress)


def file_name_of(url: str, type_: str = "") -> str:
    """Return a portable name for the file at a URL, with a suffix for its media type if it has none."""
    last = unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2])
    name = _INVALID.sub("-", clean_line(last)).strip(" .-") or host_of(url) or "download"
    suffix = Path(name).suffix if last else ""
    if not 1 < len(suffix) <= _LONGEST_SUFFIX:
        suffix = guess_extension(type_) or ""
        name += suffix
    stem = name.removesuffix(suffix).encode()[:_LONGEST_NAME].decode("utf-8", "ignore")
    return f"{stem}{suffix}"
