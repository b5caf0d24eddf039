"""Private addresses in all their spellings, and names that lead to them."""

from __future__ import annotations

import asyncio
import errno
import socket
from collections.abc import Mapping

import httpcore
import pytest

from newsreader.web.http.address_policy import (
    Resolve,
    is_online,
    is_private,
    is_private_host,
    literal_address,
)
from newsreader.web.http.client import Limits, WebClient
from newsreader.web.http.errors import Failure, OfflineError, WebError
from tests.web.server import PageServer, Reply

PRIVATE = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255",  # noqa: S104
    "192.168.0.1", "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "2002:7f00:1::", "2002:c0a8:1::1", "2001:0:4136:e378:8000:63bf:80ff:fffe", "100::1", "4000::1",
    "", "no address", "300.0.0.1", "1.2.3", "127.0.0.1 ", "0177.0.0.1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1", "8.8.8.8", "93.184.215.14", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1",
    "223.255.255.254",
    "2606:4700:4700::1111", "2a00:1450:4001:80b::200e", "::ffff:8.8.8.8", "64:ff9b::808:808",
    "2002:808:808::1",
]  # fmt: skip
LOOPBACK_SPELLINGS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7f.1", "0177.0.0.1",
    "017700000001", "127.0.0.1.", "0.0.0.0", "0",  # noqa: S104
    "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "localhost", "LOCALHOST", "localhost.",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_recognised(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_recognised(address: str) -> None:
    assert not is_private(address)


@pytest.mark.parametrize(
    "host", [*LOOPBACK_SPELLINGS, "sub.localhost", "0xA9FEA9FE", "2852039166", "[fe80::1]"]
)
def test_private_hosts_are_recognised_by_name_in_any_spelling(host: str) -> None:
    assert is_private_host(host)


@pytest.mark.parametrize(
    "host", ["example.com", "localhost.example.com", "8.8.8.8", "0x08080808", "[2606:4700::1]", "ü.example"]
)
def test_other_hosts_are_not_private_by_name(host: str) -> None:
    assert not is_private_host(host)


def test_a_host_spelled_as_an_address_is_that_address() -> None:
    assert literal_address("0x7f.1") == "127.0.0.1"
    assert literal_address("[::1]") == "::1"
    assert literal_address("example.com") is None


@pytest.mark.parametrize("host", LOOPBACK_SPELLINGS)
async def test_no_spelling_of_loopback_is_missed(host: str) -> None:
    with PageServer() as server:
        server.add("/", Reply("secret"))
        async with WebClient() as client:
            with pytest.raises(WebError) as caught:
                await client.get(f"http://{host}:{server.port}/")
    assert caught.value.kind in (Failure.UNSAFE, Failure.UNREACHABLE)  # some systems know fewer spellings
    assert not server.requests


@pytest.mark.parametrize("address", ["169.254.169.254", "10.0.0.1", "192.168.1.1", "[fe80::1]", "[fd00::1]"])
async def test_private_addresses_are_refused_with_a_message(address: str) -> None:
    async with WebClient() as client:
        with pytest.raises(WebError) as caught:
            await client.get(f"https://{address}/")
    assert caught.value.kind is Failure.UNSAFE
    assert str(caught.value) == f"{address}: the address is a private one, which pages may not lead to"


def _resolve(table: Mapping[str, list[str]], asked: list[str] | None = None) -> Resolve:
    async def resolve(host: str, port: int) -> list[str]:
        if asked is not None:
            asked.append(host)
        return table[host]

    return resolve


