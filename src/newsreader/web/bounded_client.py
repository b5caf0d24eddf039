"""A client for many requests at once, but few to one host."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from sys import maxsize
from typing import Any, Final

from newsreader.web.client import Answer, WebClient
from newsreader.web.manners import Manners, Turns

IN_TURN: Final = Manners(patience=-1, failures=maxsize)
"""For a reader who waits: each request is made once, when its turn comes, whatever became of others."""


class BoundedClient(WebClient):
    """A client whose requests come in turn. The time that a request may take begins with its turn.

    Args:
        turns: Gives each request its turn.
        options: Those of any client.

    """

    def __init__(self, turns: Turns | None = None, **options: Any) -> None:
        super().__init__(**options)
        self._turns = turns or Turns(IN_TURN)

    async def get(self, url: str, **options: Any) -> Answer:
        """As ever, when it is its turn. Raises WebError."""
        get = super().get
        return await self._ask(url, lambda: get(url, **options))

    async def head(self, url: str) -> Answer:
        """As ever, when it is its turn. Raises WebError."""
        head = super().head
        return await self._ask(url, lambda: head(url))

    async def _ask(self, url: str, request: Callable[[], Awaitable[Answer]]) -> Answer:
        return await self._turns.ask(url, request)
