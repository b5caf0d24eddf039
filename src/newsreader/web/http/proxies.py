"""Connection pools for the proxy of the environment."""

from __future__ import annotations

import ssl
from typing import Any, Final

import httpcore
import httpx

from newsreader.web.http.errors import Failure, NoConnectionError

MAX_CONNECTIONS: Final = 40
KEEP_ALIVE: Final = 2.0
"""Seconds that an idle connection stays open; shorter than any server's own limit."""


def proxy_pool(proxy: str, tls: ssl.SSLContext) -> httpcore.AsyncConnectionPool:
    """Return a connection pool for a proxy address; raises NoConnectionError if it is unusable."""
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
            max_connections=MAX_CONNECTIONS,
            keepalive_expiry=KEEP_ALIVE,
            network_backend=_ProxyBackend(),
        )
    if url.scheme in ("socks5", "socks5h"):
        try:
            import socksio  # type: ignore[import-not-found,unused-ignore]  # noqa: F401
        except ImportError as error:
            raise _no_proxy("speaks SOCKS, which needs: pip install 'httpx[socks]'") from error
        return httpcore.AsyncSOCKSProxy(
            address,
            proxy_auth=auth,
            ssl_context=tls,
            max_connections=MAX_CONNECTIONS,
            network_backend=_ProxyBackend(),
        )
    raise _unusable_proxy()


def _unusable_proxy() -> NoConnectionError:
    return _no_proxy("(http_proxy, https_proxy, all_proxy) cannot be used")


def _no_proxy(problem: str) -> NoConnectionError:
    message = f"the proxy of the environment {problem}"
    return NoConnectionError(message, Failure.UNREACHABLE, is_offline=True)


class _ProxyBackend(httpcore.AnyIOBackend):
    """Connects to the proxy, which may have a private address, and reports its failures as such."""

    async def connect_tcp(self, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
        try:
            return await super().connect_tcp(*args, **kwargs)
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise _no_proxy("cannot be reached") from error
