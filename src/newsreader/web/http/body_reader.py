"""Reading and decompressing response bodies within a size limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final

import httpx

from newsreader.web.http.error_messages import too_big

ACCEPTED: Final = "gzip, deflate"
"""The requested content encodings: zlib can stop decompressing these at any size."""

_BOMB_RATIO: Final = 100
"""Text compresses ten-fold, rarely fifty-fold; only a decompression bomb compresses a thousand-fold."""
_MIN_BOMB_SIZE: Final = 50_000
"""Bytes. Pages may begin with a long run of blanks, which is harmless up to this size."""

_GZIP: Final = 16 + zlib.MAX_WBITS
_GZIP_MAGIC: Final = b"\x1f\x8b"


class UnpackingError(Exception):
    """A body is not encoded as declared. The message lacks the host, which the caller puts before it."""


class BombError(Exception):
    """A body is a decompression bomb."""


class Unpacker:
    """Incremental decoder that never holds more than `limit` bytes.

    Attributes:
        is_cut: Whether the body is longer than the limit.

    """

    def __init__(self, encoding: str, limit: int) -> None:
        """`encoding` is the header `Content-Encoding`; raises UnpackingError for an unrequested one."""
        self._encoding = encoding.strip().lower().removeprefix("x-")
        if self._encoding not in ("", "identity", "gzip", "deflate"):
            raise UnpackingError("the page is packed in a way that was not asked for")
        self._limit = limit
        self._body = bytearray()
        self._consumed = 0
        self._start = b""
        self._decoder: zlib._Decompress | None = None
        self._has_ended = False
        self._is_done = False
        self.is_cut = False

    @property
    def body(self) -> bytes:
        """The bytes decoded so far."""
        return bytes(self._body)

    @property
    def size(self) -> int:
        """Number of bytes decoded so far."""
        return len(self._body)

    def feed(self, chunk: bytes) -> None:
        """Decode the next chunk. Raises UnpackingError and BombError."""
        if self._encoding in ("", "identity"):
            self._append(chunk)
            return
        try:
            self._decode(chunk)
        except zlib.error as error:
            raise UnpackingError("the page is packed wrongly") from error
        if self.is_cut and len(self._body) > max(_MIN_BOMB_SIZE, _BOMB_RATIO * self._consumed):
            raise BombError

    def finish(self) -> None:
        """Mark the end of the input. Raises UnpackingError if the body is truncated."""
        is_begun = self._decoder is not None or (self._start and not self._has_ended)
        if is_begun and not self.is_cut:
            raise UnpackingError("the page broke off in the middle")

    def _decode(self, chunk: bytes) -> None:
        while not self._is_done and not self.is_cut:
            if self._decoder is None:
                self._start += chunk
                if len(self._start) < 2:  # the format shows in two bytes
                    return
                is_gzip = self._encoding == "gzip" and self._start.startswith(_GZIP_MAGIC)
                if self._has_ended and not is_gzip:
                    self._is_done = True
                    return
                chunk, self._start = self._start, b""
                self._decoder = self._new_decoder(chunk)
            if not chunk:
                return
            # One byte beyond the limit shows whether there is more.
            self._append(self._decoder.decompress(chunk, self._limit - len(self._body) + 1))
            rest = self._decoder.unconsumed_tail
            if self._decoder.eof:  # another gzip member may follow
                rest = self._decoder.unused_data
                self._decoder = None
                self._has_ended = True
            self._consumed += len(chunk) - len(rest)
            chunk = rest

    def _new_decoder(self, start: bytes) -> zlib._Decompress:
        if self._encoding == "gzip":
            return zlib.decompressobj(_GZIP)
        # "deflate" is sent with a zlib header (RFC 1950), which two bytes show, or as raw deflate.
        has_header = start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0
        return zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)

    def _append(self, decoded: bytes) -> None:
        room = self._limit - len(self._body)
        self._body += decoded[:room]
        self.is_cut = self.is_cut or len(decoded) > room


class BodyReader:
    """Reads a response body up to `limit` bytes.

    Attributes:
        received: Number of bytes so far, None before the body begins.

    """

    accepted = ACCEPTED
    """The content encodings that are asked for."""

    def __init__(
        self, limit: int, *, may_cut: bool = True, on_progress: Callable[[int], None] | None = None
    ) -> None:
        self._limit = limit
        self._may_cut = may_cut
        self._on_progress = on_progress
        self.received: int | None = None

    async def read(self, url: str, response: httpx.Response) -> tuple[bytes, bool]:
        """Return the body and whether it is cut; nothing beyond the limit is fetched."""
        unpacker = Unpacker(response.headers.get("content-encoding", ""), self._limit)
        self.received = 0
        async for chunk in response.aiter_raw():
            unpacker.feed(chunk)
            self.received = unpacker.size
            if self._on_progress is not None:
                self._on_progress(self.received)
            if unpacker.is_cut:
                break
        if unpacker.is_cut and not self._may_cut:
            raise too_big(url, self._limit)
        unpacker.finish()
        return unpacker.body, unpacker.is_cut


class BodyWriter(BodyReader):
    """Writes a response body of up to `limit` bytes as it comes in.

    Args:
        limit: Of the body.
        write: Called with each part.
        on_progress: Called with the bytes so far and all bytes, 0 if their number is not known.

    """

    accepted = "identity"

    def __init__(
        self, limit: int, write: Callable[[bytes], object], on_progress: Callable[[int, int], None]
    ) -> None:
        super().__init__(limit)
        self._write = write
        self._on_part = on_progress

    async def read(self, url: str, response: httpx.Response) -> tuple[bytes, bool]:
        """Write the body; return an empty one."""
        if response.headers.get("content-encoding", "").strip().lower() not in ("", "identity"):
            raise UnpackingError("the file is packed in a way that was not asked for")
        length = response.headers.get("content-length", "")
        total = int(length) if length.isascii() and length.isdigit() and len(length) <= 15 else 0
        received = self.received = 0
        async for chunk in response.aiter_raw():
            self.received = received = received + len(chunk)
            if received > self._limit:
                raise too_big(url, self._limit)
            self._write(chunk)
            self._on_part(received, total)
        return b"", False
