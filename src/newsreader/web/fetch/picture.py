"""Fetch, decode and scale pictures.

Pictures are the riskiest input of this program: a few hundred bytes can expand to gigabytes, and decoders
are written in C. So they are decoded in the fetch process; the screen gets only a small PNG made there.
"""

from __future__ import annotations

import asyncio
import io
import warnings
from base64 import b64encode
from collections.abc import Callable, Mapping
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from newsreader.domain.urls import host_of
from newsreader.settings import paths
from newsreader.web.fetch.picture_cache import PictureCache
from newsreader.web.http.error_messages import failed
from newsreader.web.http.errors import NO_IMAGES, Failure, WebError

if TYPE_CHECKING:
    from PIL.Image import Image

    from newsreader.web.http.client import WebClient

MAX_BYTES = 10_000_000
"""Encoded size."""

MAX_PIXELS = 40_000_000
"""Original size: 120 MB while decoding. Press cameras make 24 million pixels."""

FORMATS = ("JPEG", "PNG", "GIF", "WEBP")
"""Pillow's other decoders are rarely used and so less tested."""

_ACCEPT = "image/jpeg, image/png, image/webp, image/gif, */*;q=0.1"
_decoding = Lock()
"""Serializes decoding: one picture may take more memory than the rest of the process."""

_ORIENTATION = 0x0112
_ROTATED = frozenset({5, 6, 7, 8})
"""EXIF orientations that swap width and height."""


class Box(NamedTuple):
    """Maximum size in pixels."""

    width: int
    height: int


class Decoded(NamedTuple):
    """A picture as RGB PNG that fits its box, and its original size in pixels."""

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
    """Return the picture at an openable URL, scaled to fit a box, from the cache or the network.

    `on_progress` is called with the number of bytes received. Raises WebError.
    """
    if not has_decoder():
        raise WebError(NO_IMAGES, Failure.UNREADABLE, url)
    cached = await asyncio.to_thread(cache.get, url)
    if cached is not None:
        try:
            return await asyncio.to_thread(decode, cached, url, box)
        except WebError:
            await asyncio.to_thread(cache.remove, url)
    answer = await client.get(
        url, accept=_ACCEPT, body_limit=MAX_BYTES, may_cut=False, on_progress=on_progress
    )
    decoded = await asyncio.to_thread(decode, answer.body, answer.url, box, answer.content_type)
    await asyncio.to_thread(cache.add, url, answer.body)
    return decoded


async def handle_picture_request(
    client: WebClient, request: Mapping[str, Any], report: Callable[[str], None]
) -> dict[str, object]:
    """Answer a picture request of the fetch process. Raises WebError."""
    url, box = request["url"], Box(request["width"], request["height"])

    def on_progress(size: int) -> None:
        report(f"reading the picture from {host_of(url)} ({size // 1_000} kB) …")

    cache = PictureCache(paths.pictures_dir())
    picture = await read_picture(client, url, box, cache, on_progress=on_progress)
    return {**picture._asdict(), "answer": "picture", "png": b64encode(picture.png).decode("ascii")}


def has_decoder() -> bool:
    """Return whether Pillow is installed."""
    from importlib.util import find_spec

    return find_spec("PIL") is not None


def decode(body: bytes, url: str, box: Box, content_type: str = "") -> Decoded:
    """Decode a picture, scale it down to a box and orient it. Slow: run it in a thread. Raises WebError."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        # Pillow only warns of sizes up to twice MAX_IMAGE_PIXELS, hence the check below.
        with _decoding, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(body), formats=FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise _too_large(url)
                return _decoded(image, box)
    except WebError:
        raise
    except UnidentifiedImageError:
        raise failed(url, _describe_other(body, content_type), Failure.UNREADABLE) from None
    except Image.DecompressionBombError:
        raise _too_large(url) from None
    except Exception as error:  # noqa: BLE001 - decoders raise any error on invalid data
        reason = "it is cut off" if "truncated" in str(error) else "it cannot be decoded"
        raise failed(url, f"the picture is broken ({reason})", Failure.UNREADABLE) from None


def _too_large(url: str) -> WebError:
    message = f"the picture claims to have more than {MAX_PIXELS // 1_000_000} million pixels"
    return failed(url, message, Failure.UNSAFE)


def _describe_other(body: bytes, content_type: str) -> str:
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
    is_rotated = _orientation(image) in _ROTATED
    width, height = reversed(image.size) if is_rotated else image.size
    scaled = _on_white(_oriented(_scaled(image, Box(box.height, box.width) if is_rotated else box)))
    png = io.BytesIO()
    scaled.save(png, "PNG", compress_level=1)
    return Decoded(png.getvalue(), width, height)


def _orientation(image: Image) -> object:
    try:
        return image.getexif().get(_ORIENTATION)
    except Exception:  # noqa: BLE001 - broken EXIF data does not break the picture
        return None


def _oriented(image: Image) -> Image:
    from PIL import ImageOps

    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - as above
        return image


def _scaled(image: Image, box: Box) -> Image:
    image.draft("RGB", box)  # decode JPEG no larger than needed, which saves most of the work
    image.load()
    # Palette indices cannot be scaled, and depths beyond 8 bits would be clipped.
    if image.mode in {"P", "PA"}:
        image = image.convert("RGBA")
    elif image.mode.startswith(("I", "F")):
        image = image.convert("I").point(lambda value: value / 256).convert("L")
    scaled = image.copy()
    scaled.thumbnail(box, reducing_gap=2.0)
    return scaled


def _on_white(image: Image) -> Image:
    """Convert to RGB on white, the usual background of web pages."""
    from PIL import Image as Images

    if image.has_transparency_data:
        layer = image.convert("RGBA")
        image = Images.new("RGBA", layer.size, "white")
        image.alpha_composite(layer)
    return image.convert("RGB")
