"""Which addresses of the network a page may be fetched from: those that everybody can reach."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import AddressValueError, IPv4Address, IPv6Address, IPv6Network
from typing import Final

_Address = IPv4Address | IPv6Address

Resolve = Callable[[str, int], Awaitable[list[str]]]
"""Gives the addresses of a host, in the order in which to try them; raises OSError or UnicodeError."""

# Networks with IPv6 alone reach the rest through these (RFC 6052); what counts is the address inside.
_TRANSLATED: Final = IPv6Network("64:ff9b::/96")

# Any public addresses will do.
_SOMEWHERE: Final = ((socket.AF_INET, "1.1.1.1"), (socket.AF_INET6, "2606:4700:4700::1111"))


async def addresses_of(host: str, port: int) -> list[str]:
    """Ask the system for the addresses of a host. A host that is an address, in any spelling, is its own."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def is_online() -> bool:
    """Tell whether this machine knows a way to the network at all. Nothing is sent."""
    for family, address in _SOMEWHERE:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 443))
            return True
    return False


def is_private(address: str) -> bool:
    """Tell whether an address, as `addresses_of` gives it, is not open to everybody.

    Private are those of a home or an office, of this machine, of a link, of a group (multicast), and those
    that nobody should have. What cannot be read as an address is private, too.
    """
    try:
        return _is_closed(_parsed(address))
    except ValueError:
        return True


def literal_address(host: str) -> str | None:
    """Return the address that a host spells out, None if it is a name.

    Systems read more spellings than the usual one: `0x7f.1`, `017700000001` and `2130706433` are 127.0.0.1.
    """
    host = host.strip("[]")
    try:
        return str(_parsed(host))
    except ValueError:
        pass
    try:
        # Names never end in a number, so whatever does is read as an address here or by nobody.
        return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
    except (OSError, UnicodeError):
        return None


def is_private_host(host: str) -> bool:
    """Tell whether a host is private by its mere name; for where a proxy asks for the address, not we."""
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
        inner = _address_inside(address)
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


def _address_inside(address: IPv6Address) -> IPv4Address | None:
    """Return the address of the old kind that one of the new kind leads to."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _TRANSLATED:
        return IPv4Address(address.packed[-4:])
    if address.teredo is not None:
        return address.teredo[1]
    return address.sixtofour
