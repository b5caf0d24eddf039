"""Connections to hosts: to checked addresses, or through the proxy of the environment."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
from collections.abc import AsyncIterator, Iterable
from time import monotonic
from typing import Final
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from newsreader.web.http.address_policy import Resolve, addresses_of, is_online, is_private, is_private_host
from newsreader.web.http.errors import Failure, NoConnectionError, causes_of, private_address
from newsreader.web.http.proxies import KEEP_ALIVE, MAX_CONNECTIONS, proxy_pool

LOCATION: Final = "location"
"""Response extension that holds the header `Location` as bytes."""

_MAX_ADDRESSES: Final = 4
_ADDRESS_TIMEOUT: Final = 3.0
"""Seconds to try one address while there are others."""
_OFFLINE: Final = frozenset({errno.ENETUNREACH, errno.ENETDOWN})


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a host once, checks all its addresses, and connects only to these.

    A host with any private address is refused: resolved again, it could return only that one.
    `allows_private` disables the check, but not the resolving.
    """

    def __init__(self, *, allows_private: bool, resolve: Resolve = addresses_of) -> None:
        self._allows_private = allows_private
        self._resolve = resolve
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - not set by these pools
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers, within `timeout` seconds."""
        deadline = monotonic() + (timeout if timeout is not None else _ADDRESS_TIMEOUT)
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._addresses(host, port)
        except TimeoutError:
            raise httpcore.ConnectTimeout from None
        failures: list[Exception] = []
        for left in range(len(addresses), 0, -1):
            address = addresses[-left]
            rest = max(0.05, deadline - monotonic())
            try:
                return await self._backend.connect_tcp(
                    address, port, min(rest, _ADDRESS_TIMEOUT) if left > 1 else rest
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failures.append(error)
        if set(map(_errno_of, failures)) <= _OFFLINE:
            raise _offline()
        raise failures[-1]

    async def _addresses(self, host: str, port: int) -> list[str]:
        try:
            addresses = await self._resolve(host, port)
        except socket.gaierror as error:
            raise _unresolved(error) from error
        except UnicodeError as error:
            raise _no_host() from error
        if not addresses:
            raise _no_host()
        if not self._allows_private and any(map(is_private, addresses)):
            raise private_address()
        return addresses[:_MAX_ADDRESSES]


class RoutingTransport(httpx.AsyncBaseTransport):
    """Sends requests directly to checked addresses, or through the proxies of the environment.

    A proxy resolves names itself, so only hosts that are private by name are refused.
    """

    def __init__(self, tls: ssl.SSLContext, *, allows_private: bool, resolve: Resolve = addresses_of) -> None:
        self._tls = tls
        self._allows_private = allows_private
        self._proxies = getproxies()
        self._direct = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=MAX_CONNECTIONS,
            keepalive_expiry=KEEP_ALIVE,
            network_backend=CheckedBackend(allows_private=allows_private, resolve=resolve),
        )
        self._proxied: dict[str, httpcore.AsyncConnectionPool] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; raises NoConnectionError and the errors of httpcore."""
        response = await self._pool_for(request.url).handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        location = [value for name, value in response.headers if name.lower() == b"location"]
        return httpx.Response(
            response.status,
            # httpx parses Location even where it does not follow redirects.
            headers=[(name, value) for name, value in response.headers if name.lower() != b"location"],
            stream=_Body(response),
            extensions={**response.extensions, LOCATION: location[0] if location else b""},
        )

    async def aclose(self) -> None:
        """Close all connections."""
        for pool in (self._direct, *self._proxied.values()):
            await pool.aclose()

    def _pool_for(self, url: httpx.URL) -> httpcore.AsyncConnectionPool:
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all")
        host = url.raw_host.decode("ascii")
        if not proxy or proxy_bypass(host):
            return self._direct
        if not self._allows_private and is_private_host(host):
            raise private_address()
        if proxy not in self._proxied:
            self._proxied[proxy] = proxy_pool(proxy, self._tls)
        return self._proxied[proxy]


class _Body(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._response.aiter_stream():
            yield part

    async def aclose(self) -> None:
        await self._response.aclose()


def _unresolved(error: socket.gaierror) -> NoConnectionError:
    unknown = {getattr(socket, name, None) for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY")}
    # Some systems report an unknown host while there is no network.
    if error.errno in unknown and is_online():
        return _no_host()
    return _offline()


def _no_host() -> NoConnectionError:
    return NoConnectionError("there is no host of that name", Failure.UNREACHABLE)


def _offline() -> NoConnectionError:
    return NoConnectionError("the network cannot be reached", Failure.UNREACHABLE, is_offline=True)


def _errno_of(error: BaseException) -> int | None:
    for cause in causes_of(error):
        if isinstance(cause, OSError) and cause.errno is not None:
            return cause.errno
    return None
