"""Rules of a site for crawlers (robots.txt, RFC 9309)."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from newsreader.domain.urls import host_of, is_openable
from newsreader.web.http.client import WebClient
from newsreader.web.http.errors import Failure, WebError

_AGENT: Final = "newsreader"
_MAX_BYTES: Final = 500_000
_MAX_DELAY: Final = 3_600.0
_DELAY: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")


@dataclass
class RobotsRules:
    """The rules of one site.

    Attributes:
        rules: Patterns and whether they allow; `*` matches anything, a final `$` the end of a path.
        crawl_delay: Seconds between two requests, None if not given.

    """

    rules: list[tuple[bytes, bool]] = field(default_factory=list)
    crawl_delay: float | None = None

    def allow(self, url: str) -> bool:
        """Return whether a page may be fetched: the longest pattern decides, on a tie the permission."""
        parts = urlsplit(url)
        path = unquote_to_bytes(f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}")
        matching = [(len(pattern), allows) for pattern, allows in self.rules if _matches(pattern, path)]
        return max(matching)[1] if matching else True

    def add(self, name: str, value: str) -> None:
        """Add a line of robots.txt."""
        if name in ("allow", "disallow") and value:
            self.rules.append((unquote_to_bytes(value), name == "allow"))
        elif name == "crawl-delay" and _DELAY.fullmatch(value):
            self.crawl_delay = min(float(value), _MAX_DELAY)


class Permission(NamedTuple):
    """Whether a page may be fetched, and if not, why; `error` is set if robots.txt cannot be read."""

    is_allowed: bool
    reason: str = ""
    crawl_delay: float | None = None
    error: WebError | None = None


class Robots:
    """Fetches the rules of each site once, even for concurrent requests."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._known: dict[str, RobotsRules | WebError] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def permission(self, url: str) -> Permission:
        """Return whether a page may be fetched.

        As in the RFC, a site without robots.txt (4xx) allows everything, and one whose robots.txt cannot be
        read (5xx, unreachable) nothing.
        """
        if not is_openable(url):
            return Permission(True)  # the client has the better message
        site = _site_of(url)
        async with self._locks.setdefault(site, asyncio.Lock()):
            if site not in self._known:
                self._known[site] = await self._fetch(site)
        rules = self._known[site]
        host = host_of(url)
        if isinstance(rules, WebError):
            cause = str(rules).partition(": ")[2]
            reason = f"{host}: its rules for programs (robots.txt) cannot be read: {cause}"
            return Permission(False, reason, error=rules)
        if rules.allow(url):
            return Permission(True, "", rules.crawl_delay)
        reason = f"{host}: asks programs to leave this page alone (robots.txt)"
        return Permission(False, reason, rules.crawl_delay)

    async def _fetch(self, site: str) -> RobotsRules | WebError:
        try:
            answer = await self._client.get(
                f"{site}/robots.txt", accept="text/plain, */*;q=0.1", body_limit=_MAX_BYTES
            )
        except WebError as error:
            # An unsafe site is better reported for the page itself.
            has_none = error.kind is Failure.UNSAFE or 400 <= error.status < 500
            return RobotsRules() if has_none and error.kind is not Failure.BUSY else error
        return parse_robots(answer.text())


def parse_robots(text: str) -> RobotsRules:
    """Parse a robots.txt into the groups that name this program, or else those for all."""
    groups: dict[str, RobotsRules] = {}
    agents: list[str] = []
    is_naming = False
    for line in text.splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            agent = value.partition("/")[0].strip().lower()  # without its version
            agents = [*agents, agent] if is_naming else [agent]
            is_naming = True
            continue
        is_naming = False
        for agent in agents:
            groups.setdefault(agent, RobotsRules()).add(name, value)
    return groups.get(_AGENT) or groups.get("*") or RobotsRules()


def _site_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"


def _matches(pattern: bytes, path: bytes) -> bool:
    """Match the start of a path in linear time, whatever the pattern."""
    is_whole = pattern.endswith(b"$")
    first, *others = pattern.removesuffix(b"$").split(b"*")
    if not path.startswith(first):
        return False
    position = len(first)
    for number, part in enumerate(others, start=1):
        if is_whole and number == len(others):
            return len(path) - len(part) >= position and path.endswith(part)
        found = path.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return not is_whole or position == len(path)
