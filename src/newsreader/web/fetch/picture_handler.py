"""What the fetching process does to answer a request for a picture."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any

from newsreader.domain.urls import host_of
from newsreader.settings import paths
from newsreader.web.fetch.picture import Box, read_picture
from newsreader.web.fetch.picture_cache import PictureCache
from newsreader.web.http.client import WebClient


async def bring_picture(
    client: WebClient, request: Mapping[str, Any], tell: Callable[[str], None]
) -> dict[str, object]:
    """Read a picture.

    Args:
        client: Fetches it.
        request: Its `url`, and the `width` and `height` in pixels that it may take.
        tell: Is told how far it is, in words.

    Returns:
        The answer, without the request that it answers.

    Raises:
        WebError: It could not be read.

    """
    url = request["url"]

    def count(size: int) -> None:
        tell(f"reading the picture from {host_of(url)} ({size // 1_000} kB) …")

    box = Box(request["width"], request["height"])
    made = await read_picture(client, url, box, PictureCache(paths.pictures_dir()), on_progress=count)
    png = b64encode(made.png).decode("ascii")
    return {"answer": "picture", "png": png, "width": made.width, "height": made.height}
