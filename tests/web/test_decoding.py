"""Bodies in every charset, and in none; packed well and badly."""

from __future__ import annotations

import gzip
import zlib

import pytest

from newsreader.web.http.body_reader import BombError, Unpacker, UnpackingError
from newsreader.web.http.client import Response, Validators, WebClient
from newsreader.web.http.decoding import decode_body
from tests.web.server import PageServer, Reply

GERMAN = "Grüße, „schöne“ Welt"
RUSSIAN = "Новости дня"
JAPANESE = "今日のニュース"


def _meta(charset: str, text: str) -> bytes:
    return f'<html><meta charset="{charset}"><p>{text}</p>'.encode(charset)


@pytest.mark.parametrize(
    ("body", "charset", "text"),
    [
        (GERMAN.encode(), "utf-8", GERMAN),
        (GERMAN.encode(), "", GERMAN),
        (GERMAN.encode("cp1252"), "iso-8859-1", GERMAN),
        (GERMAN.encode("cp1252"), "us-ascii", GERMAN),
        (GERMAN.encode("cp1252"), "", GERMAN),
        (RUSSIAN.encode("koi8-r"), "KOI8-R", RUSSIAN),
        (RUSSIAN.encode("cp1251"), "windows-1251", RUSSIAN),
        (JAPANESE.encode("shift_jis"), "Shift_JIS", JAPANESE),
        (JAPANESE.encode("iso2022_jp"), "iso-2022-jp", JAPANESE),
        ("한국 뉴스".encode("cp949"), "euc-kr", "한국 뉴스"),
        ("新闻".encode("gb18030"), "gb2312", "新闻"),
        ("ş".encode("cp1254"), "iso-8859-9", "ş"),
        ("Łódź".encode("iso8859-2"), "iso88592", "Łódź"),
        (RUSSIAN.encode("cp1251"), "X-CP1251", RUSSIAN),
        (JAPANESE.encode("cp932"), "windows-31j", JAPANESE),
        (GERMAN.encode("utf-16-le"), "unicode", GERMAN),
        # a mark at the start is above everything
        (b"\xef\xbb\xbf" + GERMAN.encode(), "iso-8859-1", GERMAN),
        (b"\xff\xfe" + GERMAN.encode("utf-16-le"), "utf-8", GERMAN),
        (b"\xfe\xff" + GERMAN.encode("utf-16-be"), "", GERMAN),
        (GERMAN.encode("utf-16-le"), "utf-16le", GERMAN),
        # claims that do not fit
        (GERMAN.encode(), "iso-8859-1", GERMAN),
        (JAPANESE.encode(), "shift_jis", JAPANESE),
        (GERMAN.encode("cp1252"), "utf-8", GERMAN),
        (b"plain", "utf-16", "plain"),
        # names that nobody knows, and that no page should know
        (GERMAN.encode("cp1252"), "klingon", GERMAN),
        (b"a+ADw-b", "utf-7", "a+ADw-b"),
        (b"a\\x1bb", "unicode_escape", "a\\x1bb"),
        (b"xyz", "rot13", "xyz"),
        (b"xyz", "hex", "xyz"),
        (b"xyz", "\u00fc", "xyz"),
        (b"xyz", "a\0b", "xyz"),
        (b"", "utf-8", ""),
        # a few errors are forgiven, and a character that is cut off at the end
        (GERMAN.encode() * 10 + b"\xff", "utf-8", GERMAN * 10 + "\ufffd"),
        ("Welt ü".encode()[:-1], "utf-8", "Welt "),
        (b"\x81\x8d", "", "\ufffd\ufffd"),
    ],
)
def test_a_body_is_decoded(body: bytes, charset: str, text: str) -> None:
    assert decode_body(body, charset) == text


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        (_meta("windows-1251", RUSSIAN), ""),
        (_meta("windows-1251", RUSSIAN), "klingon"),
        (_meta("koi8-r", RUSSIAN), "utf-8"),
        (
            f"<meta http-equiv='Content-Type' content='text/html; charset=koi8-r'>{RUSSIAN}".encode("koi8-r"),
            "",
        ),
        (f'<?xml version="1.0" encoding="koi8-r"?>{RUSSIAN}'.encode("koi8-r"), ""),
        (f"<meta charset=utf-16>{RUSSIAN}".encode(), ""),
        (b" " * 3_000 + _meta("koi8-r", RUSSIAN), ""),
    ],
)
def test_a_page_may_declare_its_charset(body: bytes, charset: str) -> None:
    assert RUSSIAN in decode_body(body, charset)


