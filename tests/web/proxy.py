"""A proxy on loopback for a fixed set of hosts, which records its requests."""

from __future__ import annotations

import socket
from collections.abc import Mapping

from tests.web.server import LoopbackServer, shut_down


class ProxyServer(LoopbackServer):
    """Forwards requests and opens tunnels; `hosts` maps known hosts to ports."""

    def __init__(self, hosts: Mapping[str, int]) -> None:
        super().__init__()
        self.asked: list[str] = []
        """Method and target of the requests."""
        self.headers: list[str] = []
        self._hosts = hosts
        self.url = f"http://127.0.0.1:{self.port}"

    def serve(self, connection: socket.socket) -> None:
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
                shut_down(connection)
                return
            upstream = socket.create_connection(("127.0.0.1", port))
            with self._lock:
                self._connections.add(upstream)
            if method == "CONNECT":
                connection.sendall(b"HTTP/1.1 200 Yes\r\n\r\n")
            else:
                path = "/" + target.split("/", 3)[3]
                upstream.sendall(f"{method} {path} HTTP/1.1\r\n".encode() + rest)
            self._start(_pump, upstream, connection)
            _pump(connection, upstream)
        except OSError:
            pass  # either side may disconnect


def _pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while part := source.recv(65_536):
            sink.sendall(part)
    except OSError:
        pass
    shut_down(sink)
