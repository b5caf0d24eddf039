"""The client of the fetching process: many requests at once, but few to one host."""

from __future__ import annotations

from typing import Any

from newsreader.web.bounds import Bounds
from newsreader.web.client import Answer, WebClient


class BoundedClient(WebClient):
    """A client whose requests come in turn, see `Bounds`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._bounds = Bounds()

    async def get(self, url: str, **options: Any) -> Answer:
        """As ever, when it is its turn. The time that a request may take begins then."""
        async with self._bounds.turn(url):
            return await super().get(url, **options)

    async def head(self, url: str) -> Answer:
        """As ever, when it is its turn."""
        async with self._bounds.turn(url):
            return await super().head(url)
