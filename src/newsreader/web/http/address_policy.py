"""Which network addresses pages may be fetched from: public ones."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network
from typing import Final

_Address = IPv4Address | IPv6Address

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Returns the addresses of a host, in the order to try them; raises OSError or UnicodeError."""

# IPv6-only networks reach IPv4 hosts through these (RFC 6052); the embedded address counts.
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
_ANY_PUBLIC: Final = ((socket.AF_INET, "1.1.1.1"), (socket.AF_INET6, "2606:4700:4700::1111"))


async def addresses_of(host: str, port: int) -> list[str]:
    """Resolve a host with the system resolver; an address in any spelling resolves to itself."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_online() -> bool:
    """Return whether this machine has a route to the internet. Nothing is sent."""
    for family, address in _ANY_PUBLIC:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 443))
            return True
    return False


def is_private(address: str) -> bool:
    """Return whether an address from `addresses_of` is not public.

    These are private, loopback, link-local, multicast, reserved and unparsable addresses.
    """
    try:
        return _is_closed(_parsed(address))
    except ValueError:
        return True


def literal_address(host: str) -> str | None:
    """Return the address that a host spells out, None for a name.

    Systems accept unusual spellings: `0x7f.1`, `017700000001` and `2130706433` are 127.0.0.1.
    """
    host = host.strip("[]")
    try:
        return str(_parsed(host))
    except ValueError:
        pass
    try:
        # No name ends in a number, so whatever does is an address or nothing.
        return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
    except (OSError, UnicodeError):
        return None


def is_private_host(host: str) -> bool:
    """Return whether a host is private by its name alone, for use where a proxy resolves it."""
    name = host.lower().rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = literal_address(name)
    return address is not None and is_private(address)


def _parsed(address: str) -> _Address:
    if ":" not in address:
        return IPv4Address(address)
    parsed = IPv6Address(address)
    if parsed.scope_id is not None:
        raise AddressValueError(address)
    return parsed


def _is_closed(address: _Address) -> bool:
    if isinstance(address, IPv6Address):
        inner = _embedded_address(address)
        if inner is not None:
            return _is_closed(inner)
    return (
        not address.is_global
        or address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
        or (isinstance(address, IPv6Address) and address.is_site_local)
    )


def _embedded_address(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _TRANSLATED:
        return IPv4Address(address.packed[-4:])
    if address.teredo is not None:
        return address.teredo[1]
    return address.sixtofour
