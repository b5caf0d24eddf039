"""A web server on loopback with valid, slow, endless, broken and missing replies."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import cache
from typing import NamedTuple, Self

import trustme


class Delivery(Enum):
    """How a reply is sent."""

    WHOLE = auto()
    CHUNKED = auto()
    DRIP = auto()
    """Byte by byte, `pause` seconds apart."""
    ENDLESS = auto()
    """The body, repeated forever."""
    CUT_SHORT = auto()
    """Half of the body declared in `Content-Length`."""
    CUT_CHUNKS = auto()
    """Half of the body in chunks, without the final chunk."""
    SILENT = auto()
    """Nothing; the connection stays open."""
    STALLED = auto()
    """Half of the body; the connection stays open."""
    HANG_UP = auto()
    """Nothing; the connection is closed."""
    RAW = auto()
    """Only the body, without HTTP."""


@dataclass(frozen=True)
class Reply:
    """A reply. With `etag` or `last_modified`, a matching conditional request gets a 304."""

    body: bytes | str = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: str = ""
    last_modified: str = ""
    packing: str = ""
    """`gzip` or `deflate` compresses the body; anything else is only declared."""
    delivery: Delivery = Delivery.WHOLE
    pause: float = 0.01
    delay: float = 0.0
    """Seconds before the reply."""


class Received(NamedTuple):
    """A request; header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]


NOT_FOUND = Reply("<p>No such page.</p>", 404)


class Certificates(NamedTuple):
    """A server's certificate for 127.0.0.1 and localhost, and a client context that trusts it."""

    server: ssl.SSLContext
    trust: ssl.SSLContext


@cache
def certificates(*names: str, not_after: datetime | None = None) -> Certificates:
    """Create a certificate, by default for the hosts of these tests."""
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    signed = authority.issue_cert(
        *(names or ("127.0.0.1", "localhost")),
        not_before=not_after and not_after - timedelta(days=1),
        not_after=not_after,
    )
    signed.configure_cert(server)
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    return Certificates(server, trust)


