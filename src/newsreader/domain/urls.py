"""Which URLs may be opened, which host they lead to, and when two of them name the same page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple
from unicodedata import normalize

# Controls, direction overrides, invisible characters, halves of surrogate pairs, and the backslash, which
# browsers read as a slash.
_FORBIDDEN: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\\\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_SPACE: Final = re.compile(r"\s")
_WEB: Final = re.compile(r"(https?)://([^/?#]+)([^?#]*)(?:\?([^#]*))?", re.IGNORECASE)
_AUTHORITY: Final = re.compile(r"\s*(?:([a-z][a-z0-9+.-]*):)?//([^/?#\\]*)", re.IGNORECASE)
_HOST_AND_PORT: Final = re.compile(r"(\[[^\]]*\]|[^:\[\]]+)(?::([0-9]*))?")
_DNS_NAME: Final = re.compile(r"[a-z0-9._-]*[a-z0-9][a-z0-9._-]*")
_DNS_LABEL: Final = re.compile(r"[a-z0-9-]{1,63}")
_UNSEEN_IN_HOST: Final = re.compile(r"[\xad\u034f\u180b-\u180d\u200b\u2060\ufe00-\ufe0f\ufeff]")

# The longest name that DNS can hold, and "[", "]", ":" and a port around it.
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
    """In lower-case ASCII, as DNS is asked for it."""
    port: str
    """Without leading zeros; empty where the URL names none."""


def is_openable(url: str) -> bool:
    """Tell whether `url` may be handed to a browser: `http` or `https`, a real host, nothing hidden."""
    if _hides_something(url) or " " in url or not (url.isascii() or _SPACE.search(url) is None):
        return False
    found = _WEB.match(url)
    return found is not None and _host(found[2]) is not None


def host_of(url: str) -> str:
    """Return the host that `url` truly leads to, for a person to read; empty if it names none.

    Always printable ASCII: user names are left out, other scripts are shown in their `xn--` form, so that
    no host can pass for another. A port is shown unless it is the usual one of the scheme.
    """
    found = _AUTHORITY.match(url)
    if found is None:
        return ""
    scheme, authority = found.groups()
    host = _host(authority)
    if host is None:
        return _percent_encoded(authority.rpartition("@")[2].lower())
    name = _without_www(host.name)
    if not host.port or host.port == _DEFAULT_PORTS.get((scheme or "https").lower()):
        return name
    return f"{name}:{host.port}"


def canonical_url(url: str) -> str:
    """Return what two URLs of the same page have in common; empty if `url` cannot be opened.

    Always an `https` URL, whatever the scheme was. Folded away: user names, `www.`, the ports 80 and 443,
    trailing slashes, the fragment, `&amp;` debris, parameters that track a visitor or ask for the AMP form,
    and the ways to spell a percent-encoding. The order of the other parameters stays.
    """
    url = url.strip()
    if _hides_something(url):
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
        path, query = _parted_at_first_parameter(path, query)
    name = _without_www(host.name)
    if host.port and host.port not in _DEFAULT_PORTS.values():
        name = f"{name}:{host.port}"
    # Spaces before a fragment are no part of the address, as those around a URL are none.
    path = _uniformly_encoded(path if query is not None else path.rstrip()).rstrip("/")
    if query:
        query = _without_tracking(query.rstrip())
        if query:
            return f"https://{name}{path}?{_uniformly_encoded(query)}"
    return f"https://{name}{path}"


def is_page(canonical: str) -> bool:
    """Tell whether a URL from `canonical_url` leads to a page of a site, not to the site as a whole."""
    return any(sign in canonical[len("https://") :] for sign in "/?")


@lru_cache(maxsize=4_096)
def url_key(url: str) -> int | None:
    """Return a signed 64-bit number (BLAKE2b) for the page of `url`, or None if it cannot be opened."""
    page = canonical_url(url)
    return canonical_key(page) if page else None


def canonical_key(canonical: str) -> int:
    """Return the number that `url_key` gives to a URL from `canonical_url`."""
    from hashlib import blake2b

    return int.from_bytes(blake2b(canonical.encode("ascii"), digest_size=8).digest(), "big", signed=True)


def cached_amp_url(amp_url: str) -> str:
    """Return where the AMP cache keeps the page at `amp_url`; empty if that cannot be opened.

    The cache's own scheme: in the host a hyphen is doubled, then each full stop becomes a hyphen.
    See https://developers.google.com/amp/cache/overview.
    """
    amp_url = amp_url.strip()
    found = _WEB.match(amp_url)
    if found is None or not is_openable(amp_url):
        return ""
    name = found[2].lower()
    if name.endswith(_CACHE_SUFFIX):
        return amp_url
    label = name.replace("-", "--").replace(".", "-")
    if not _DNS_LABEL.fullmatch(label):  # a port, a user name or another script: not in the cache
        return ""
    return f"https://{label}{_CACHE_SUFFIX}/c/s/{amp_url.partition('://')[2]}"


def _hides_something(url: str) -> bool:
    return not (url.isascii() and url.isprintable() and "\\" not in url) and bool(_FORBIDDEN.search(url))


def _host(authority: str) -> _Host | None:
    host_and_port = authority.rpartition("@")[2]
    return _parsed_host(host_and_port) if len(host_and_port) <= _HOST_AND_PORT_LIMIT else None


@lru_cache(maxsize=2_048)
def _parsed_host(host_and_port: str) -> _Host | None:
    found = _HOST_AND_PORT.fullmatch(host_and_port)
    if found is None:
        return None
    digits = found[2] or ""
    port = digits.lstrip("0")
    if (digits and not port) or len(port) > 5 or int(port or 1) > 65_535:
        return None
    name = _address_in_brackets(found[1]) if found[1].startswith("[") else _dns_name(found[1])
    return _Host(name, port) if name else None


def _address_in_brackets(text: str) -> str:
    from ipaddress import AddressValueError, IPv6Address

    try:
        address = IPv6Address(text[1:-1])
    except AddressValueError:
        return ""
    return f"[{address.compressed}]" if address.scope_id is None else ""


def _dns_name(text: str) -> str:
    """Return a host as DNS is asked for it, or "" if no DNS name can be made of it.

    Written here because the standard library's codec follows IDNA 2003, which turns `ß` into `ss`: it would
    show another host than the one that a browser opens.
    """
    name = text.lower()
    if not name.isascii():
        name = _UNSEEN_IN_HOST.sub("", normalize("NFKC", name)).lower()
        name = normalize("NFKC", name).replace("\u3002", ".")
        if _FORBIDDEN.search(name):
            return ""
        name = ".".join([_ascii_label(label) for label in name.split(".")])
    name = name.rstrip(".")
    return name if len(name) <= _HOST_LIMIT and _DNS_NAME.fullmatch(name) else ""


def _ascii_label(label: str) -> str:
    return label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")


def _without_www(name: str) -> str:
    while name.startswith("www.") and "." in name[4:]:
        name = name[4:]
    return name


def _parted_at_first_parameter(path: str, query: str | None) -> tuple[str, str | None]:
    """Accept `&` as the first separator: "/story&id=9" is "/story?id=9"."""
    found = _QUERY_IN_PATH.search(path)
    if found is None:
        return path, query
    in_path = path[found.end() :]
    return path[: found.start()], f"{in_path}&{query}" if query else in_path


def _without_tracking(query: str) -> str:
    kept = []
    for parameter in query.split("&"):
        while parameter.startswith("amp;"):  # debris of which the "&" was read as the "?"
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
            kept.append(parameter)
    return "&".join(kept)


def _uniformly_encoded(text: str) -> str:
    if not text.isascii() or " " in text:
        text = _percent_encoded(text)
    if "%" in text:
        text = _PERCENT_CODE.sub(_in_upper_case, text)
    return text


def _percent_encoded(text: str) -> str:
    return _NOT_GRAPHIC.sub(_bytes_as_percent_codes, text)


def _bytes_as_percent_codes(found: re.Match[str]) -> str:
    return "".join([f"%{byte:02X}" for byte in found[0].encode("utf-8", "surrogatepass")])


def _in_upper_case(found: re.Match[str]) -> str:
    return found[0].upper()
