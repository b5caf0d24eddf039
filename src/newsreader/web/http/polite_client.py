"""Clients for many requests: throttled by host, and also bound by robots.txt."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from sys import maxsize
from typing import Any, Final
from urllib.parse import urlsplit

from newsreader.domain.urls import host_of
from newsreader.web.http.client import Response, WebClient
from newsreader.web.http.errors import Failure, OfflineError, WebError
from newsreader.web.http.robots import Robots
from newsreader.web.http.throttle import HostThrottle, ThrottleLimits

INTERACTIVE: Final = ThrottleLimits(patience=-1, failures=maxsize)
"""For a user who waits: every request is made once, without a pause, regardless of earlier failures."""


class ThrottledClient(WebClient):
    """A client whose requests go through a throttle. Time limits of a request start when it is sent."""

    def __init__(self, throttle: HostThrottle | None = None, **options: Any) -> None:
        super().__init__(**options)
        self._throttle = throttle or HostThrottle(INTERACTIVE)

    async def get(self, url: str, **options: Any) -> Response:
        """Fetch a URL when the throttle permits. Raises WebError."""
        get = super().get
        return await self._request(url, lambda: get(url, **options))

    async def head(self, url: str) -> Response:
        """Send a HEAD request when the throttle permits. Raises WebError."""
        head = super().head
        return await self._request(url, lambda: head(url))

    async def _request(self, url: str, send: Callable[[], Awaitable[Response]]) -> Response:
        return await self._throttle.ask(url, send)


class PoliteClient(ThrottledClient):
    """A throttled client that follows robots.txt.

    Args:
        throttle: The default waits as long as busy hosts ask for.
        on_begin: Called with the host when a request is sent.
        options: Of WebClient.

    Attributes:
        offline: URLs that failed because there is no network, which says nothing about them.

    """

    def __init__(
        self,
        throttle: HostThrottle | None = None,
        on_begin: Callable[[str], None] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(throttle or HostThrottle(), **options)
        self.offline = set[str]()
        self._on_begin = on_begin
        self._robots: dict[str, Robots] = {}

    async def _request(self, url: str, send: Callable[[], Awaitable[Response]]) -> Response:
        async def begin() -> Response:
            if self._on_begin is not None:
                self._on_begin(host_of(url))
            return await send()

        try:
            if urlsplit(url).path != "/robots.txt":
                await self._check(url)
            return await self._throttle.ask(url, begin)
        except OfflineError:
            self.offline.add(url)
            raise

    async def _check(self, url: str) -> None:
        """Apply the crawl delay of a site; raises WebError unless its robots.txt allows the page."""
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}".lower()
        permission = await self._robots.setdefault(site, Robots(self)).permission(url)
        if permission.crawl_delay:
            self._throttle.slow_down(url, permission.crawl_delay)
        if permission.is_allowed:
            return
        error = permission.error
        if error is not None and error.kind is Failure.UNREACHABLE:
            self._robots.pop(site, None)  # the next request retries robots.txt
            raise type(error)(str(error), error.kind, url)
        raise WebError(permission.reason, error.kind if error else Failure.REFUSED, url)
