"""A story's picture: fetched, looked at with suspicion, and made as small as it will be shown.

A picture from the network is the most dangerous thing that this program reads: a few hundred bytes can ask
for gigabytes, and decoders are written in C. So it is decoded in the process that fetches, never in that of
the screen, which only gets a small PNG that we wrote ourselves.
"""

from __future__ import annotations

import asyncio
import io
import warnings
from collections.abc import Callable
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from newsreader.web.http.error_messages import failed
from newsreader.web.http.errors import NO_IMAGES, Failure, WebError

if TYPE_CHECKING:
    from PIL.Image import Image

    from newsreader.web.fetch.picture_cache import PictureCache
    from newsreader.web.http.client import WebClient

MOST_BYTES = 10_000_000
"""Bytes of a picture as it is sent."""

MOST_PIXELS = 40_000_000
"""Pixels of a picture as it is sent: 120 MB while it is decoded. Cameras of reporters make 24 million."""

KINDS = ("JPEG", "PNG", "GIF", "WEBP")
"""What is decoded. Other decoders of Pillow are rarely used, hence rarely tested by anyone."""

_ACCEPT = "image/jpeg, image/png, image/webp, image/gif, */*;q=0.1"
_at_work = Lock()
"""Held while a picture is decoded: each may take as much memory as all else together."""

_ORIENTATION = 0x0112
_TURNED = frozenset({5, 6, 7, 8})
"""Values of the EXIF orientation with which width and height change places."""


class Box(NamedTuple):
    """Pixels that a picture may take."""

    width: int
    height: int


class Decoded(NamedTuple):
    """A picture as a PNG in RGB that fits its box, and how many pixels it had before it was made to fit."""

    png: bytes
    width: int
    height: int


async def read_picture(
    client: WebClient,
    url: str,
    box: Box,
    cache: PictureCache,
    *,
    on_progress: Callable[[int], None] | None = None,
) -> Decoded:
    """Give a picture that fits a box, from the cache if it was fetched before.

    Args:
        client: Fetches it.
        url: Where it is; an address that `is_openable`.
        box: What there is room for.
        cache: Keeps pictures as they came.
        on_progress: Told how many bytes have come.

    Raises:
        WebError: It did not come, or is no picture that can be shown.

    """
    if not has_decoder():
        raise WebError(NO_IMAGES, Failure.UNREADABLE, url)
    kept = await asyncio.to_thread(cache.get, url)
    if kept is not None:
        try:
            return await asyncio.to_thread(decode, kept, url, box)
        except WebError:
            await asyncio.to_thread(cache.forget, url)
    answer = await client.get(
        url, accept=_ACCEPT, body_limit=MOST_BYTES, may_cut=False, on_progress=on_progress
    )
    decoded = await asyncio.to_thread(decode, answer.body, answer.url, box, answer.content_type)
    await asyncio.to_thread(cache.keep, url, answer.body)
    return decoded


def has_decoder() -> bool:
    """Whether Pillow is installed."""
    from importlib.util import find_spec

    return find_spec("PIL") is not None


def decode(body: bytes, url: str, box: Box, content_type: str = "") -> Decoded:
    """Decode a picture and scale it down to a box, the right way up. Takes long: not for an event loop.

    Raises:
        WebError: It is none, is broken, or asks for too much.

    """
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        # What is wrong is told by what comes of it. Pillow only warns of sizes up to twice the number above.
        with _at_work, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(body), formats=KINDS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise _too_large(url)
                return _decoded(image, box)
    except WebError:
        raise
    except UnidentifiedImageError:
        raise failed(url, _other(body, content_type), Failure.UNREADABLE) from None
    except Image.DecompressionBombError:
        raise _too_large(url) from None
    except Exception as error:  # noqa: BLE001 - decoders fed with rubbish raise whatever they like
        why = "it is cut off" if "truncated" in str(error) else "it cannot be decoded"
        raise failed(url, f"the picture is broken ({why})", Failure.UNREADABLE) from None


def _too_large(url: str) -> WebError:
    words = f"the picture claims to have more than {MOST_PIXELS // 1_000_000} million pixels"
    return failed(url, words, Failure.UNSAFE)


def _other(body: bytes, content_type: str) -> str:
    """What a server sent in place of a picture."""
    start = body[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not body:
        return "sent an empty picture"
    if content_type == "image/svg+xml" or b"<svg" in start:
        return "sent a drawing (SVG), which cannot be shown"
    if content_type == "text/html" or start.startswith((b"<!doctype html", b"<html")):
        return "sent a web page in place of the picture"
    kind, _, name = content_type.partition("/")
    if kind == "image" and name not in {"jpeg", "jpg", "png", "gif", "webp"}:
        named = "".join(char for char in name.upper() if char.isascii() and char.isalnum())[:12]
        return f"sent a picture of a kind that cannot be shown ({named or 'unknown'})"
    return "sent a broken picture" if kind == "image" else "sent no picture"


def _decoded(image: Image, box: Box) -> Decoded:
    is_turned = _orientation(image) in _TURNED
    width, height = reversed(image.size) if is_turned else image.size
    shrunk = _shrunk(image, Box(box.height, box.width) if is_turned else box)
    return Decoded(_png(_on_white(_upright(shrunk))), width, height)


def _orientation(image: Image) -> object:
    try:
        return image.getexif().get(_ORIENTATION)
    except Exception:  # noqa: BLE001 - broken notes of a camera do not break the picture
        return None


def _upright(image: Image) -> Image:
    """The picture as the camera was held."""
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - as above
        return image


def _shrunk(image: Image, box: Box) -> Image:
    """Small enough for a box. JPEG is decoded no larger than needed, which saves most of the work."""
    image.draft("RGB", box)
    image.load()
    # Palettes cannot be scaled without mixing up their colours; depths beyond 8 bits would be clipped.
    if image.mode in {"P", "PA"}:
        image = image.convert("RGBA")
    elif image.mode.startswith(("I", "F")):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    shrunk = image.copy()
    shrunk.thumbnail(box, reducing_gap=2.0)
    return shrunk


def _on_white(image: Image) -> Image:
    """In RGB; what can be seen through is white, as on the pages that the picture was made for."""
    from PIL import Image as Images

    if image.has_transparency_data:
        layered = image.convert("RGBA")
        ground = Images.new("RGBA", layered.size, "white")
        ground.alpha_composite(layered)
        image = ground
    return image.convert("RGB")


def _png(image: Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG", compress_level=1)
    return written.getvalue()