@pytest.mark.parametrize(
    "addresses", [["127.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["::ffff:127.0.0.1"], ["fe80::1%eth0"]]
)
async def test_names_that_resolve_to_private_addresses_are_refused(addresses: list[str]) -> None:
    with PageServer() as server:
        async with WebClient(resolve=_resolve({"a.example": addresses})) as client:
            with pytest.raises(WebError) as caught:
                await client.get(f"http://a.example:{server.port}/")
    assert caught.value.kind is Failure.UNSAFE
    assert not server.requests


async def test_a_redirect_to_a_name_of_a_private_address_is_refused() -> None:
    with PageServer() as server:
        inner = f"http://inner.example:{server.port}/"
        url = server.add("/page", Reply(status=302, headers={"Location": inner}))
        async with WebClient(
            resolve=_resolve({"127.0.0.1": ["127.0.0.1"], "inner.example": ["127.0.0.1"]})
        ) as client:
            with pytest.raises(WebError) as caught:
                await client.get(url, trusted=True)
    assert (caught.value.kind, caught.value.url) == (Failure.UNSAFE, inner)
    assert server.paths() == ["/page"]


async def test_only_the_checked_address_is_connected_to() -> None:
    asked: list[str] = []
    with PageServer() as server:
        server.add("/", Reply("here"))
        table = {"a.example": ["127.0.0.1"]}
        async with WebClient(private_addresses=True, resolve=_resolve(table, asked)) as client:
            answer = await client.get(f"http://a.example:{server.port}/")
    assert answer.body == b"here"
    assert asked == ["a.example"]
    assert server.requests[0].headers["host"] == f"a.example:{server.port}"


async def test_a_connection_to_a_configured_host_is_not_reused_for_a_page() -> None:
    with PageServer() as server:
        url = server.add("/page", Reply("here"))
        async with WebClient() as client:
            await client.get(url, trusted=True)
            with pytest.raises(WebError, match="private"):
                await client.get(url)
    assert len(server.requests) == 1


async def test_the_next_address_is_tried_after_a_timeout() -> None:
    with PageServer() as server:
        server.add("/", Reply("here"))
        table = {"a.example": ["::1", "127.0.0.2", "127.0.0.1"]}
        async with WebClient(private_addresses=True, resolve=_resolve(table)) as client:
            answer = await client.get(f"http://a.example:{server.port}/")
    assert answer.body == b"here"


@pytest.mark.parametrize(
    ("error", "words", "is_offline"),
    [
        (socket.gaierror(socket.EAI_NONAME, "no"), "there is no host of that name", False),
        (socket.gaierror(socket.EAI_AGAIN, "no"), "the network cannot be reached", True),
        (socket.gaierror(socket.EAI_FAIL, "no"), "the network cannot be reached", True),
        (UnicodeError("label too long"), "there is no host of that name", False),
        (None, "there is no host of that name", False),
    ],
)
async def test_unknown_hosts_are_distinguished_from_being_offline(
    error: Exception | None, words: str, is_offline: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.web.http.connections.is_online", lambda: True)

    async def resolve(host: str, port: int) -> list[str]:
        if error is not None:
            raise error
        return []

    async with WebClient(resolve=resolve) as client:
        with pytest.raises(WebError) as caught:
            await client.get("http://a.example/")
    assert caught.value.kind is Failure.UNREACHABLE
    assert str(caught.value) == f"a.example: {words}"
    assert isinstance(caught.value, OfflineError) is is_offline


async def test_a_name_lookup_can_be_cancelled() -> None:
    started = asyncio.Event()

    async def resolve(host: str, port: int) -> list[str]:
        started.set()
        await asyncio.sleep(60)
        return []

    async with WebClient(resolve=resolve) as client:
        task = asyncio.create_task(client.get("http://a.example/"))
        await started.wait()
        task.cancel()
        async with asyncio.timeout(5):
            with pytest.raises(asyncio.CancelledError):
                await task


async def test_an_unknown_host_without_a_network_is_offline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "no")

    monkeypatch.setattr("newsreader.web.http.connections.is_online", lambda: False)
    async with WebClient(resolve=resolve) as client:
        with pytest.raises(OfflineError, match=r"^a\.example: the network cannot be reached$"):
            await client.get("http://a.example/")


def test_a_machine_without_a_route_is_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    class Unrouted(socket.socket):
        def connect(self, address: object) -> None:
            raise OSError(errno.ENETUNREACH, "no")

    class Routed(socket.socket):
        def connect(self, address: object) -> None:
            pass

    monkeypatch.setattr(socket, "socket", Unrouted)
    assert not is_online()
    monkeypatch.setattr(socket, "socket", Routed)
    assert is_online()


async def test_an_address_without_a_route_is_reported_as_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    async def connect(*arguments: object, **options: object) -> None:
        raise httpcore.ConnectError from OSError(errno.ENETUNREACH, "no")

    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", connect)
    async with WebClient(resolve=_resolve({"a.example": ["1.1.1.1", "8.8.8.8"]})) as client:
        with pytest.raises(OfflineError, match=r"^a\.example: the network cannot be reached$"):
            await client.get("http://a.example/")


async def test_a_name_lookup_is_bounded_by_the_connect_timeout() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        await asyncio.sleep(60)
        return []

    async with WebClient(resolve=resolve, limits=Limits(connect=0.2)) as client:
        with pytest.raises(WebError, match=r"^a\.example: no connection within 0\.2 seconds$") as caught:
            await client.get("http://a.example/")
    assert caught.value.kind is Failure.UNREACHABLE