class LoopbackServer:
    """Accepts connections on loopback and serves each in a thread, until the context is left."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._connections: set[socket.socket] = set()
        self._socket = socket.create_server((host, 0), backlog=128)
        self._socket.settimeout(0.2)  # on some systems closing it does not wake `accept`
        self.port: int = self._socket.getsockname()[1]

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        with self._lock:
            connections = list(self._connections)
        for one in (self._socket, *connections):
            shut_down(one)
        for thread in self._threads:
            thread.join(timeout=10)
        for one in (self._socket, *connections):
            one.close()

    def serve(self, connection: socket.socket) -> None:
        """Serve a connection; runs in a thread."""
        raise NotImplementedError

    def _start(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stopping.is_set():
            try:
                connection, _ = self._socket.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            with self._lock:
                self._connections.add(connection)
            self._start(self.serve, connection)


class PageServer(LoopbackServer):
    """Serves the replies that were added."""

    def __init__(self, *, tls: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> None:
        super().__init__(host)
        self.requests: list[Received] = []
        self.sent = 0
        """Body bytes sent."""
        self._tls = tls
        self._host = host
        self._replies: dict[str, list[Reply]] = {}

    def add(self, path: str, *replies: Reply) -> str:
        """Add replies for a path, in order; the last one repeats. Return the URL."""
        self._replies[path] = list(replies)
        return self.url(path)

    def url(self, path: str = "/", *, host: str = "") -> str:
        """Return the URL of a path; `host` is another name of this machine."""
        return f"{'https' if self._tls else 'http'}://{host or self._host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """Return the requested paths in order."""
        return [request.path for request in self.requests]

    def serve(self, plain: socket.socket) -> None:
        connection = plain
        try:
            plain.settimeout(30)
            if self._tls is not None:
                connection = self._tls.wrap_socket(plain, server_side=True)
                with self._lock:
                    self._connections = self._connections - {plain} | {connection}
            with connection.makefile("rb") as stream:
                while not self._stopping.is_set() and self._answer(connection, stream.readline):
                    pass
        except (OSError, ValueError):
            pass  # clients may disconnect at any time
        finally:
            with self._lock:
                self._connections -= {plain, connection}
            connection.close()
            plain.close()

    def _answer(self, connection: socket.socket, read_line: Callable[[int], bytes]) -> bool:
        """Answer one request; return whether the connection stays open."""
        request = _request(read_line)
        if request is None:
            return False
        with self._lock:
            self.requests.append(request)
            replies = self._replies.get(request.path, [NOT_FOUND])
            reply = replies.pop(0) if len(replies) > 1 else replies[0]
        self._stopping.wait(reply.delay)
        if reply.delivery is Delivery.SILENT:
            self._stopping.wait()
            return False
        if reply.delivery is Delivery.HANG_UP:
            return False
        if reply.delivery is Delivery.RAW:
            connection.sendall(_as_bytes(reply.body))
            return False
        if _is_known(reply, request):
            connection.sendall(_head(reply, 304, []))
            return True
        return self._deliver(connection, reply, is_head=request.method == "HEAD")

    def _deliver(self, connection: socket.socket, reply: Reply, *, is_head: bool) -> bool:
        body = _packed(_as_bytes(reply.body), reply.packing)
        in_chunks = reply.delivery in (Delivery.CHUNKED, Delivery.CUT_CHUNKS, Delivery.ENDLESS)
        framing = "Transfer-Encoding: chunked" if in_chunks else f"Content-Length: {len(body)}"
        connection.sendall(_head(reply, reply.status, [framing]))
        if is_head:
            return True
        half = body[: len(body) // 2]
        match reply.delivery:
            case Delivery.CHUNKED:
                for start in range(0, len(body), 1_000):
                    self._send(connection, _chunk(body[start : start + 1_000]))
                self._send(connection, b"0\r\n\r\n")
            case Delivery.CUT_CHUNKS:
                self._send(connection, _chunk(half))
            case Delivery.CUT_SHORT:
                self._send(connection, half)
            case Delivery.STALLED:
                self._send(connection, half)
                self._stopping.wait()
            case Delivery.ENDLESS:
                while not self._stopping.is_set():
                    self._send(connection, _chunk(body))
            case Delivery.DRIP:
                for byte in body:
                    if self._stopping.wait(reply.pause):
                        break
                    self._send(connection, bytes([byte]))
            case _:
                self._send(connection, body)
        return reply.delivery in (Delivery.WHOLE, Delivery.CHUNKED, Delivery.DRIP)

    def _send(self, connection: socket.socket, part: bytes) -> None:
        connection.sendall(part)
        self.sent += len(part)


def _request(read_line: Callable[[int], bytes]) -> Received | None:
    first = read_line(65_536)
    words = first.decode("latin-1").split()
    if len(words) != 3:
        return None
    headers: dict[str, str] = {}
    while line := read_line(65_536).decode("latin-1").strip():
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return Received(words[0], words[1], headers)


def _is_known(reply: Reply, request: Received) -> bool:
    if reply.etag and "if-none-match" in request.headers:
        return request.headers["if-none-match"] == reply.etag
    return bool(reply.last_modified) and request.headers.get("if-modified-since") == reply.last_modified


def _head(reply: Reply, status: int, more: list[str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Words"]
    if reply.content_type and status != 304:
        lines.append(f"Content-Type: {reply.content_type}")
    if reply.packing:
        lines.append(f"Content-Encoding: {reply.packing}")
    if reply.etag:
        lines.append(f"ETag: {reply.etag}")
    if reply.last_modified:
        lines.append(f"Last-Modified: {reply.last_modified}")
    lines += [f"{name}: {value}" for name, value in reply.headers.items()]
    return "\r\n".join([*lines, *more, "", ""]).encode("utf-8")


def _as_bytes(body: bytes | str) -> bytes:
    return body.encode("utf-8") if isinstance(body, str) else body


def _packed(body: bytes, packing: str) -> bytes:
    if packing == "gzip":
        return gzip.compress(body)
    return zlib.compress(body) if packing == "deflate" else body


def _chunk(part: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(part), part) if part else b""


def shut_down(one: socket.socket) -> None:
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        one.close()
