"""A proxy on loopback: it knows where the hosts of a test are, and writes down what it was asked for."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self


class ProxyServer:
    """Forwards requests and opens tunnels to the hosts that it knows; `hosts` gives the port of each."""

    def __init__(self, hosts: Mapping[str, int]) -> None:
        self.asked: list[str] = []
        """The first lines of the requests."""
        self.headers: list[str] = []
        self._hosts = hosts
        self._sockets: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.settimeout(0.1)
        self._ends = threading.Event()
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._run(self._accept)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ends.set()
        for one in self._sockets:
            _shut(one)
        for thread in self._threads:
            thread.join(timeout=10)
        for one in (self._socket, *self._sockets):
            one.close()

    def _run(self, target: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._ends.is_set():
            try:
                connection, _ = self._socket.accept()
            except TimeoutError:
                continue
            self._sockets.append(connection)
            self._run(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        head = b""
        try:
            while b"\r\n\r\n" not in head:
                part = connection.recv(65_536)
                if not part:
                    return
                head += part
            first, _, rest = head.partition(b"\r\n")
            method, target, _ = first.decode("latin-1").split()
            self.asked.append(f"{method} {target}")
            self.headers.append(rest.decode("latin-1"))
            authority = target if method == "CONNECT" else target.split("/")[2]
            port = self._hosts.get(authority.partition(":")[0])
            if port is None:
                connection.sendall(b"HTTP/1.1 403 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                _shut(connection)
                return
            beyond = socket.create_connection(("127.0.0.1", port))
            self._sockets.append(beyond)
            if method == "CONNECT":
                connection.sendall(b"HTTP/1.1 200 Yes\r\n\r\n")
            else:
                path = "/" + target.split("/", 3)[3]
                beyond.sendall(f"{method} {path} HTTP/1.1\r\n".encode() + rest)
            self._run(_pump, beyond, connection)
            _pump(connection, beyond)
        except OSError:
            pass  # Either side may leave.


def _pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while part := source.recv(65_536):
            sink.sendall(part)
    except OSError:
        pass
    _shut(sink)


def _shut(one: socket.socket) -> None:
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        one.close()
