"""What a site allows programs that walk through many pages (robots.txt, RFC 9309)."""

from __future__ import annotations

import asyncio
import re
from typing import Final, NamedTuple
from urllib.parse import unquote_to_bytes, urlsplit

from newsreader.domain.urls import host_of, is_openable
from newsreader.web.http.client import WebClient
from newsreader.web.http.errors import Failure, WebError

_AGENT: Final = "newsreader"
_MOST_BYTES: Final = 500_000
_LONGEST_DELAY: Final = 3_600.0
_DELAY: Final = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")


class RobotsRule(NamedTuple):
    """Whether paths that fit a pattern are allowed; `*` stands for anything, `$` for the end."""

    is_allowed: bool
    pattern: bytes


class RobotsRules(NamedTuple):
    """What one site asks of us. `crawl_delay` is in seconds between two requests, None if it does not say."""

    rules: tuple[RobotsRule, ...] = ()
    crawl_delay: float | None = None

    def allow(self, url: str) -> bool:
        """Tell whether the page at `url` may be fetched: the longest pattern decides, the kinder of two."""
        parts = urlsplit(url)
        path = _plain_path(f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}")
        fitting = [(len(rule.pattern), rule.is_allowed) for rule in self.rules if _fits(rule.pattern, path)]
        return max(fitting)[1] if fitting else True


class Permission(NamedTuple):
    """Whether a page may be fetched; `words` say why not. `crawl_delay` is in seconds, None without one."""

    is_allowed: bool
    words: str = ""
    crawl_delay: float | None = None


_NOTHING: Final = RobotsRules((RobotsRule(False, b"/"),))


class Robots:
    """The rules of each site that is met, fetched once, however many ask at the same time."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._known: dict[str, RobotsRules | WebError] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def permission(self, url: str) -> Permission:
        """Tell whether the page at `url` may be fetched.

        A site without rules (4xx) allows everything; one that cannot say them (5xx, not to be reached)
        allows nothing, as the RFC asks.
        """
        if not is_openable(url):
            return Permission(True)  # the client says it better
        site = _site_of(url)
        async with self._locks.setdefault(site, asyncio.Lock()):
            if site not in self._known:
                self._known[site] = await self._fetch(site)
        rules = self._known[site]
        host = host_of(url)
        if isinstance(rules, WebError):
            reason = str(rules).partition(": ")[2]
            return Permission(False, f"{host}: its rules for programs (robots.txt) cannot be read: {reason}")
        if rules.allow(url):
            return Permission(True, "", rules.crawl_delay)
        words = f"{host}: asks programs to leave this page alone (robots.txt)"
        return Permission(False, words, rules.crawl_delay)

    async def _fetch(self, site: str) -> RobotsRules | WebError:
        try:
            answer = await self._client.get(
                f"{site}/robots.txt", accept="text/plain, */*;q=0.1", body_limit=_MOST_BYTES
            )
        except WebError as error:
            # Whatever is unsafe about the site is better said of the page itself.
            has_none = error.kind is Failure.UNSAFE or 400 <= error.status < 500
            return RobotsRules() if has_none and error.kind is not Failure.BUSY else error
        return parse_robots(answer.text())


def parse_robots(text: str) -> RobotsRules:
    """Read what a robots.txt asks of us: the groups that name us, else those for everybody."""
    groups: dict[str, _Group] = {}
    agents: list[str] = []
    is_naming = False
    for line in text.splitlines():
        name, colon, value = line.partition("#")[0].partition(":")
        name, value = name.strip().lower(), value.strip()
        if not colon:
            continue
        if name == "user-agent":
            agents = [*agents, _token(value)] if is_naming else [_token(value)]
            is_naming = True
            continue
        is_naming = False
        for agent in agents:
            groups.setdefault(agent, _Group()).take(name, value)
    group = groups.get(_AGENT) or groups.get("*")
    return RobotsRules(tuple(group.rules), group.crawl_delay) if group else RobotsRules()


class _Group:
    def __init__(self) -> None:
        self.rules: list[RobotsRule] = []
        self.crawl_delay: float | None = None

    def take(self, name: str, value: str) -> None:
        if name in ("allow", "disallow") and value:
            self.rules.append(RobotsRule(name == "allow", _plain_path(value)))
        elif name == "crawl-delay" and _DELAY.fullmatch(value):
            self.crawl_delay = min(float(value), _LONGEST_DELAY)


def _site_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.rpartition('@')[2].lower()}"


def _token(agent: str) -> str:
    """Return the name of a program without its version."""
    return agent.partition("/")[0].strip().lower()


def _plain_path(path: str) -> bytes:
    """Return a path as bytes, whichever of its characters were percent-encoded."""
    return unquote_to_bytes(path)


def _fits(pattern: bytes, path: bytes) -> bool:
    """Tell whether a path begins as a pattern says, in a time that no pattern can drive up."""
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
