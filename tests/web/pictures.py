"""Pictures of every kind, good and bad, made for tests."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw

RED, BLUE = (220, 30, 40), (20, 60, 200)


def a_picture(width: int = 160, height: int = 90) -> Image.Image:
    """Red above, blue below."""
    image = Image.new("RGB", (width, height), RED)
    ImageDraw.Draw(image).rectangle((0, height // 2, width, height), fill=BLUE)
    return image


def encoded(image: Image.Image, kind: str, **more: Any) -> bytes:
    """The bytes of a file of that kind."""
    written = io.BytesIO()
    image.save(written, kind, **more)
    return written.getvalue()


def decoded(png: bytes) -> Image.Image:
    """The picture that a file holds."""
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


def a_claim(width: int, height: int) -> bytes:
    """A PNG of a hundred bytes that says it is of that size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + rows + chunk(b"IEND", b"")


def is_like(color: object, wanted: tuple[int, int, int]) -> bool:
    """Whether a colour is what was meant, as far as lossy kinds keep it."""
    return isinstance(color, tuple) and all(
        abs(one - two) < 40 for one, two in zip(color, wanted, strict=True)
    )
