"""Decode response bodies of any declared charset to text."""

from __future__ import annotations

import codecs
import re
from typing import Final

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED: Final = re.compile(
    rb"""<meta\b[^>]*\bcharset\s*=\s*["']?\s*([A-Za-z0-9._:-]+)|<\?xml\b[^>]*\bencoding\s*=\s*["']([A-Za-z0-9._:-]+)""",
    re.IGNORECASE,
)
_DECLARATION_LIMIT: Final = 4_096

# The Encoding Standard reads these names as supersets, where Python is strict.
_SUPERSETS: Final = {
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
# Python knows encodings that no page uses, some of them harmful.
_WEB_ENCODINGS: Final = re.compile(
    r"utf-8|utf-16(?:-[lb]e)?|iso8859-\d+|cp(?:125\d|866|874|932|949)|koi8-[ru]|gb18030|big5hkscs|euc_jp"
    r"|iso2022_jp|mac-(?:roman|cyrillic)"
)


def decode_body(body: bytes, charset: str) -> str:
    """Decode a body; never raises.

    Tries the byte order mark, UTF-8 where it is certain, the charset of the header, the one that the page
    declares, UTF-8, and finally windows-1252, which decodes anything. Skips unknown and wrong charsets.
    """
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    text = _decoded(body, "utf-8")
    if text is not None and not text.isascii():
        # Text in other encodings is hardly ever valid UTF-8, while servers often mislabel UTF-8.
        return text
    for name in (charset, _declared_charset(body), "utf-8"):
        text = _leniently_decoded(body, _encoding_of(name))
        if text is not None:
            return text
    return body.decode("cp1252", "replace")


def _declared_charset(body: bytes) -> str:
    found = _DECLARED.search(body[:_DECLARATION_LIMIT])
    if found is None:
        return ""
    name = (found[1] or found[2]).decode("ascii")
    # A declaration that is readable as ASCII is not UTF-16.
    return "utf-8" if name.lower().startswith("utf-16") else name


def _encoding_of(name: str) -> str:
    try:
        encoding = codecs.lookup(name.strip()[:40]).name if name.isascii() else ""
    except (LookupError, ValueError):
        return ""
    encoding = _SUPERSETS.get(encoding, encoding)
    return encoding if _WEB_ENCODINGS.fullmatch(encoding) else ""


def _decoded(body: bytes, encoding: str) -> str | None:
    """Decode without errors, except for a character cut off at the end."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(body)
    except UnicodeError:
        return None


def _leniently_decoded(body: bytes, encoding: str) -> str | None:
    """Decode with a few errors, as in pages assembled from several sources."""
    if not encoding:
        return None
    text = _decoded(body, encoding)
    if text is not None:
        return text
    text = body.decode(encoding, "replace")
    wrong = text.count("\ufffd")
    others = len(text) - len(text.encode("ascii", "ignore")) - wrong
    return text if wrong * 10 <= others else None
