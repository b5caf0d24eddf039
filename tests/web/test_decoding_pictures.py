"""What is made of the bytes of a picture: small, upright and in RGB, or words about what is wrong with it."""

from __future__ import annotations

import pytest
from PIL import Image

from newsreader.web.fetch.picture import Box, decode
from newsreader.web.http.errors import Failure, WebError
from tests.web.pictures import BLUE, RED, a_claim, a_picture, decoded, encoded, is_like

URL = "https://pics.example/photo"
BOX = Box(80, 80)


def _why(body: bytes, content_type: str = "") -> WebError:
    with pytest.raises(WebError) as caught:
        decode(body, URL, BOX, content_type)
    return caught.value


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_picture_is_scaled_down_to_its_box(kind: str) -> None:
    made = decode(encoded(a_picture(160, 90), kind), URL, BOX)
    shown = decoded(made.png)
    assert (made.width, made.height) == (160, 90)
    assert (shown.format, shown.mode, shown.size) == ("PNG", "RGB", (80, 45))
    assert is_like(shown.getpixel((40, 5)), RED)
    assert is_like(shown.getpixel((40, 40)), BLUE)


def test_a_small_picture_is_not_scaled() -> None:
    assert decoded(decode(encoded(a_picture(20, 10), "PNG"), URL, BOX).png).size == (20, 10)


def test_the_first_frame_of_an_animation_is_shown() -> None:
    frames = [a_picture(20, 10), Image.new("RGB", (20, 10), "white")]
    body = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert is_like(decoded(decode(body, URL, BOX).png).getpixel((10, 1)), RED)


def test_the_exif_orientation_is_applied() -> None:
    notes = Image.Exif()
    notes[0x0112] = 6  # to be turned by a quarter, clockwise
    made = decode(encoded(a_picture(160, 90), "JPEG", exif=notes), URL, BOX)
    shown = decoded(made.png)
    assert (made.width, made.height) == (90, 160)
    assert shown.size == (45, 80)
    assert is_like(shown.getpixel((2, 40)), BLUE)
    assert is_like(shown.getpixel((42, 40)), RED)


def test_broken_exif_data_does_not_break_the_picture() -> None:
    body = encoded(a_picture(), "JPEG", exif=b"Exif\x00\x00II*\x00\xff\xff\xff\xff")
    assert decoded(decode(body, URL, BOX).png).size == (80, 45)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_transparency_becomes_white(kind: str) -> None:
    body = encoded(Image.new("RGBA", (20, 10), (0, 0, 0, 0)), kind)
    assert decoded(decode(body, URL, BOX).png).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("mode", "colour", "kind", "grey"),
    [
        ("1", 1, "PNG", 255),
        ("L", 128, "PNG", 128),
        ("LA", (128, 255), "PNG", 128),
        ("I;16", 32_768, "PNG", 128),
        ("CMYK", (0, 0, 0, 0), "JPEG", 255),
    ],
)
def test_every_color_mode_becomes_rgb(mode: str, colour: int | tuple[int, ...], kind: str, grey: int) -> None:
    body = encoded(Image.new(mode, (20, 10), colour), kind)
    assert is_like(decoded(decode(body, URL, BOX).png).getpixel((5, 5)), (grey, grey, grey))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_truncated_picture_is_broken(kind: str, share: float) -> None:
    body = encoded(Image.effect_noise((200, 200), 50), kind)
    error = _why(body[: int(len(body) * share)], f"image/{kind.lower()}")
    assert error.kind is Failure.UNREADABLE
    assert "broken" in str(error)


def test_truncation_is_distinguished_from_other_damage() -> None:
    body = encoded(a_picture(), "PNG")
    assert str(_why(body[:-40])) == "pics.example: the picture is broken (it is cut off)"
    assert str(_why(body[:20])) == "pics.example: the picture is broken (it cannot be decoded)"


@pytest.mark.parametrize("size", [(8_000, 6_000), (12_000, 10_000), (30_000, 30_000), (2**31 - 1, 2**31 - 1)])
def test_a_picture_that_claims_to_be_huge_is_not_decoded(size: tuple[int, int]) -> None:
    error = _why(a_claim(*size))
    assert error.kind is Failure.UNSAFE
    assert str(error) == "pics.example: the picture claims to have more than 40 million pixels"


@pytest.mark.parametrize(
    ("body", "content_type", "words"),
    [
        (b"<!DOCTYPE html><title>Sorry</title>", "text/html", "sent a web page in place of the picture"),
        (b"\n <html><p>Sorry", "image/jpeg", "sent a web page in place of the picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "", "sent a drawing (SVG), which cannot be shown"),
        (b"<?xml version='1.0'?><x/>", "image/svg+xml", "sent a drawing (SVG), which cannot be shown"),
        (b"\0\0\0\x1cftypavif", "image/avif", "sent a picture of a kind that cannot be shown (AVIF)"),
        (b"II*\0", "image/tiff", "sent a picture of a kind that cannot be shown (TIFF)"),
        (b"BM", "image/x\x1b[31m-\u202ebmp", "sent a picture of a kind that cannot be shown (X31MBMP)"),
        (b"JFIF and so on", "image/jpeg", "sent a broken picture"),
        (b"%PDF-1.7", "application/pdf", "sent no picture"),
        (b"", "image/jpeg", "sent an empty picture"),
    ],
)
def test_what_is_not_a_picture_has_a_message(body: bytes, content_type: str, words: str) -> None:
    error = _why(body, content_type)
    assert error.kind is Failure.UNREADABLE
    assert str(error) == f"pics.example: {words}"


def test_other_formats_of_pillow_are_not_decoded() -> None:
    assert str(_why(encoded(a_picture(), "TIFF"))) == "pics.example: sent no picture"
    assert "(BMP)" in str(_why(encoded(a_picture(), "BMP"), "image/bmp"))
