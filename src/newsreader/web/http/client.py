"""One way to the network for everything that is fetched: bounded, checked, without cookies."""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Final, NamedTuple, Self

import httpcore
import httpx

from newsreader import __version__
from newsreader.domain.sanitize import clean_line
from newsreader.domain.urls import is_openable
from newsreader.web.http.address_policy import Resolve, addresses_of
from newsreader.web.http.body_reader import BodyReading, failed_unpacking
from newsreader.web.http.connections import LOCATION, RoutingTransport
from newsreader.web.http.decoding import ACCEPTED, BombError, UnpackingError, decode_body
from newsreader.web.http.error_messages import failed, failed_connection, failed_status, too_slow
from newsreader.web.http.errors import Failure
from newsreader.web.http.offline import OfflineAtStartError
from newsreader.web.http.redirects import is_redirect, is_same_place, next_url

USER_AGENT: Final = f"newsreader/{__version__} (terminal news reader)"

_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_NOT_MODIFIED: Final = 304


class Limits(NamedTuple):
    """How long a request may take, in seconds, how big a body may be, in bytes, and how often it may move on.

    `read` bounds each wait for more; `total` everything together, redirects included.
    """

    connect: float = 10
    read: float = 15
    total: float = 45
    body: int = 8_000_000
    redirects: int = 5


class Validators(NamedTuple):
    """What a server said of a version, to be asked for a newer one only."""

    etag: str = ""
    last_modified: str = ""


class Response(NamedTuple):
    """What a server gave.

    `url` is the address that answered in the end; `status` is 200 … 299, or 304. `content_type` is in lower
    case and without parameters, `charset` as the header names it, both empty if it does not. `body` is
    unpacked; `is_cut` tells that it was longer than what is read.
    """

    url: str
    status: int
    content_type: str
    charset: str
    body: bytes
    validators: Validators
    is_cut: bool = False

    @property
    def is_unchanged(self) -> bool:
        """Whether the version that was asked about is still the newest."""
        return self.status == _NOT_MODIFIED

    def text(self) -> str:
        """Return the body as text, whatever charset it claims; it has still to be cleaned."""
        return decode_body(self.body, self.charset)


