"""The client against a server that does everything that servers do."""

from __future__ import annotations

from newsreader.web.client import WebClient
from tests.web.server import PageServer, Reply


async def test_a_page_is_fetched() -> None:
    with PageServer() as server:
        url = server.add("/page", Reply("<p>Grüße</p>"))
        async with WebClient(private_addresses=True) as client:
            answer = await client.get(url)
    assert answer.text() == "<p>Grüße</p>"
    assert (answer.url, answer.status, answer.content_type) == (url, 200, "text/html")
