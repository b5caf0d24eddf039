"""Connections through the proxy that the environment names."""

from __future__ import annotations

import ssl
from collections.abc import Iterable
from typing import Final

import httpcore
import httpx

from newsreader.web.http.errors import Failure
from newsreader.web.http.offline import OfflineAtStartError

MOST_CONNECTIONS: Final = 40
KEEP_ALIVE: Final = 2.0
"""How long a connection waits for the next request, in seconds; surely shorter than servers wait."""


def proxy_pool(proxy: str, tls: ssl.SSLContext) -> httpcore.AsyncConnectionPool:
    """Make connections through the proxy that has this address; raises NoConnectionError if it has none."""
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
            max_connections=MOST_CONNECTIONS,
            keepalive_expiry=KEEP_ALIVE,
            network_backend=_ProxyBackend(),
        )
    if url.scheme in ("socks5", "socks5h"):
        try:
            import socksio  # type: ignore[import-not-found,unused-ignore]  # noqa: F401
        except ImportError as error:
            words = "the proxy of the environment speaks SOCKS, which needs: pip install 'httpx[socks]'"
            raise OfflineAtStartError(words, Failure.UNREACHABLE, is_offline=True) from error
        return httpcore.AsyncSOCKSProxy(
            address,
            proxy_auth=auth,
            ssl_context=tls,
            max_connections=MOST_CONNECTIONS,
            network_backend=_ProxyBackend(),
        )
    raise _unusable_proxy()


def _unusable_proxy() -> OfflineAtStartError:
    words = "the proxy of the environment (http_proxy, https_proxy, all_proxy) cannot be used"
    return OfflineAtStartError(words, Failure.UNREACHABLE, is_offline=True)


class _ProxyBackend(httpcore.AsyncNetworkBackend):
    """Connects to the proxy, which may be on this machine, and tells its failures from those of hosts."""

    def __init__(self) -> None:
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            return await self._backend.connect_tcp(host, port, timeout, local_address, socket_options)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            words = "the proxy of the environment cannot be reached"
            raise OfflineAtStartError(words, Failure.UNREACHABLE, is_offline=True) from error
