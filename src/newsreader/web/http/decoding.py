"""Bodies of answers: unpacked within a bound, and turned into text whatever charset they claim."""

from __future__ import annotations

import codecs
import re
import zlib
from typing import Final

ACCEPTED: Final = "gzip, deflate"
"""The packings that are asked for: those of which zlib can be told where to stop."""

_BOMB: Final = 100
"""Text and pictures shrink to a tenth, seldom to a fiftieth; only what is made for it to a thousandth."""
_SMALLEST_BOMB: Final = 50_000
"""Pages may begin with a lot of nothing; so little of it does no harm."""

_GZIP: Final = 16 + zlib.MAX_WBITS
_START_OF_GZIP: Final = b"\x1f\x8b"

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(
    rb"""<meta\b[^>]*\bcharset\s*=\s*["']?\s*([A-Za-z0-9._:-]+)|<\?xml\b[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._:-]+)""",
    re.IGNORECASE,
)
_SEARCHED_FOR_CHARSET: Final = 4_096

# What a name means on the web (the Encoding Standard), where Python is stricter.
_WIDER: Final = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
# Python knows encodings that no page has, some of them harmful; these are those of pages.
_ENCODINGS_OF_PAGES: Final = re.compile(
    r"utf-8|utf-16(?:-[lb]e)?|iso8859-\d+|cp(?:125\d|866|874|932|949)|koi8-[ru]|gb18030|big5hkscs|euc_jp"
    r"|iso2022_jp|mac-(?:roman|cyrillic)"
)


class UnpackingError(Exception):
    """A body is not packed as it claims; the text goes after the name of the host."""


class BombError(Exception):
    """A body was made to explode when it is unpacked."""


class Unpacker:
    """Unpacks a body part by part and never holds more than `limit` bytes, whatever it is given."""

    def __init__(self, packing: str, limit: int) -> None:
        """`packing` is the header `Content-Encoding`; raises UnpackingError if it is none we asked for."""
        self._packing = packing.strip().lower().removeprefix("x-")
        if self._packing not in ("", "identity", "gzip", "deflate"):
            raise UnpackingError("the page is packed in a way that was not asked for")
        self._limit = limit
        self._body = bytearray()
        self._taken = 0
        self._start = b""
        self._unpacking: zlib._Decompress | None = None
        self._ended = False
        self._is_done = False
        self.is_cut = False

    @property
    def body(self) -> bytes:
        """What is unpacked so far."""
        return bytes(self._body)

    @property
    def size(self) -> int:
        """How many bytes are unpacked so far."""
        return len(self._body)

    def feed(self, part: bytes) -> None:
        """Take the next part; sets `is_cut` when there is more than the limit. Raises both errors above."""
        if self._packing in ("", "identity"):
            self._keep(part)
            return
        try:
            self._unpack(part)
        except zlib.error as error:
            raise UnpackingError("the page is packed wrongly") from error
        if self.is_cut and len(self._body) > max(_SMALLEST_BOMB, _BOMB * self._taken):
            raise BombError

    def finish(self) -> None:
        """Say that no more comes; raises UnpackingError if the packing is not at its end."""
        is_begun = self._unpacking is not None or (self._start and not self._ended)
        if is_begun and not self.is_cut:
            raise UnpackingError("the page broke off in the middle")

    def _unpack(self, part: bytes) -> None:
        while not self._is_done and not self.is_cut:
            if self._unpacking is None:
                # Two bytes tell what begins here, if anything.
                self._start += part
                if len(self._start) < 2:
                    return
                if self._ended and not (self._packing == "gzip" and self._start.startswith(_START_OF_GZIP)):
                    self._is_done = True
                    return
                part, self._start = self._start, b""
                self._unpacking = self._fresh(part)
            if not part:
                return
            # One byte more than is wanted tells whether there is more.
            self._keep(self._unpacking.decompress(part, self._limit - len(self._body) + 1))
            rest = self._unpacking.unconsumed_tail
            if self._unpacking.eof:  # in gzip another one may follow, which is read on
                rest = self._unpacking.unused_data
                self._unpacking = None
                self._ended = True
            self._taken += len(part) - len(rest)
            part = rest

    def _fresh(self, start: bytes) -> zlib._Decompress:
        if self._packing == "gzip":
            return zlib.decompressobj(_GZIP)
        # Two things are called deflate; the one with a header (RFC 1950) shows it in two bytes.
        has_header = start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0
        return zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)

    def _keep(self, part: bytes) -> None:
        room = self._limit - len(self._body)
        self._body += part[:room]
        self.is_cut = self.is_cut or len(part) > room


def decode_body(body: bytes, charset: str) -> str:
    """Turn a body into text; never raises.

    Tried are: the mark at its start, UTF-8 where it fits beyond doubt, the charset that the header names,
    the one that the page names, UTF-8, and at last windows-1252, in which everything is something. Names
    that nobody knows and claims that do not fit are passed over.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    text = _decoded(body, "utf-8")
    if text is not None and not text.isascii():
        # Other encodings hardly ever look like UTF-8, but servers often claim another one for it.
        return text
    for name in (charset, _declared_charset(body), "utf-8"):
        text = _leniently_decoded(body, _encoding_of(name))
        if text is not None:
            return text
    return body.decode("cp1252", "replace")


def _declared_charset(body: bytes) -> str:
    found = _DECLARED.search(body[:_SEARCHED_FOR_CHARSET])
    if found is None:
        return ""
    name = (found[1] or found[2]).decode("ascii")
    # Whoever could read this was not reading UTF-16.
    return "utf-8" if name.lower().startswith("utf-16") else name


def _encoding_of(name: str) -> str:
    try:
        encoding = codecs.lookup(name.strip()[:40]).name if name.isascii() else ""
    except (LookupError, ValueError):
        return ""
    encoding = _WIDER.get(encoding, encoding)
    return encoding if _ENCODINGS_OF_PAGES.fullmatch(encoding) else ""


def _decoded(body: bytes, encoding: str) -> str | None:
    """Decode without any error, but for a character that is cut off at the end."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(body)
    except UnicodeError:
        return None


def _leniently_decoded(body: bytes, encoding: str) -> str | None:
    """Decode with a few errors, as pages put together from several sources have them."""
    if not encoding:
        return None
    text = _decoded(body, encoding)
    if text is not None:
        return text
    text = body.decode(encoding, "replace")
    wrong = text.count("\ufffd")
    others = len(text) - len(text.encode("ascii", "ignore")) - wrong
    return text if wrong * 10 <= others else None
