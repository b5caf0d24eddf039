"""A client for many requests in one run, which keeps to what hosts allow and can bear."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from newsreader.domain.urls import host_of
from newsreader.web.http.bounded_client import BoundedClient
from newsreader.web.http.client import Response
from newsreader.web.http.errors import Failure, OfflineError, WebError
from newsreader.web.http.robots import Robots
from newsreader.web.http.throttle import HostThrottle

_RULES = "/robots.txt"


class PoliteClient(BoundedClient):
    """A client whose requests come in turn, and only where the `robots.txt` of the site lets them.

    Args:
        turns: Gives each request its turn.
        on_begin: Is told the host when a request begins.
        options: Those of any client.

    Attributes:
        offline: The addresses that were not reached because there is no network at all, which says nothing
            of them.

    """

    def __init__(
        self, turns: HostThrottle | None = None, on_begin: Callable[[str], None] | None = None, **options: Any
    ) -> None:
        super().__init__(turns or HostThrottle(), **options)
        self.offline = set[str]()
        self._on_begin = on_begin
        self._robots: dict[str, Robots] = {}
        self._unread: dict[str, WebError] = {}
        """Why the rules of a site could not be read."""

    async def _ask(self, url: str, request: Callable[[], Awaitable[Response]]) -> Response:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}".lower()
        is_of_rules = parts.path == _RULES

        async def begin() -> Response:
            if self._on_begin is not None:
                self._on_begin(host_of(url))
            return await request()

        try:
            if not is_of_rules:
                await self._check(url, site)
            answer = await self._turns.ask(url, begin)
        except WebError as error:
            if isinstance(error, OfflineError):
                self.offline.add(url)
            if is_of_rules:
                self._unread[site] = error
            raise
        if is_of_rules:
            self._unread.pop(site, None)
        return answer

    async def _check(self, url: str, site: str) -> None:
        """Make sure that a page may be fetched, and learn how much time its site wants between requests.

        Raises:
            WebError: it may not, or its site is not reached.

        """
        permission = await self._robots.setdefault(site, Robots(self)).permission(url)
        if permission.crawl_delay:
            self._turns.slow_down(url, permission.crawl_delay)
        if permission.is_allowed:
            return
        unread = self._unread.get(site)
        if unread is None:
            raise WebError(permission.words, Failure.REFUSED, url)
        if unread.kind is Failure.UNREACHABLE:
            self._robots.pop(site, None)  # the next one asks for the rules anew
            raise type(unread)(str(unread), unread.kind, url)
        raise WebError(permission.words, unread.kind, url)