class WebClient:
    """Makes requests, many at once, on one event loop; to be entered with `async with`.

    A redirect from https to http is followed as browsers do: pages are public, and neither cookies nor
    passwords go along. Each step is judged anew by its address.
    """

    def __init__(
        self,
        *,
        private_addresses: bool = False,
        limits: Limits = Limits(),  # noqa: B008 - a value
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
        if tls is None:  # reading the certificates of all authorities takes a while
            tls = await asyncio.to_thread(httpx.create_ssl_context)
        # Apart from each other, so that no connection to a private address is ever used by a page.
        self._open = _client(RoutingTransport(tls, allows_private=True, resolve=self._resolve))
        self._guarded = (
            self._open
            if self._private_addresses
            else _client(RoutingTransport(tls, allows_private=False, resolve=self._resolve))
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for client in (self._guarded, self._open):
            if client is not None:
                await client.aclose()

    async def get(
        self,
        url: str,
        *,
        validators: Validators = Validators(),  # noqa: B008 - a value
        accept: str = "",
        body_limit: int | None = None,
        may_cut: bool = True,
        trusted: bool = False,
        on_progress: Callable[[int], None] | None = None,
    ) -> Response:
        """Fetch what is at an address.

        `accept` names the types that are wanted. A body beyond `body_limit` bytes is cut, or refused unless
        `may_cut`. `trusted` allows a private address that the user has configured, and no other that a
        redirect may name. `on_progress` is told how many bytes of the body there are. Raises WebError.
        """
        request = _Request("GET", validators, accept, trusted)
        reading = BodyReading(self._limits.body if body_limit is None else body_limit, may_cut, on_progress)
        return await self._within_time(url, request, reading)

    async def head(self, url: str) -> Response:
        """Ask about an address without its body. Raises WebError."""
        request = _Request("HEAD", Validators(), "", trusted=False)
        return await self._within_time(url, request, BodyReading(0, may_cut=True, on_progress=None))

    async def _within_time(self, url: str, request: _Request, reading: BodyReading) -> Response:
        place = _Place(url)
        try:
            async with asyncio.timeout(self._limits.total):
                return await self._follow(place, request, reading)
        except TimeoutError:
            raise too_slow(place.url, self._limits.total, reading.came) from None

    async def _follow(self, place: _Place, request: _Request, reading: BodyReading) -> Response:
        first = place.url
        seen: set[str] = set()
        for _ in range(self._limits.redirects + 1):
            seen.add(place.url)
            trusts = request.trusted and is_same_place(first, place.url)
            async with self._answer_of(place.url, request, reading, trusts=trusts) as response:
                if not is_redirect(response.status_code):
                    return await self._answer(place.url, request, response, reading)
                place.url = next_url(place.url, response.extensions[LOCATION])
            if place.url in seen:
                raise failed(place.url, "leads around in a circle", Failure.BROKEN)
        raise failed(place.url, f"leads on more than {self._limits.redirects} times", Failure.BROKEN)

    @asynccontextmanager
    async def _answer_of(
        self, url: str, request: _Request, reading: BodyReading, *, trusts: bool
    ) -> AsyncIterator[httpx.Response]:
        """Send one request, give the answer before its body, and say in words what goes wrong with either."""
        client = self._open if trusts else self._guarded
        if client is None:
            raise RuntimeError("the client is used before it is entered")
        if not is_openable(url):
            raise failed(url, "no address of the web (http or https)", Failure.UNSAFE)
        limits = self._limits
        try:
            built = client.build_request(
                request.method,
                url,
                headers=request.headers(),
                timeout=httpx.Timeout(limits.read, connect=limits.connect, pool=None),
            )
            # Names and passwords are for those whom the user has configured.
            response = await client.send(built, stream=True, auth=None if trusts else httpx.Auth())
            try:
                yield response
            finally:
                await response.aclose()
        except httpx.InvalidURL as error:
            raise failed(url, "no address of the web (http or https)", Failure.UNSAFE) from error
        except (UnpackingError, BombError) as error:
            raise failed_unpacking(url, error) from error
        except (OfflineAtStartError, *_HTTP_ERRORS) as error:
            raise failed_connection(
                url, error, connect=limits.connect, read=limits.read, came=reading.came
            ) from error

    async def _answer(
        self, url: str, request: _Request, response: httpx.Response, reading: BodyReading
    ) -> Response:
        status = response.status_code
        asks_whether_new = request.validators != Validators()
        if not (200 <= status < 300 or (status == _NOT_MODIFIED and asks_whether_new)):
            raise failed_status(url, status, response.headers.get("retry-after", ""), time.time())
        body, is_cut = b"", False
        if request.method != "HEAD" and status != _NOT_MODIFIED:
            body, is_cut = await reading.read(url, response)
        named = response.headers.get("content-type", "")
        charset = _CHARSET.search(named)
        return Response(
            url,
            status,
            clean_line(named.partition(";")[0].lower(), 100),
            charset[1] if charset else "",
            body,
            Validators(
                _header_value(response.headers.get("etag", "")),
                _header_value(response.headers.get("last-modified", "")),
            ),
            is_cut,
        )


# What httpcore raises, and httpx where it builds a request or reads a header.
_HTTP_ERRORS: Final = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    httpcore.UnsupportedProtocol,
    httpx.HTTPError,
)


class _Place:
    """Where a request has come to."""

    def __init__(self, url: str) -> None:
        self.url = url.strip()


class _Request(NamedTuple):
    method: str
    validators: Validators
    accept: str
    trusted: bool

    def headers(self) -> dict[str, str]:
        headers = {"User-Agent": USER_AGENT, "Accept": self.accept or "*/*", "Accept-Encoding": ACCEPTED}
        etag, last_modified = map(_header_value, self.validators)
        if etag:
            headers["If-None-Match"] = etag
        if last_modified:
            headers["If-Modified-Since"] = last_modified
        return headers


def _client(transport: httpx.AsyncBaseTransport) -> httpx.AsyncClient:
    # No domain may set a cookie.
    nothing_kept = CookieJar(DefaultCookiePolicy(allowed_domains=[]))
    return httpx.AsyncClient(
        transport=transport, cookies=nothing_kept, trust_env=False, follow_redirects=False
    )


def _header_value(value: str) -> str:
    """Return what a header may carry back to the server; nothing if it is odd or long."""
    value = value.strip()
    return value if len(value) <= 500 and value.isascii() and value.isprintable() else ""
