"""Proxies that the environment names."""

from __future__ import annotations

import sys

import pytest

from newsreader.web.http.client import WebClient
from newsreader.web.http.errors import Failure, OfflineError, WebError
from tests.web.proxy import ProxyServer
from tests.web.server import PageServer, Reply, certificates


async def _never(host: str, port: int) -> list[str]:
    raise AssertionError(f"{host} is looked up here")


async def test_pages_are_fetched_through_a_resolving_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with PageServer() as server, ProxyServer({"a.example": server.port}) as proxy:
        server.add("/page", Reply("here"))
        monkeypatch.setenv("http_proxy", proxy.url)
        async with WebClient(resolve=_never) as client:
            answer = await client.get("http://a.example/page")
    assert (answer.url, answer.body) == ("http://a.example/page", b"here")
    assert proxy.asked == ["GET http://a.example/page"]
    assert server.requests[0].headers["host"] == "a.example"


async def test_https_pages_are_fetched_through_a_tunnel(monkeypatch: pytest.MonkeyPatch) -> None:
    secure = certificates("a.example")
    with PageServer(tls=secure.server) as server, ProxyServer({"a.example": server.port}) as proxy:
        server.add("/page", Reply("here"))
        monkeypatch.setenv("all_proxy", proxy.url.replace("//", "//user:word@"))
        async with WebClient(resolve=_never, trust=secure.trust) as client:
            answer = await client.get("https://a.example/page")
    assert answer.body == b"here"
    assert proxy.asked == ["CONNECT a.example:443"]
    assert "Proxy-Authorization: Basic dXNlcjp3b3Jk" in proxy.headers[0]
    assert "proxy-authorization" not in server.requests[0].headers


async def test_a_proxy_address_may_lack_its_scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    with PageServer() as server, ProxyServer({"a.example": server.port}) as proxy:
        server.add("/page", Reply("here"))
        monkeypatch.setenv("http_proxy", proxy.url.removeprefix("http://"))
        async with WebClient(resolve=_never) as client:
            assert (await client.get("http://a.example/page")).body == b"here"


async def test_no_proxy_hosts_are_fetched_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    with PageServer() as server, ProxyServer({}) as proxy:
        url = server.add("/page", Reply("here"))
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("no_proxy", "b.example,127.0.0.1")
        async with WebClient() as client:
            assert (await client.get(url, trusted=True)).body == b"here"
            with pytest.raises(WebError, match="private"):
                await client.get(url)
    assert not proxy.asked


@pytest.mark.parametrize("host", ["127.0.0.1", "0x7f.1", "[::1]", "localhost", "10.0.0.1", "169.254.169.254"])
async def test_private_hosts_are_refused_before_the_proxy(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with ProxyServer({}) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        async with WebClient(resolve=_never) as client:
            with pytest.raises(WebError) as caught:
                await client.get(f"http://{host}/")
    assert caught.value.kind is Failure.UNSAFE
    assert not proxy.asked


async def test_configured_private_hosts_use_the_proxy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with PageServer() as server, ProxyServer({"10.0.0.1": server.port}) as proxy:
        server.add("/feed", Reply("here"))
        monkeypatch.setenv("http_proxy", proxy.url)
        async with WebClient(resolve=_never) as client:
            assert (await client.get("http://10.0.0.1/feed", trusted=True)).body == b"here"


async def test_a_refusing_proxy_has_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    with ProxyServer({}) as proxy:
        monkeypatch.setenv("all_proxy", proxy.url)
        async with WebClient(resolve=_never) as client:
            with pytest.raises(WebError, match=r"^a\.example: the proxy does not let us through$") as caught:
                await client.get("https://a.example/")
            assert caught.value.kind is Failure.REFUSED
            with pytest.raises(WebError, match=r"does not let us in \(403\)"):
                await client.get("http://a.example/")


async def test_an_unreachable_proxy_has_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    with ProxyServer({}) as proxy:
        monkeypatch.setenv("all_proxy", proxy.url)
    async with WebClient(resolve=_never) as client:
        with pytest.raises(WebError) as caught:
            await client.get("http://a.example/")
    assert caught.value.kind is Failure.UNREACHABLE
    assert str(caught.value) == "a.example: the proxy of the environment cannot be reached"
    assert isinstance(caught.value, OfflineError)


@pytest.mark.parametrize("proxy", ["gopher://a.example", "http://", "http://[::1", "socks4://127.0.0.1:1080"])
async def test_an_invalid_proxy_address_has_a_message(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", proxy)
    async with WebClient(resolve=_never) as client:
        with pytest.raises(WebError, match=r"^a\.example: the proxy .* cannot be used$") as caught:
            await client.get("http://a.example/")
    assert isinstance(caught.value, OfflineError)


async def test_a_missing_socks_package_has_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "socksio", None)
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:1080")
    async with WebClient(resolve=_never) as client:
        with pytest.raises(WebError, match=r"needs: pip install 'httpx\[socks\]'"):
            await client.get("http://a.example/")
