"""Links that live, moved or died."""

from __future__ import annotations

import socket

import pytest

from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.web.fetch.link_check import check_link
from newsreader.web.http.client import Limits, WebClient
from tests.web.server import Delivery, PageServer, Reply


async def _verdict(url: str, *, private_addresses: bool = True) -> LinkStatus:
    async with WebClient(private_addresses=private_addresses, limits=Limits(read=1)) as client:
        return await check_link(client, url, now=lambda: 1_000.9)


def _methods(server: PageServer) -> list[str]:
    return [request.method for request in server.requests]


async def test_a_responding_page_is_alive() -> None:
    with PageServer() as server:
        url = server.add("/page", Reply("here"))
        verdict = await _verdict(url)
    assert verdict == LinkStatus(url, LinkOutcome.ALIVE, 200, f"127.0.0.1:{server.port}: answers", 1_000)
    assert _methods(server) == ["HEAD"]


@pytest.mark.parametrize(
    "reply",
    [
        *(Reply("no", status) for status in (400, 403, 404, 405, 501, 503)),
        Reply(delivery=Delivery.HANG_UP),
    ],
)
async def test_a_server_without_head_gets_a_get_request(reply: Reply) -> None:
    with PageServer() as server:
        verdict = await _verdict(server.add("/page", reply, Reply("here")))
    assert verdict.outcome is LinkOutcome.ALIVE
    assert _methods(server) == ["HEAD", "GET"]


@pytest.mark.parametrize(
    ("reply", "outcome", "methods"),
    [
        (Reply("no", 404), LinkOutcome.GONE, ["HEAD", "GET"]),
        (Reply("no", 410), LinkOutcome.GONE, ["HEAD"]),
        (Reply("no", 403), LinkOutcome.REFUSED, ["HEAD", "GET"]),
        (Reply("no", 429), LinkOutcome.FAILED, ["HEAD"]),
        (Reply("no", 500), LinkOutcome.FAILED, ["HEAD", "GET"]),
        (Reply(delivery=Delivery.SILENT), LinkOutcome.UNREACHABLE, ["HEAD", "GET"]),
    ],
)
async def test_failures_are_returned_as_a_status(
    reply: Reply, outcome: LinkOutcome, methods: list[str]
) -> None:
    with PageServer() as server:
        url = server.add("/page", reply)
        verdict = await _verdict(url)
    assert (verdict.url, verdict.outcome, verdict.checked_at) == (url, outcome, 1_000)
    assert verdict.status == (0 if reply.delivery is Delivery.SILENT else reply.status)
    assert verdict.words.startswith("127.0.0.1:")
    assert _methods(server) == methods


async def test_only_the_start_of_a_page_is_read() -> None:
    with PageServer() as server:
        url = server.add("/page", Reply("no", 405), Reply("x" * 10_000, delivery=Delivery.ENDLESS))
        assert (await _verdict(url)).outcome is LinkOutcome.ALIVE


async def test_the_redirect_target_is_reported() -> None:
    with PageServer() as server:
        there = server.url("/new", host="localhost")
        server.add("/new", Reply("here"))
        verdict = await _verdict(server.add("/old", Reply(status=301, headers={"Location": there})))
    assert (verdict.outcome, verdict.moved_to) == (LinkOutcome.ALIVE, there)
    assert verdict.words == f"127.0.0.1:{server.port}: leads to localhost:{server.port} now"


async def test_a_redirect_to_the_front_page_is_reported() -> None:
    with PageServer() as server:
        server.add("/", Reply("welcome"))
        verdict = await _verdict(server.add("/old", Reply(status=302, headers={"Location": "/"})))
    assert verdict.words == f"127.0.0.1:{server.port}: leads to the front page of the site now"
    assert verdict.moved_to == server.url("/")


async def test_a_redirect_to_the_same_canonical_url_is_no_move() -> None:
    with PageServer() as server:
        server.add("/page/", Reply("here"))
        verdict = await _verdict(server.add("/page", Reply(status=301, headers={"Location": "/page/"})))
    assert (verdict.outcome, verdict.moved_to) == (LinkOutcome.ALIVE, "")


async def test_a_redirect_to_a_missing_page_is_gone() -> None:
    with PageServer() as server:
        verdict = await _verdict(server.add("/old", Reply(status=301, headers={"Location": "/new"})))
    assert (verdict.outcome, verdict.moved_to) == (LinkOutcome.GONE, server.url("/new"))


async def test_an_unsafe_link_is_not_retried() -> None:
    with PageServer() as server:
        verdict = await _verdict(server.url("/page"), private_addresses=False)
    assert verdict.outcome is LinkOutcome.REFUSED
    assert not server.requests


async def test_a_link_is_not_retried_while_offline() -> None:
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "no")

    async with WebClient(resolve=resolve) as client:
        verdict = await check_link(client, "http://a.example/page", now=lambda: 1_000)
    assert verdict.outcome is LinkOutcome.UNREACHABLE
    assert verdict.words == "a.example: the network cannot be reached"
    assert asked == ["a.example"]
