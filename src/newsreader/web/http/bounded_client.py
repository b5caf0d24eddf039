"""A client for many requests at once, but few to one host."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from sys import maxsize
from typing import Any, Final

from newsreader.web.http.client import Response, WebClient
from newsreader.web.http.throttle import HostThrottle, ThrottleLimits

IN_TURN: Final = ThrottleLimits(patience=-1, failures=maxsize)
"""For a reader who waits: each request is made once, when its turn comes, whatever became of others."""


class BoundedClient(WebClient):
    """A client whose requests come in turn. The time that a request may take begins with its turn.

    Args:
        turns: Gives each request its turn.
        options: Those of any client.

    """

    def __init__(self, turns: HostThrottle | None = None, **options: Any) -> None:
        super().__init__(**options)
        self._turns = turns or HostThrottle(IN_TURN)

    async def get(self, url: str, **options: Any) -> Response:
        """As ever, when it is its turn. Raises WebError."""
        get = super().get
        return await self._ask(url, lambda: get(url, **options))

    async def head(self, url: str) -> Response:
        """As ever, when it is its turn. Raises WebError."""
        head = super().head
        return await self._ask(url, lambda: head(url))

    async def _ask(self, url: str, request: Callable[[], Awaitable[Response]]) -> Response:
        return await self._turns.ask(url, request)
