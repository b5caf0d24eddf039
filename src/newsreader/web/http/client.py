"""The HTTP client for everything that is fetched: bounded, address-checked, without cookies."""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Final, NamedTuple, Self

import httpcore
import httpx

from newsreader import __version__
from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import is_openable
from newsreader.web.http.address_policy import Resolve, addresses_of
from newsreader.web.http.body_reader import BodyReader, BodyWriter, BombError, UnpackingError
from newsreader.web.http.connections import LOCATION, RoutingTransport
from newsreader.web.http.decoding import decode_body
from newsreader.web.http.error_messages import failed, failed_connection, failed_status, too_slow
from newsreader.web.http.errors import Failure, NoConnectionError
from newsreader.web.http.redirects import is_permanent, is_redirect, is_same_place, next_url

USER_AGENT: Final = f"newsreader/{__version__} (terminal news reader)"

_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_NOT_MODIFIED: Final = 304
# Raised by httpcore, and by httpx while it builds a request or reads a header.
_HTTP_ERRORS: Final = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    httpx.HTTPError,
)


class Limits(NamedTuple):
    """Limits of a request: seconds, body bytes, and number of redirects.

    `read` bounds each wait for more data; `total` the whole request including redirects.
    """

    connect: float = 10
    read: float = 15
    total: float = 45
    body: int = 8_000_000
    redirects: int = 5


class Validators(NamedTuple):
    """A server's validators of a version, for a conditional request."""

    etag: str = ""
    last_modified: str = ""


_DEFAULT_LIMITS: Final = Limits()
NO_VALIDATORS: Final = Validators()


class Response(NamedTuple):
    """A response with status 200–299 or 304.

    `url` is the final address. `content_type` is in lower case and without parameters, `charset` as in the
    header; both may be empty. `body` is decompressed; `is_cut` is set if it exceeded the limit. `moved_to` is
    the address that permanent redirects led to, before any other; empty if there was none.
    """

    url: str
    status: int
    content_type: str
    charset: str
    body: bytes
    validators: Validators
    is_cut: bool = False
    moved_to: str = ""

    @property
    def is_unchanged(self) -> bool:
        """Whether the version of the conditional request is still current."""
        return self.status == _NOT_MODIFIED

    def text(self) -> str:
        """Return the body as unsanitized text, whatever charset it declares."""
        return decode_body(self.body, self.charset)


