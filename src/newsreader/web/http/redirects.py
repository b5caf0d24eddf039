"""Redirect targets."""

from __future__ import annotations

from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from newsreader.domain.urls import is_openable
from newsreader.web.http.error_messages import failed
from newsreader.web.http.errors import Failure

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PERMANENT: Final = frozenset({301, 308})
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}


def is_redirect(status: int) -> bool:
    """Return whether an HTTP status is a redirect to another address."""
    return status in _REDIRECTS


def is_permanent(status: int) -> bool:
    """Return whether a redirect is to be remembered."""
    return status in _PERMANENT


def next_url(url: str, header: bytes) -> str:
    """Return the target of the header `Location` without its fragment; raises WebError."""
    location = header.decode("utf-8", "replace").strip().replace(" ", "%20")
    if not location:
        raise failed(url, "sends us on without saying where", Failure.BROKEN)
    try:
        target = urljoin(url, location).partition("#")[0]
    except ValueError:
        target = ""
    if not is_openable(target):
        raise failed(url, "sends us on to what is no address of the web", Failure.UNSAFE)
    return target


def is_same_place(first: str, second: str) -> bool:
    """Return whether two URLs are of the same server; an upgrade from http to https is."""
    if first == second:
        return True
    one, other = urlsplit(first), urlsplit(second)
    ports = _port(one), _port(other)
    is_same_host = (one.hostname or "") == (other.hostname or "")
    return is_same_host and (ports[0] == ports[1] or ports == (80, 443))


def _port(parts: SplitResult) -> int | None:
    return parts.port if parts.port is not None else _DEFAULT_PORTS.get(parts.scheme)