def test_no_bytes_and_no_charset_ever_raise() -> None:
    everything = bytes(range(256)) * 3
    for charset in (
        "",
        "utf-8",
        "utf-16",
        "shift_jis",
        "iso-2022-jp",
        "gb18030",
        "big5",
        "euc-jp",
        "idna",
        "zip",
        "x" * 99,
    ):
        assert isinstance(decode_body(everything, charset), str)
        assert isinstance(Response("", 200, "", charset, everything, Validators()).text(), str)


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [
        ("Text/HTML; Charset=KOI8-R", "KOI8-R"),
        ('text/html;charset="utf-8"', "utf-8"),
        ("text/html; a=b; charset = 'x'; c=d", "x"),
        ("text/html", ""),
        ("text/html; charset=", ""),
    ],
)
async def test_the_charset_of_the_header_is_used(content_type: str, charset: str) -> None:
    with PageServer() as server:
        url = server.add("/page", Reply("x", content_type=content_type))
        async with WebClient(private_addresses=True) as client:
            answer = await client.get(url)
    assert (answer.content_type, answer.charset) == ("text/html", charset)


def _gzipped(body: bytes) -> bytes:
    # Without the time, which would be another in each process that collects the tests.
    return gzip.compress(body, mtime=0)


def _raw_deflated(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


def _unpacked(packing: str, packed: bytes, *, size: int, limit: int = 10_000) -> bytes:
    unpacker = Unpacker(packing, limit)
    for start in range(0, len(packed), size):
        unpacker.feed(packed[start : start + size])
    unpacker.finish()
    assert unpacker.size == len(unpacker.body)
    return unpacker.body


BODY = b"once upon a time, " * 20


@pytest.mark.parametrize(
    ("packing", "packed"),
    [
        ("", BODY),
        ("identity", BODY),
        ("gzip", _gzipped(BODY)),
        (" X-GZIP ", _gzipped(BODY)),
        ("gzip", _gzipped(BODY[:100]) + _gzipped(BODY[100:])),
        ("gzip", _gzipped(BODY) + b"trailing"),
        ("deflate", zlib.compress(BODY)),
        ("deflate", _raw_deflated(BODY)),
    ],
)
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_bodies_are_decompressed_in_chunks_of_any_size(packing: str, packed: bytes, size: int) -> None:
    assert _unpacked(packing, packed, size=size) == BODY


@pytest.mark.parametrize("packing", ["gzip", "deflate"])
def test_an_empty_body_is_valid_in_any_encoding(packing: str) -> None:
    assert _unpacked(packing, b"", size=1) == b""


@pytest.mark.parametrize(
    ("packing", "packed"),
    [
        ("gzip", _gzipped(BODY)[:-9]),
        ("gzip", b"\x1f"),
        ("gzip", BODY),
        ("deflate", zlib.compress(BODY)[:-5]),
        ("deflate", BODY),
    ],
)
def test_a_badly_compressed_body_is_refused(packing: str, packed: bytes) -> None:
    with pytest.raises(UnpackingError):
        _unpacked(packing, packed, size=10_000)


@pytest.mark.parametrize("packing", ["br", "zstd", "compress", "gzip, gzip", "anything"])
def test_unrequested_encodings_are_refused(packing: str) -> None:
    with pytest.raises(UnpackingError, match="not asked for"):
        Unpacker(packing, 1_000)


@pytest.mark.parametrize(
    "packed",
    [
        _gzipped(bytes(10_000_000)),
        _gzipped(bytes(1_000_000)) * 10,
        _gzipped(bytes(20_000)) * 500,
        zlib.compress(bytes(10_000_000)),
    ],
)
def test_a_bomb_is_never_held_in_memory(packed: bytes) -> None:
    unpacker = Unpacker("gzip" if packed.startswith(b"\x1f") else "deflate", 200_000)
    with pytest.raises(BombError):
        unpacker.feed(packed)
    assert unpacker.size == 200_000


def test_a_short_run_of_blanks_is_no_bomb() -> None:
    unpacker = Unpacker("gzip", 10_000)
    unpacker.feed(_gzipped(b" " * 1_000_000))
    unpacker.finish()
    assert (unpacker.size, unpacker.is_cut) == (10_000, True)
