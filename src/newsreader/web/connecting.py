"""Connections to hosts: to an address that was looked at before, or through the proxy of the surroundings."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import AsyncIterator, Iterable, Iterator
from time import monotonic
from typing import Final
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from newsreader.web.addresses import Resolve, addresses_of, is_private, is_private_host
from newsreader.web.errors import Failure

_MOST_ADDRESSES: Final = 4
_PATIENCE: Final = 3.0
"""How long one address is tried while there are others, in seconds."""
_OFFLINE: Final = frozenset({errno.ENETUNREACH, errno.ENETDOWN})
_MOST_CONNECTIONS: Final = 40
_KEEP_ALIVE: Final = 5.0


class NoConnectionError(Exception):
    """No connection is made. The text goes after the name of the host.

    Attributes:
        kind: What a reader can do about it.
        is_offline: Whether the network itself cannot be reached, so that no other host will fare better.

    """

    def __init__(self, words: str, kind: Failure, *, is_offline: bool = False) -> None:
        super().__init__(words)
        self.kind = kind
        self.is_offline = is_offline


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Resolves a host once, looks at all its addresses, and connects to one of these and to no other.

    A host that has one private address among others is refused as a whole: asked again, it could name that
    one alone. `allows_private` leaves the looking out, not the resolving.
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
        local_address: str | None = None,  # noqa: ARG002 - never set by our pools
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that answers, within `timeout` seconds."""
        addresses = await self._addresses(host, port)
        ends_at = monotonic() + (timeout if timeout is not None else 60.0)
        failures: list[Exception] = []
        for left in range(len(addresses), 0, -1):
            address = addresses[-left]
            patience = max(0.05, ends_at - monotonic())
            try:
                return await self._backend.connect_tcp(
                    address, port, min(patience, _PATIENCE) if left > 1 else patience
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failures.append(error)
        numbers = {_errno_of(failure) for failure in failures}
        if numbers <= _OFFLINE:
            raise NoConnectionError("the network cannot be reached", Failure.UNREACHABLE, is_offline=True)
        raise failures[-1]

    async def _addresses(self, host: str, port: int) -> list[str]:
        try:
            addresses = await self._resolve(host, port)
        except socket.gaierror as error:
            raise _unresolved(error) from error
        except (OSError, UnicodeError) as error:
            raise NoConnectionError("there is no host of that name", Failure.UNREACHABLE) from error
        if not addresses:
            raise NoConnectionError("there is no host of that name", Failure.UNREACHABLE)
        if not self._allows_private and any(map(is_private, addresses)):
            raise private_address()
        return addresses[:_MOST_ADDRESSES]


class RoutingTransport(httpx.AsyncBaseTransport):
    """Sends requests on their way: straight to checked addresses, or through the proxies of the surroundings.

    Where a proxy is used, it resolves the name; then only hosts that are private by name are refused.
    """

    def __init__(self, tls: ssl.SSLContext, *, allows_private: bool, resolve: Resolve = addresses_of) -> None:
        self._tls = tls
        self._allows_private = allows_private
        self._proxies = getproxies()
        backend = CheckedBackend(allows_private=allows_private, resolve=resolve)
        self._direct = httpcore.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=_MOST_CONNECTIONS,
            keepalive_expiry=_KEEP_ALIVE,
            network_backend=backend,
        )
        self._through: dict[str, httpcore.AsyncConnectionPool] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; the errors are those of httpcore, and NoConnectionError."""
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
        return httpx.Response(
            response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        for pool in (self._direct, *self._through.values()):
            await pool.aclose()

    def _pool_for(self, url: httpx.URL) -> httpcore.AsyncConnectionPool:
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all")
        if not proxy or proxy_bypass(url.host):
            return self._direct
        if not self._allows_private and is_private_host(url.host):
            raise private_address()
        if proxy not in self._through:
            self._through[proxy] = _proxied(proxy, self._tls)
        return self._through[proxy]


class _Body(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._response.aiter_stream():
            yield part

    async def aclose(self) -> None:
        await self._response.aclose()


def private_address() -> NoConnectionError:
    """Say that an address is none of those that everybody can reach."""
    return NoConnectionError("the address is a private one, which pages may not lead to", Failure.UNSAFE)


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """Give an error and those that it came from, the innermost last."""
    current: BaseException | None = error
    for _ in range(10):
        if current is None:
            return
        yield current
        if isinstance(current, BaseExceptionGroup):
            current = current.exceptions[0]
        else:
            current = current.__cause__ or current.__context__


def _proxied(proxy: str, tls: ssl.SSLContext) -> httpcore.AsyncConnectionPool:
    try:
        url = httpx.URL(proxy if "://" in proxy else f"http://{proxy}")
    except httpx.InvalidURL as error:
        raise _unusable_proxy() from error
    address = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=b"/")
    auth = (url.username, url.password) if url.username or url.password else None
    if not url.host:
        raise _unusable_proxy()
    if url.scheme in ("http", "https"):
        return httpcore.AsyncHTTPProxy(
            address,
            proxy_auth=auth,
            ssl_context=tls,
            proxy_ssl_context=tls if url.scheme == "https" else None,
            max_connections=_MOST_CONNECTIONS,
            keepalive_expiry=_KEEP_ALIVE,
        )
    if url.scheme in ("socks5", "socks5h"):
        try:
            import socksio  # type: ignore[import-not-found,unused-ignore]  # noqa: F401
        except ImportError as error:
            words = "the proxy of the surroundings speaks SOCKS, which needs: pip install 'httpx[socks]'"
            raise NoConnectionError(words, Failure.UNREACHABLE, is_offline=True) from error
        return httpcore.AsyncSOCKSProxy(
            address, proxy_auth=auth, ssl_context=tls, max_connections=_MOST_CONNECTIONS
        )
    raise _unusable_proxy()


def _unusable_proxy() -> NoConnectionError:
    words = "the proxy that the surroundings name (http_proxy, https_proxy, all_proxy) cannot be used"
    return NoConnectionError(words, Failure.UNREACHABLE, is_offline=True)


def _unresolved(error: socket.gaierror) -> NoConnectionError:
    unknown = {getattr(socket, name, None) for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY")}
    if error.errno in unknown:
        return NoConnectionError("there is no host of that name", Failure.UNREACHABLE)
    return NoConnectionError("the network cannot be reached", Failure.UNREACHABLE, is_offline=True)


def _errno_of(error: BaseException) -> int | None:
    for cause in causes_of(error):
        if isinstance(cause, OSError) and cause.errno is not None:
            return cause.errno
    return None
