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
# Labels of the Encoding Standard (https://encoding.spec.whatwg.org/#names-and-labels) that Python lacks.
_LABELS: Final = {
    label: encoding
    for encoding, labels in {
        "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8",
        "iso8859-6": "csiso88596e csiso88596i iso-8859-6-e iso-8859-6-i",
        "iso8859-7": "sun_eu_greek",
        "iso8859-8": "csiso88598e csiso88598i iso-8859-8-e iso-8859-8-i logical visual",
        "iso8859-15": "csisolatin9",
        "koi8-r": "koi koi8",
        "koi8-u": "koi8-ru",
        "mac-roman": "csmacintosh mac x-mac-roman",
        "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
        "cp874": "dos-874 windows-874",
        "gb18030": "csgb2312 gb_2312 gb_2312-80 x-gbk",
        "big5hkscs": "cn-big5 x-x-big5",
        "euc_jp": "cseucpkdfmtjapanese x-euc-jp",
        "cp932": "windows-31j x-sjis",
        "cp949": "cseuckr csksc56011987 iso-ir-149 ks_c_5601-1989 ksc_5601 windows-949",
        "utf-16-be": "unicodefffe",
        "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff",
    }.items()
    for label in labels.split()
}
_GLUED: Final = re.compile(r"(?:x-(cp\d+)|iso8859(\d{1,2}))")
"""Labels such as `x-cp1251` and `iso88592`."""

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
    label = name.strip()[:40].lower()
    if found := _GLUED.fullmatch(label):
        label = found[1] or f"iso8859-{found[2]}"
    try:
        encoding = codecs.lookup(_LABELS.get(label, label)).name if label.isascii() else ""
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
