"""How many requests are under way at once: few for each host, and not many in all."""

from __future__ import annotations

from asyncio import Semaphore
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from newsreader.domain.urls import host_of

A_HOST = 2
"""Requests at once to one host."""

IN_ALL = 8
"""Requests at once to all hosts."""


class Bounds:
    """Lets requests come in turn.

    Args:
        a_host: At once to one host.
        in_all: At once to all hosts.

    """

    def __init__(self, a_host: int = A_HOST, in_all: int = IN_ALL) -> None:
        self._a_host = a_host
        self._in_all = Semaphore(in_all)
        self._hosts: dict[str, Semaphore] = {}
        self._users = Counter[str]()

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Wait for the turn of a request to an address, and keep it until the request is over."""
        host = host_of(url)
        self._users[host] += 1
        try:
            # First the host: whoever waits for a slow one keeps nobody from the others.
            async with self._hosts.setdefault(host, Semaphore(self._a_host)), self._in_all:
                yield
        finally:
            self._users[host] -= 1
            if not self._users[host]:
                del self._users[host], self._hosts[host]
