"""Asking many hosts for many pages without being a burden to any of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple, TypeVar

from newsreader.domain.urls import host_of
from newsreader.web.http.errors import Failure, OfflineError, WebError

Result = TypeVar("Result")


class ThrottleLimits(NamedTuple):
    """How much is asked at once, and how long is waited, in seconds.

    `delay` is the most that is waited between two requests because a `robots.txt` asks for it, `patience`
    the most that is waited because a server is busy. After `failures` requests in a row that did not reach
    a host it is given up.
    """

    in_all: int = 8
    per_host: int = 2
    delay: float = 10
    patience: float = 60
    failures: int = 3


class _Host:
    """What is known of a host during one run."""

    def __init__(self, per_host: int) -> None:
        self.turns = asyncio.Semaphore(per_host)
        self.beginning = asyncio.Lock()
        self.free_at = 0.0
        """When the next request may begin, by the clock of the loop."""
        self.delay = 0.0
        self.failures = 0


class HostThrottle:
    """Gives each request its turn: so many in all, so many at a host, and none before the host wants it.

    Args:
        manners: How many, and how long is waited.
        sleep: Waits so many seconds.

    """

    def __init__(
        self,
        manners: ThrottleLimits = ThrottleLimits(),  # noqa: B008 - a value
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._manners = manners
        self._sleep = sleep
        self._all = asyncio.Semaphore(manners.in_all)
        self._hosts: dict[str, _Host] = {}
        self._offline = 0
        """How often there was no network, before anything was reached; negative when something was."""

    def slow_down(self, url: str, delay: float) -> None:
        """Wait between the requests to the host of an address as its `robots.txt` asks, within bounds."""
        self._host(host_of(url)).delay = min(max(0, delay), self._manners.delay)

    async def ask(self, url: str, request: Callable[[], Awaitable[Result]]) -> Result:
        """Make a request when its turn comes; once more where the server asks to come back soon.

        Raises:
            WebError: it failed, or its host was given up.

        """
        try:
            return await self._ask_once(url, request)
        except WebError as error:
            if error.kind is not Failure.BUSY or error.retry_after is None:
                raise
            if error.retry_after > self._manners.patience:
                raise
            host = self._host(host_of(url))
            host.free_at = max(host.free_at, _now() + error.retry_after)
        return await self._ask_once(url, request)

    async def _ask_once(self, url: str, request: Callable[[], Awaitable[Result]]) -> Result:
        name = host_of(url)
        host = self._host(name)
        async with self._turn(host):
            if host.failures >= self._manners.failures:
                raise WebError(
                    f"{name}: was given up after {host.failures} failures", Failure.UNREACHABLE, url
                )
            if self._offline >= self._manners.failures:
                raise OfflineError(f"{name}: the network cannot be reached", Failure.UNREACHABLE, url)
            try:
                result = await request()
            except WebError as error:
                self._note_failure(host, name, error)
                raise
            host.failures, self._offline = 0, -1
            return result

    def _note_failure(self, host: _Host, name: str, error: WebError) -> None:
        if isinstance(error, OfflineError):
            self._offline += self._offline >= 0
        elif error.status:
            self._offline = -1
        # After a redirect it is another host that cannot be reached.
        is_away = error.kind is Failure.UNREACHABLE and host_of(error.url) == name
        host.failures = host.failures + 1 if is_away else 0

    @asynccontextmanager
    async def _turn(self, host: _Host) -> AsyncIterator[None]:
        async with host.turns:
            async with host.beginning:
                if host.failures < self._manners.failures and (wait := host.free_at - _now()) > 0:
                    await self._sleep(wait)
                await self._all.acquire()
                host.free_at = max(host.free_at, _now() + host.delay)
            try:
                yield
            finally:
                self._all.release()

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host(self._manners.per_host))


def _now() -> float:
    return asyncio.get_running_loop().time()
