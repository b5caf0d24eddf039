"""Bringing a picture: over a real connection, bounded, kept for the next time."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PIL import Image

from newsreader.web.fetch import picture as pictures
from newsreader.web.fetch.client import Fetcher
from newsreader.web.fetch.picture import Box, Decoded, read_picture
from newsreader.web.fetch.picture_cache import PictureCache
from newsreader.web.fetch.protocol import PICTURE, Failed, PictureFetched, Stage
from newsreader.web.http.client import Limits, WebClient
from newsreader.web.http.errors import NO_IMAGES, Failure, WebError
from tests.web.pictures import a_claim, a_picture, decoded, encoded
from tests.web.server import Delivery, PageServer, Reply

BOX = Box(80, 80)
JPEG = encoded(a_picture(160, 90), "JPEG")
PATH = "/photo.jpg"


def _photo(body: bytes = JPEG, content_type: str = "image/jpeg", **more: object) -> Reply:
    return Reply(body, content_type=content_type, **more)  # type: ignore[arg-type]


async def _read(url: str, cache: PictureCache, box: Box = BOX) -> Decoded:
    async with WebClient(private_addresses=True, limits=Limits(read=10, total=20)) as client:
        return await read_picture(client, url, box, cache)


async def _why(reply: Reply, folder: Path) -> WebError:
    """What is said of a reply; nothing of it is kept."""
    cache = PictureCache(folder / "pictures")
    with PageServer() as server:
        server.add(PATH, reply)
        with pytest.raises(WebError) as caught:
            await _read(server.url(PATH), cache)
    assert cache.size().pictures == 0
    return caught.value


async def test_a_picture_is_scaled_and_then_read_from_the_cache(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path / "pictures")
    with PageServer() as server:
        server.add(PATH, _photo())
        first = await _read(server.url(PATH), cache)
        assert "image/" in server.requests[0].headers["accept"]
    assert decoded(first.png).size == (80, 45)
    larger = await _read(server.url(PATH), cache, Box(500, 500))  # nobody listens any more
    assert decoded(larger.png).size == (160, 90)


async def test_a_damaged_cached_picture_is_fetched_again(tmp_path: Path) -> None:
    cache = PictureCache(tmp_path / "pictures")
    with PageServer() as server:
        cache.add(server.add(PATH, _photo()), JPEG[:100])
        await _read(server.url(PATH), cache)
        assert server.paths() == [PATH]
        await _read(server.url(PATH), cache)
        assert server.paths() == [PATH]


async def test_progress_is_reported(tmp_path: Path) -> None:
    told: list[int] = []
    body = encoded(Image.effect_noise((300, 300), 50), "PNG")
    with PageServer() as server:
        server.add(PATH, _photo(body, delivery=Delivery.CHUNKED))
        async with WebClient(private_addresses=True) as client:
            await read_picture(client, server.url(PATH), BOX, PictureCache(tmp_path), on_progress=told.append)
    assert told == sorted(told)
    assert told[-1] == len(body)


@pytest.mark.parametrize(
    ("reply", "kind", "words"),
    [
        (Reply("<p>No such page.", 404), Failure.GONE, "has no such page (404)"),
        (Reply("<!doctype html><p>Log in"), Failure.UNREADABLE, "sent a web page in place of the picture"),
        (
            _photo(b"<svg/>", "image/svg+xml"),
            Failure.UNREADABLE,
            "sent a drawing (SVG), which cannot be shown",
        ),
        (_photo(JPEG[:-300]), Failure.UNREADABLE, "the picture is broken (it is cut off)"),
        (
            _photo(a_claim(60_000, 60_000), "image/png"),
            Failure.UNSAFE,
            "the picture claims to have more than 40 million pixels",
        ),
        (
            _photo(bytes(100_000), delivery=Delivery.ENDLESS),
            Failure.UNREADABLE,
            "more than 10 MB, which is the most that is read",
        ),
    ],
)
async def test_failures_have_a_message_and_are_not_cached(
    reply: Reply, kind: Failure, words: str, tmp_path: Path
) -> None:
    error = await _why(reply, tmp_path)
    assert error.kind is kind
    assert str(error).endswith(f": {words}")


async def test_a_truncated_download_is_not_cached(tmp_path: Path) -> None:
    error = await _why(_photo(delivery=Delivery.CUT_SHORT), tmp_path)
    assert error.kind is Failure.BROKEN


async def test_without_pillow_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "has_decoder", lambda: False)
    with PageServer() as server:
        server.add(PATH, _photo())
        with pytest.raises(WebError, match="need an extra") as caught:
            await _read(server.url(PATH), PictureCache(tmp_path))
        assert server.requests == []
    assert str(caught.value) == NO_IMAGES


async def test_a_picture_at_a_private_address_is_not_fetched(tmp_path: Path) -> None:
    with PageServer() as server:
        server.add(PATH, _photo())
        async with WebClient() as client:
            with pytest.raises(WebError) as caught:
                await read_picture(client, server.url(PATH), BOX, PictureCache(tmp_path))
        assert server.requests == []
    assert caught.value.kind is Failure.UNSAFE


async def test_a_picture_request_can_be_cancelled(tmp_path: Path) -> None:
    with PageServer() as server:
        server.add(PATH, _photo(delivery=Delivery.SILENT))
        task = asyncio.create_task(_read(server.url(PATH), PictureCache(tmp_path)))
        async with asyncio.timeout(20):
            while not server.requests:
                await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task


def test_the_fetch_process_returns_a_picture_or_a_failure() -> None:
    fetcher = Fetcher(private_addresses=True)
    try:
        with PageServer() as server:
            server.add(PATH, _photo())
            number = fetcher.ask(PICTURE, url=server.url(PATH), width=80, height=80)
            answer = next(answer for answer in fetcher.answers() if not isinstance(answer, Stage))
            assert isinstance(answer, PictureFetched)
            assert (answer.id, answer.width, answer.height) == (number, 160, 90)
            assert decoded(answer.png).size == (80, 45)
            missing = server.url("/missing.jpg")
            fetcher.ask(PICTURE, url=missing, width=80, height=80)
            failure = next(answer for answer in fetcher.answers() if not isinstance(answer, Stage))
            assert isinstance(failure, Failed)
            assert (failure.kind, failure.url) == (Failure.GONE, missing)
    finally:
        fetcher.stop()
