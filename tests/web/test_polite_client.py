"""Many requests in one run, as the servers see them."""

from __future__ import annotations

import asyncio

import pytest

from newsreader.web.http.client import Limits
from newsreader.web.http.errors import Failure, WebError
from newsreader.web.http.polite_client import PoliteClient
from newsreader.web.http.throttle import HostThrottle
from tests.unit.commands.web_pages import CountingServer
from tests.web.server import Delivery, PageServer, Reply


async def test_a_server_never_has_more_than_two_requests_at_once() -> None:
    with CountingServer() as server, CountingServer() as other:
        urls = [
            one.add(f"/{number}", Reply(f"page {number}")) for number in range(12) for one in (server, other)
        ]
        async with PoliteClient(private_addresses=True) as client:
            answers = await asyncio.gather(*map(client.get, urls))
    assert [answer.text() for answer in answers] == [f"page {n}" for n in range(12) for _ in range(2)]
    assert (server.most, other.most) == (2, 2)


async def test_a_busy_server_is_retried_once() -> None:
    with PageServer() as server:
        busy = Reply(status=503, headers={"Retry-After": "1"})
        url = server.add("/page", busy, Reply("there"))
        async with PoliteClient(private_addresses=True) as client:
            assert (await client.get(url)).text() == "there"
            assert (await client.head(url)).status == 200
        assert server.paths().count("/page") == 3


async def test_an_unreachable_host_is_skipped() -> None:
    with PageServer() as server:
        url = server.url("/page")
    words = []
    async with PoliteClient(private_addresses=True) as client:
        for _ in range(4):
            with pytest.raises(WebError) as error:
                await client.get(url)
            words.append(str(error.value))
            assert error.value.kind is Failure.UNREACHABLE
    assert words[3].endswith("was given up after 3 failures")


async def test_a_site_with_an_unreadable_robots_txt_is_not_fetched() -> None:
    with PageServer() as server:
        server.add("/robots.txt", Reply(status=500))
        url = server.add("/page", Reply("there"))
        async with PoliteClient(private_addresses=True) as client:
            for _ in range(2):
                with pytest.raises(WebError, match=r"robots\.txt") as error:
                    await client.get(url)
                assert error.value.kind is Failure.BROKEN
        assert server.paths() == ["/robots.txt"]


async def test_the_crawl_delay_is_applied() -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    with PageServer() as server:
        server.add("/robots.txt", Reply("User-agent: *\nCrawl-delay: 4", content_type="text/plain"))
        urls = [server.add(f"/{number}", Reply("there")) for number in range(3)]
        async with PoliteClient(HostThrottle(sleep=sleep), private_addresses=True) as client:
            for url in urls:
                await client.get(url)
    assert len(waits) == 2
    assert all(3 < seconds <= 4 for seconds in waits)


async def test_robots_txt_is_retried_after_a_connection_failure() -> None:
    with PageServer() as server:
        server.add("/robots.txt", Reply(delivery=Delivery.SILENT), Reply(status=404))
        url = server.add("/page", Reply("there"))
        limits = Limits(read=0.3)
        async with PoliteClient(private_addresses=True, limits=limits) as client:
            with pytest.raises(WebError, match="no answer within"):
                await client.get(url)
            assert (await client.get(url)).text() == "there"