class WebClient:
    """Makes concurrent requests on one event loop; an async context manager.

    A redirect from https to http is followed as in browsers: pages are public, and neither cookies nor
    passwords are sent. Each redirect is checked by its own address.
    """

    def __init__(
        self,
        *,
        private_addresses: bool = False,
        limits: Limits = _DEFAULT_LIMITS,
        trust: ssl.SSLContext | None = None,
        resolve: Resolve = addresses_of,
    ) -> None:
        self._private_addresses = private_addresses
        self._limits = limits
        self._trust = trust
        self._resolve = resolve
        self._guarded: httpx.AsyncClient | None = None
        self._open: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        tls = self._trust
        if tls is None:  # loading the certificates of all authorities takes a while
            tls = await asyncio.to_thread(httpx.create_ssl_context)
        # Separate pools: a page never uses a connection to a private address.
        self._open = _client(RoutingTransport(tls, allows_private=True, resolve=self._resolve))
        self._guarded = (
            self._open
            if self._private_addresses
            else _client(RoutingTransport(tls, allows_private=False, resolve=self._resolve))
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        for client in (self._guarded, self._open):
            if client is not None:
                await client.aclose()

    async def get(
        self,
        url: str,
        *,
        validators: Validators = NO_VALIDATORS,
        accept: str = "",
        body_limit: int | None = None,
        may_cut: bool = True,
        trusted: bool = False,
        on_progress: Callable[[int], None] | None = None,
    ) -> Response:
        """Fetch a URL. Raises WebError.

        Args:
            url: The address.
            validators: Make the request conditional.
            accept: The header `Accept`.
            body_limit: Bytes; a longer body is cut, or an error unless `may_cut`.
            may_cut: See above.
            trusted: Allow a private address, for a URL from the user's settings. Redirects to other
                servers are still checked.
            on_progress: Called with the number of body bytes so far.

        """
        limit = self._limits.body if body_limit is None else body_limit
        reader = BodyReader(limit, may_cut=may_cut, on_progress=on_progress)
        return await self._within_time(_Exchange(url.strip(), reader, "GET", validators, accept, trusted))

    async def download(
        self, url: str, write: Callable[[bytes], object], on_progress: Callable[[int, int], None]
    ) -> Response:
        """Pass the body of a URL to `write` as it comes in; the response has none. Raises WebError.

        `on_progress` is called with the bytes so far and all bytes, 0 if their number is not known.
        """
        writer = BodyWriter(self._limits.body, write, on_progress)
        return await self._within_time(_Exchange(url.strip(), writer, "GET"))

    async def head(self, url: str) -> Response:
        """Send a HEAD request. Raises WebError."""
        return await self._within_time(_Exchange(url.strip(), BodyReader(0), "HEAD"))

    async def _within_time(self, exchange: _Exchange) -> Response:
        try:
            async with asyncio.timeout(self._limits.total):
                return await self._follow(exchange)
        except TimeoutError:
            raise too_slow(exchange.url, self._limits.total, exchange.reader.received) from None

    async def _follow(self, exchange: _Exchange) -> Response:
        first = exchange.url
        seen: set[str] = set()
        moved_to, is_moved = "", True
        for _ in range(self._limits.redirects + 1):
            url = exchange.url
            seen.add(url)
            is_trusted = exchange.trusted and is_same_place(first, url)
            async with self._sent(exchange, is_trusted=is_trusted) as response:
                if not is_redirect(response.status_code):
                    return (await _read_response(exchange, response))._replace(moved_to=moved_to)
                exchange.url = next_url(url, response.extensions[LOCATION])
                is_moved = is_moved and is_permanent(response.status_code)
                moved_to = exchange.url if is_moved else moved_to
            if exchange.url in seen:
                raise failed(exchange.url, "leads around in a circle", Failure.BROKEN)
        raise failed(exchange.url, f"leads on more than {self._limits.redirects} times", Failure.BROKEN)

    @asynccontextmanager
    async def _sent(self, exchange: _Exchange, *, is_trusted: bool) -> AsyncIterator[httpx.Response]:
        """Send one request and yield the response before its body; turn errors of both into WebError."""
        url, limits = exchange.url, self._limits
        client = self._open if is_trusted else self._guarded
        if client is None:
            raise RuntimeError("the client is used before it is entered")
        if not is_openable(url):
            raise failed(url, "no address of the web (http or https)", Failure.UNSAFE)
        try:
            request = client.build_request(
                exchange.method,
                url,
                headers=exchange.headers(),
                timeout=httpx.Timeout(limits.read, connect=limits.connect, pool=None),
            )
            # Credentials in a URL are used only if the user has configured it.
            response = await client.send(request, stream=True, auth=None if is_trusted else httpx.Auth())
            try:
                yield response
            finally:
                await response.aclose()
        except httpx.InvalidURL as error:
            raise failed(url, "no address of the web (http or https)", Failure.UNSAFE) from error
        except BombError as error:
            raise failed(url, "the page was made to explode when it is unpacked", Failure.UNSAFE) from error
        except UnpackingError as error:
            raise failed(url, str(error), Failure.BROKEN) from error
        except (NoConnectionError, *_HTTP_ERRORS) as error:
            raise failed_connection(
                url, error, connect=limits.connect, read=limits.read, received=exchange.reader.received
            ) from error


@dataclass
class _Exchange:
    """A request, and the URL that its redirects have led to so far."""

    url: str
    reader: BodyReader
    method: str
    validators: Validators = NO_VALIDATORS
    accept: str = ""
    trusted: bool = False

    def headers(self) -> dict[str, str]:
        headers = {
            "User-Agent": USER_AGENT,
            "Accept": self.accept or "*/*",
            "Accept-Encoding": self.reader.accepted,
        }
        etag, last_modified = map(_header_value, self.validators)
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        return headers


async def _read_response(exchange: _Exchange, response: httpx.Response) -> Response:
    url, status, headers = exchange.url, response.status_code, response.headers
    is_conditional = exchange.validators != NO_VALIDATORS
    if not (200 <= status < 300 or (status == _NOT_MODIFIED and is_conditional)):
        raise failed_status(url, status, headers.get("retry-after", ""), time.time())
    body, is_cut = b"", False
    if exchange.method != "HEAD" and status != _NOT_MODIFIED:
        body, is_cut = await exchange.reader.read(url, response)
    content_type = headers.get("content-type", "")
    charset = _CHARSET.search(content_type)
    return Response(
        url,
        status,
        clean_line(content_type.partition(";")[0].lower(), 100),
        charset[1] if charset else "",
        body,
        Validators(_header_value(headers.get("etag", "")), _header_value(headers.get("last-modified", ""))),
        is_cut,
    )


def _client(transport: httpx.AsyncBaseTransport) -> httpx.AsyncClient:
    no_cookies = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return httpx.AsyncClient(transport=transport, cookies=no_cookies, trust_env=False, follow_redirects=False)


def _header_value(value: str) -> str:
    """Return a value that is safe to send back to the server, empty if it is odd or long."""
    value = value.strip()
    return value if len(value) <= 500 and value.isascii() and value.isprintable() else ""
