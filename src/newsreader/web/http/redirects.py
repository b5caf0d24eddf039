"""Where a server sends us on to."""

from __future__ import annotations

from typing import Final
from urllib.parse import urljoin, urlsplit

from newsreader.domain.urls import is_openable
from newsreader.web.http.error_messages import failed
from newsreader.web.http.errors import Failure

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_USUAL_PORTS: Final = {"http": 80, "https": 443}


def is_redirect(status: int) -> bool:
    """Tell whether an answer names another address."""
    return status in _REDIRECTS


def next_url(url: str, header: bytes) -> str:
    """Return where the page at `url` sends us with the header `Location`; raises WebError.

    The part after `#` is dropped: it is no business of servers.
    """
    location = header.decode("utf-8", "replace").strip().replace(" ", "%20")
    if not location:
        raise failed(url, "sends us on without saying where", Failure.BROKEN)
    try:
        joined = urljoin(url, location).partition("#")[0]
    except ValueError:
        joined = ""
    if not is_openable(joined):
        raise failed(url, "sends us on to what is no address of the web", Failure.UNSAFE)
    return joined


def is_same_place(first: str, second: str) -> bool:
    """Tell whether two addresses are of the same server; the step from http to https is allowed."""
    if first == second:
        return True
    one, other = urlsplit(first), urlsplit(second)
    if (one.hostname or "") != (other.hostname or ""):
        return False
    ports = _port(one.scheme, one.port), _port(other.scheme, other.port)
    return ports[0] == ports[1] or ports == (80, 443)


def _port(scheme: str, port: int | None) -> int | None:
    return port if port is not None else _USUAL_PORTS.get(scheme)
