"""The rules of sites for programs."""

from __future__ import annotations

import asyncio

import pytest

from newsreader.web.http.client import Limits, WebClient
from newsreader.web.http.robots import Robots, parse_robots
from tests.web.server import Delivery, PageServer, Reply


@pytest.mark.parametrize(
    ("rules", "path", "is_allowed"),
    [
        ("User-agent: *\nDisallow: /private/", "/private/page", False),
        ("User-agent: *\nDisallow: /private/", "/page", True),
        ("User-agent: *\nDisallow: /private", "/privateer", False),
        ("User-agent: *\nDisallow:", "/page", True),
        ("User-agent: *\nDisallow: /", "", False),
        ("Disallow: /", "/page", True),
        ("no rules at all", "/page", True),
        ("User-agent: other\nDisallow: /", "/page", True),
        ("User-agent: NewsReader/2.0\nDisallow: /", "/page", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: newsreader\nDisallow: /a", "/b", True),
        ("User-agent: newsreader\nUser-agent: other\nDisallow: /a", "/a", False),
        ("User-agent: newsreader\nDisallow: /a\nUser-agent: other\nDisallow: /b", "/b", True),
        ("User-agent: newsreader\nDisallow: /a\n\nUser-agent: newsreader\nDisallow: /b", "/b", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/c", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?c", True),
        ("User-agent: *\nDisallow: /*?print=", "/a?print=1", False),
        ("User-agent: *\nDisallow: /a*b*c", "/a-c-b", True),
        ("User-agent: *\nDisallow: /a*b*c", "/a-b-c-d", False),
        ("User-agent: *\nDisallow: /a$", "/a", False),
        ("User-agent: *\nDisallow: /a$", "/ab", True),
        ("User-agent: *\nDisallow: /*a*a$", "/a", True),
        ("User-agent: *\nDisallow: /gr%C3%BC", "/grüße", False),
        ("User-agent: *\nDisallow: /grü", "/gr%c3%bc%C3%9Fe", False),
        ("user-agent : *  # all\n disallow : /a # not this", "/a", False),
    ],
)
def test_robots_txt_allows_or_disallows_pages(rules: str, path: str, is_allowed: bool) -> None:
    assert parse_robots(rules).allow(f"https://a.example{path}") is is_allowed


@pytest.mark.parametrize(
    ("delay", "seconds"), [("5", 5.0), ("0.5", 0.5), ("999999", 3_600.0), ("soon", None), ("-1", None)]
)
def test_the_crawl_delay_is_reported(delay: str, seconds: float | None) -> None:
    assert parse_robots(f"User-agent: *\nCrawl-delay: {delay}").crawl_delay == seconds


def test_patterns_match_in_linear_time() -> None:
    rules = parse_robots("User-agent: *\nDisallow: /" + "*a" * 2_000 + "$")
    assert rules.allow("https://a.example/" + "a" * 1_999 + "b")


async def test_robots_txt_is_fetched_once_for_a_site() -> None:
    with PageServer() as server:
        server.add("/robots.txt", Reply("User-agent: *\nDisallow: /no\nCrawl-delay: 2", delay=0.05))
        async with WebClient(private_addresses=True) as client:
            robots = Robots(client)
            allowed, refused = await asyncio.gather(
                robots.permission(server.url("/yes")), robots.permission(server.url("/no"))
            )
    assert server.paths() == ["/robots.txt"]
    assert (allowed.is_allowed, allowed.reason, allowed.crawl_delay) == (True, "", 2.0)
    assert not refused.is_allowed
    assert refused.reason == f"127.0.0.1:{server.port}: asks programs to leave this page alone (robots.txt)"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
async def test_a_site_without_robots_txt_allows_everything(status: int) -> None:
    with PageServer() as server:
        server.add("/robots.txt", Reply("no", status))
        async with WebClient(private_addresses=True) as client:
            assert (await Robots(client).permission(server.url("/page"))).is_allowed


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply("no", 500), "has an error of its own (500)"),
        (Reply("no", 503), "is overloaded or under repair (503)"),
        (Reply("no", 429), "asks for fewer requests (429)"),
        (Reply(delivery=Delivery.SILENT), "no answer within 1 second"),
        (Reply(delivery=Delivery.HANG_UP), "ended the connection without an answer"),
    ],
)
async def test_an_unreadable_robots_txt_disallows_everything(reply: Reply, reason: str) -> None:
    with PageServer() as server:
        server.add("/robots.txt", reply)
        async with WebClient(private_addresses=True, limits=Limits(read=1)) as client:
            permission = await Robots(client).permission(server.url("/page"))
    assert not permission.is_allowed
    assert permission.reason.endswith(f": its rules for programs (robots.txt) cannot be read: {reason}")


async def test_an_unsafe_site_is_reported_for_the_page() -> None:
    async with WebClient() as client:
        robots = Robots(client)
        assert (await robots.permission("http://127.0.0.1/page")).is_allowed
        assert (await robots.permission("file:///etc/passwd")).is_allowed


async def test_a_long_robots_txt_is_cut() -> None:
    with PageServer() as server:
        rules = "User-agent: *\n" + "Disallow: /no\n" * 50_000 + "Disallow: /late"
        server.add("/robots.txt", Reply(rules))
        async with WebClient(private_addresses=True) as client:
            robots = Robots(client)
            assert not (await robots.permission(server.url("/no"))).is_allowed
            assert (await robots.permission(server.url("/late"))).is_allowed
