"""Limit the request rate, overall and for each host."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final, NamedTuple, TypeVar

from newsreader.domain.urls import host_of
from newsreader.web.http.errors import Failure, OfflineError, WebError

Result = TypeVar("Result")


class ThrottleLimits(NamedTuple):
    """Numbers of concurrent requests, and waits in seconds.

    `delay` caps the crawl delay of a robots.txt, `patience` the wait for a busy server. After `failures`
    consecutive connection failures a host is skipped.
    """

    in_all: int = 8
    per_host: int = 2
    delay: float = 10
    patience: float = 60
    failures: int = 3


_DEFAULT_LIMITS: Final = ThrottleLimits()


class _Host:
    """State of one host. `free_at` is the loop time before which no request starts."""

    def __init__(self, per_host: int) -> None:
        self.slots = asyncio.Semaphore(per_host)
        self.starting = asyncio.Lock()
        self.free_at = 0.0
        self.delay = 0.0
        self.failures = 0


class HostThrottle:
    """Schedules requests within limits; `sleep` waits for a number of seconds."""

    def __init__(
        self,
        limits: ThrottleLimits = _DEFAULT_LIMITS,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._limits = limits
        self._sleep = sleep
        self._all = asyncio.Semaphore(limits.in_all)
        self._hosts: dict[str, _Host] = {}
        self._offline = 0
        """Offline failures before any response; negative after one."""

    def slow_down(self, url: str, delay: float) -> None:
        """Apply the crawl delay of a host's robots.txt, within the limits."""
        self._host(host_of(url)).delay = min(max(0, delay), self._limits.delay)

    async def ask(self, url: str, request: Callable[[], Awaitable[Result]]) -> Result:
        """Make a request when the limits permit; retry once if a busy server asks for a short wait.

        Raises:
            WebError: The request failed, or its host is skipped.

        """
        try:
            return await self._ask_once(url, request)
        except WebError as error:
            if error.kind is not Failure.BUSY or error.retry_after is None:
                raise
            if error.retry_after > self._limits.patience:
                raise
            host = self._host(host_of(url))
            host.free_at = max(host.free_at, _now() + error.retry_after)
        return await self._ask_once(url, request)

    async def _ask_once(self, url: str, request: Callable[[], Awaitable[Result]]) -> Result:
        name = host_of(url)
        host = self._host(name)
        async with self._slot(host):
            if host.failures >= self._limits.failures:
                message = f"{name}: was given up after {host.failures} failures"
                raise WebError(message, Failure.UNREACHABLE, url)
            if self._offline >= self._limits.failures:
                raise OfflineError(f"{name}: the network cannot be reached", Failure.UNREACHABLE, url)
            try:
                result = await request()
            except WebError as error:
                self._count_failure(host, name, error)
                raise
            host.failures, self._offline = 0, -1
            return result

    def _count_failure(self, host: _Host, name: str, error: WebError) -> None:
        if isinstance(error, OfflineError):
            self._offline += self._offline >= 0
        elif error.status:
            self._offline = -1
        # After a redirect the unreachable host is another one.
        is_unreachable = error.kind is Failure.UNREACHABLE and host_of(error.url) == name
        host.failures = host.failures + 1 if is_unreachable else 0

    @asynccontextmanager
    async def _slot(self, host: _Host) -> AsyncIterator[None]:
        async with host.slots:
            async with host.starting:
                if host.failures < self._limits.failures and (wait := host.free_at - _now()) > 0:
                    await self._sleep(wait)
                await self._all.acquire()
                host.free_at = max(host.free_at, _now() + host.delay)
            try:
                yield
            finally:
                self._all.release()

    def _host(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host(self._limits.per_host))


def _now() -> float:
    return asyncio.get_running_loop().time()
