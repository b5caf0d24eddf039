"""Where servers send us on to, and where we go."""

from __future__ import annotations

import pytest

from newsreader.web.http.client import WebClient
from newsreader.web.http.errors import Failure, WebError
from tests.web.server import PageServer, Reply, certificates


def _to(location: str, status: int = 302) -> Reply:
    return Reply("elsewhere", status, headers={"Location": location})


async def _failure(url: str, *, trusted: bool = False, private_addresses: bool = True) -> WebError:
    async with WebClient(private_addresses=private_addresses) as client:
        with pytest.raises(WebError) as caught:
            await client.get(url, trusted=trusted)
    return caught.value


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_redirects_are_followed(status: int) -> None:
    with PageServer() as server:
        there = server.add("/new/page", Reply("there"))
        here = server.add("/old/page", _to("../new/page#part", status))
        async with WebClient(private_addresses=True) as client:
            answer = await client.get(here)
            asked = await client.head(here)
    assert (answer.url, answer.body) == (there, b"there")
    assert asked.url == there
    assert [request.method for request in server.requests] == ["GET", "GET", "HEAD", "HEAD"]


async def test_redirects_may_change_host_and_downgrade_to_http() -> None:
    with PageServer() as plain, PageServer(tls=certificates().server) as secure:
        there = plain.add("/page", Reply("there"))
        here = secure.add("/page", _to(plain.url("/page", host="localhost")))
        async with WebClient(private_addresses=True, trust=certificates().trust) as client:
            answer = await client.get(here)
    assert answer.body == b"there"
    assert answer.url == there.replace("127.0.0.1", "localhost")


async def test_spaces_in_a_location_are_encoded() -> None:
    with PageServer() as server:
        server.add("/a%20page", Reply("there"))
        url = server.add("/page", _to(" /a page "))
        async with WebClient(private_addresses=True) as client:
            assert (await client.get(url)).body == b"there"


async def test_at_most_five_redirects_are_followed() -> None:
    with PageServer() as server:
        for number in range(6):
            server.add(f"/{number}", _to(f"/{number + 1}"))
        server.add("/6", Reply("there"))
        error = await _failure(server.url("/0"))
        async with WebClient(private_addresses=True) as client:
            assert (await client.get(server.url("/1"))).body == b"there"
    assert (error.kind, str(error).partition(": ")[2]) == (Failure.BROKEN, "leads on more than 5 times")
    assert server.paths()[:6] == ["/0", "/1", "/2", "/3", "/4", "/5"]


async def test_a_redirect_loop_is_detected() -> None:
    with PageServer() as server:
        server.add("/b", _to("/a"))
        error = await _failure(server.add("/a", _to("/b")))
    assert (error.kind, str(error).partition(": ")[2]) == (Failure.BROKEN, "leads around in a circle")
    assert server.paths() == ["/a", "/b"]


@pytest.mark.parametrize(
    ("location", "kind", "words"),
    [
        ("", Failure.BROKEN, "sends us on without saying where"),
        ("ftp://a.example/", Failure.UNSAFE, "sends us on to what is no address of the web"),
        ("file:///etc/passwd", Failure.UNSAFE, "sends us on to what is no address of the web"),
        ("javascript:alert(1)", Failure.UNSAFE, "sends us on to what is no address of the web"),
        ("http://[::1/", Failure.UNSAFE, "sends us on to what is no address of the web"),
        ("http://a.example\\@b.example/", Failure.UNSAFE, "sends us on to what is no address of the web"),
        ("http://a.example:99999/", Failure.UNSAFE, "sends us on to what is no address of the web"),
    ],
)
async def test_invalid_redirects_are_refused(location: str, kind: Failure, words: str) -> None:
    with PageServer() as server:
        error = await _failure(server.add("/page", _to(location)))
    assert (error.kind, str(error).partition(": ")[2]) == (kind, words)
    assert str(error).startswith("127.0.0.1:")


async def test_a_configured_url_may_be_private() -> None:
    with PageServer() as server:
        server.add("/new", Reply("there"))
        url = server.add("/old", _to("/new"))
        async with WebClient() as client:
            answer = await client.get(url, trusted=True)
            with pytest.raises(WebError, match="the address is a private one"):
                await client.get(url)
    assert answer.body == b"there"
    assert server.paths() == ["/old", "/new"]


async def test_a_configured_url_may_not_redirect_to_another_private_server() -> None:
    with PageServer() as server, PageServer() as other:
        for name, there in (("host", server.url("/", host="localhost")), ("port", other.url("/"))):
            error = await _failure(server.add(f"/{name}", _to(there)), trusted=True, private_addresses=False)
            assert error.kind is Failure.UNSAFE
            assert error.url == there
    assert server.paths() == ["/host", "/port"]
    assert other.requests == []
