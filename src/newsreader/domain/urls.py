"""URLs: which may be opened, their host, and their canonical form."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import normalize

if TYPE_CHECKING:
    from hashlib import blake2b

# Control characters, bidirectional overrides, invisible characters, lone surrogates, and the backslash,
# which browsers treat as a slash.
_FORBIDDEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\\\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_SPACE: Final = re.compile(r"\s")
_WEB: Final = re.compile(r"(https?)://([^/?#]+)([^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
_AUTHORITY: Final = re.compile(r"\s*(?:([a-z][a-z0-9+.-]*):)?//([^/?#\\]*)", re.IGNORECASE)
_HOST_AND_PORT: Final = re.compile(r"(\[[^\]]*\]|[^:\[\]]+)(?::([0-9]*))?")
_DNS_NAME: Final = re.compile(r"[a-z0-9._-]*[a-z0-9][a-z0-9._-]*")
_DNS_LABEL: Final = re.compile(r"[a-z0-9-]{1,63}")
_INVISIBLE_IN_HOST: Final = re.compile(r"[\xad\u034f\u180b-\u180d\u200b\u2060\ufe00-\ufe0f\ufeff]")

# The longest DNS name, and the same with brackets, colon and port.
_HOST_LIMIT: Final = 253
_HOST_AND_PORT_LIMIT: Final = _HOST_LIMIT + 8
_DEFAULT_PORTS: Final = {"http": "80", "https": "443"}

_AMPERSAND_DEBRIS: Final = re.compile(r"&(?:amp;|#0*38;|#x0*26;)+", re.IGNORECASE)
_QUERY_IN_PATH: Final = re.compile(r"&(?=[A-Za-z_][A-Za-z0-9_.-]*=)")
_NOT_GRAPHIC: Final = re.compile(r"[^\x21-\x7e]+")
_PERCENT_CODE: Final = re.compile(r"%[0-9A-Fa-f]{2}")

# fmt: off
_TRACKING_NAMES: Final = frozenset({
    "_ga", "_gl", "_hsenc", "_hsmi", "dclid", "fbclid", "gbraid", "gclid", "gclsrc", "guce_referrer",
    "guce_referrer_sig", "guccounter", "igsh", "igshid", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok",
    "msclkid", "oly_anon_id", "oly_enc_id", "ttclid", "twclid", "vero_conv", "vero_id", "wbraid",
    "wt.mc_id", "yclid",
})
# fmt: on
_AMP_NAMES: Final = frozenset({"amp_ct", "amp_gsa", "amp_js_v", "amp_markup", "amp_r", "usqp"})
_AMP_PARAMETERS: Final = frozenset(
    {"amp", "amp=", "amp=1", "amp=true", "amp=yes", "_amp=true", "_format=amp", "output=amp"}
    | {"outputtype=amp", "outputtype=amp-type", "outputtype=valid_amp"}
)

_CACHE_SUFFIX: Final = ".cdn.ampproject.org"


class _Host(NamedTuple):
    name: str
    """As in a DNS query: lower-case ASCII."""
    port: str
    """Without leading zeros; empty if the URL has none."""


def is_openable(url: str) -> bool:
    """Check that a browser may open a URL: `http` or `https`, a valid host, no hidden characters."""
    if _has_hidden_characters(url) or " " in url or not (url.isascii() or _SPACE.search(url) is None):
        return False
    found = _WEB.match(url)
    return found is not None and _host(found[2]) is not None


@lru_cache(maxsize=2_048)
def is_domain(text: str) -> bool:
    """Check that a text can be the domain of a publisher, with or without a port."""
    return "@" not in text and _host(text) is not None


def page_of(url: str) -> str:
    """Return path and query of a URL for display, as printable ASCII; empty for the front page of a site."""
    found = _WEB.match(url)
    if found is None:
        return ""
    path, query = found[3].rstrip("/"), found[4]
    return _percent_encode(f"{path}?{query}" if query else path)


def host_of(url: str) -> str:
    """Return the host a browser would contact, for display; empty if the URL has none.

    Always printable ASCII: the user name is removed and other scripts are in `xn--` form, so that no host can
    be mistaken for another. The scheme's default port is omitted.
    """
    found = _AUTHORITY.match(url)
    if found is None:
        return ""
    scheme, authority = found.groups()
    host = _host(authority)
    if host is None:
        return _percent_encode(authority.rpartition("@")[2].lower())
    name = _remove_www(host.name)
    if not host.port or host.port == _DEFAULT_PORTS.get((scheme or "https").lower()):
        return name
    return f"{name}:{host.port}"


def canonical_url(url: str) -> str:
    """Return the canonical form of a URL, which identifies its page; empty if it cannot be opened.

    The result is always an `https` URL. Removed are the user name, `www.`, the ports 80 and 443, trailing
    slashes, the fragment, doubly escaped ampersands, and tracking and AMP parameters. Percent-encoding is
    normalized. The order of the other parameters is kept.
    """
    url = url.strip()
    if _has_hidden_characters(url):
        return ""
    if "&" in url:
        url = _AMPERSAND_DEBRIS.sub("&", url)
    found = _WEB.match(url)
    if found is None:
        return ""
    _, authority, path, query = found.groups()
    host = _host(authority)
    if host is None:
        return ""
    if "&" in path:
        path, query = _split_query_in_path(path, query)
    name = _remove_www(host.name)
    if host.port and host.port not in _DEFAULT_PORTS.values():
        name = f"{name}:{host.port}"
    # Spaces before the fragment are not part of the URL.
    path = _normalize_encoding(path if query is not None else path.rstrip()).rstrip("/")
    if query:
        query = _remove_tracking(query.rstrip())
        if query:
            return f"https://{name}{path}?{_normalize_encoding(query)}"
    return f"https://{name}{path}"


def is_page(canonical: str) -> bool:
    """Check whether a canonical URL identifies a page rather than a whole site."""
    return any(sign in canonical[len("https://") :] for sign in "/?")


@lru_cache(maxsize=4_096)
def url_key(url: str) -> int | None:
    """Return a signed 64-bit hash (BLAKE2b) of the canonical URL, or None if the URL cannot be opened."""
    page = canonical_url(url)
    return canonical_key(page) if page else None


def canonical_key(canonical: str) -> int:
    """Return the `url_key` of a URL that is already canonical."""
    return int.from_bytes(_blake2b()(canonical.encode("ascii"), digest_size=8).digest(), "big", signed=True)


@cache
def _blake2b() -> type[blake2b]:
    """Import the hash on first use; even a repeated import statement takes a third of the time of a key."""
    from hashlib import blake2b

    return blake2b


def cached_amp_url(amp_url: str) -> str:
    """Return the AMP cache URL of an AMP page; empty if the URL cannot be opened.

    In the host, hyphens are doubled, then dots become hyphens; see
    https://developers.google.com/amp/cache/overview.
    """
    amp_url = amp_url.strip()
    found = _WEB.match(amp_url)
    if found is None or not is_openable(amp_url):
        return ""
    name = found[2].lower()
    if name.endswith(_CACHE_SUFFIX):
        return amp_url
    label = name.replace("-", "--").replace(".", "-")
    if not _DNS_LABEL.fullmatch(label):  # the cache has no hosts with a port, user name or other script
        return ""
    return f"https://{label}{_CACHE_SUFFIX}/c/s/{amp_url.partition('://')[2]}"


def _has_hidden_characters(url: str) -> bool:
    return not (url.isascii() and url.isprintable() and "\\" not in url) and bool(_FORBIDDEN.search(url))


def _host(authority: str) -> _Host | None:
    host_and_port = authority.rpartition("@")[2]
    return _parse_host(host_and_port) if len(host_and_port) <= _HOST_AND_PORT_LIMIT else None


@lru_cache(maxsize=2_048)
def _parse_host(host_and_port: str) -> _Host | None:
    found = _HOST_AND_PORT.fullmatch(host_and_port)
    if found is None:
        return None
    digits = found[2] or ""
    port = digits.lstrip("0")
    if (digits and not port) or len(port) > 5 or int(port or 1) > 65_535:
        return None
    name = _ipv6_address(found[1]) if found[1].startswith("[") else _dns_name(found[1])
    return _Host(name, port) if name else None


def _ipv6_address(text: str) -> str:
    from ipaddress import AddressValueError, IPv6Address

    try:
        address = IPv6Address(text[1:-1])
    except AddressValueError:
        return ""
    return f"[{address.compressed}]" if address.scope_id is None else ""


def _dns_name(text: str) -> str:
    """Convert a host to a DNS name; empty if that is impossible.

    The standard library's codec follows IDNA 2003, which maps `ß` to `ss`, a different host from the one that
    a browser contacts.
    """
    name = text.lower()
    if not name.isascii():
        name = _INVISIBLE_IN_HOST.sub("", normalize("NFKC", name)).lower()
        name = normalize("NFKC", name).replace("\u3002", ".")
        if _FORBIDDEN.search(name):
            return ""
        name = ".".join([_ascii_label(label) for label in name.split(".")])
    name = name.rstrip(".")
    return name if len(name) <= _HOST_LIMIT and _DNS_NAME.fullmatch(name) else ""


def _ascii_label(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def _remove_www(name: str) -> str:
    while name.startswith("www.") and "." in name[4:]:
        name = name[4:]
    return name


def _split_query_in_path(path: str, query: str | None) -> tuple[str, str | None]:
    """Split a path whose query begins with `&`: "/story&id=9" means "/story?id=9"."""
    found = _QUERY_IN_PATH.search(path)
    if found is None:
        return path, query
    in_path = path[found.end() :]
    return path[: found.start()], f"{in_path}&{query}" if query else in_path


def _remove_tracking(query: str) -> str:
    parameters = []
    for parameter in query.split("&"):
        while parameter.startswith("amp;"):  # the rest of an "&amp;" whose "&" was taken for the "?"
            parameter = parameter[4:]  # noqa: PLW2901
        folded = parameter.lower()
        name = folded.partition("=")[0]
        if not (
            not folded.strip()
            or name.startswith("utm_")
            or name in _TRACKING_NAMES
            or name in _AMP_NAMES
            or folded in _AMP_PARAMETERS
        ):
            parameters.append(parameter)
    return "&".join(parameters)


def _normalize_encoding(text: str) -> str:
    if not text.isascii() or " " in text:
        text = _percent_encode(text)
    if "%" in text:
        text = _PERCENT_CODE.sub(_upper_match, text)
    return text


def _percent_encode(text: str) -> str:
    return _NOT_GRAPHIC.sub(_encode_match, text)


def _encode_match(found: re.Match[str]) -> str:
    return "".join([f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass")])


def _upper_match(found: re.Match[str]) -> str:
    return found[0].upper()
