"""The body of an answer, read part by part."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from newsreader.web.http.decoding import BombError, Unpacker
from newsreader.web.http.error_messages import failed, too_big
from newsreader.web.http.errors import Failure, WebError


class BodyReading:
    """The reading of a body up to a bound.

    `came` is how many bytes there are so far, None before the body begins; `on_progress` is told of them.
    """

    def __init__(self, limit: int, may_cut: bool, on_progress: Callable[[int], None] | None) -> None:
        self._limit = limit
        self._may_cut = may_cut
        self._on_progress = on_progress
        self.came: int | None = None

    async def read(self, url: str, response: httpx.Response) -> tuple[bytes, bool]:
        """Return the body and whether it is cut; what is beyond the bound is never fetched."""
        unpacker = Unpacker(response.headers.get("content-encoding", ""), self._limit)
        self.came = 0
        async for part in response.aiter_raw():
            unpacker.feed(part)
            self.came = unpacker.size
            if self._on_progress is not None:
                self._on_progress(self.came)
            if unpacker.is_cut:
                break
        if unpacker.is_cut and not self._may_cut:
            raise too_big(url, self._limit)
        unpacker.finish()
        return unpacker.body, unpacker.is_cut


def failed_unpacking(url: str, error: Exception) -> WebError:
    """Make an error of one of those that unpacking raises."""
    if isinstance(error, BombError):
        return failed(url, "the page was made to explode when it is unpacked", Failure.UNSAFE)
    return failed(url, str(error), Failure.BROKEN)
