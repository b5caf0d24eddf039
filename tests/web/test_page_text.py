"""The text of a story from the first of its pages that has one."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping, Sequence

import pytest

from newsreader.domain.link_status import LinkOutcome, LinkStatus
from newsreader.domain.page_text import Candidate, PageText, Version
from newsreader.web.fetch.page_text import PageError, read_page_text
from newsreader.web.http.client import Limits, WebClient
from newsreader.web.http.errors import Failure
from tests.web.server import Delivery, PageServer, Reply

PARAGRAPHS = [
    f"Paragraph {number} tells at some length what happened, to whom, and why it matters to everybody."
    for number in range(1, 7)
]
ARTICLE = (
    "<!doctype html><html><head><title>A headline · a.example</title></head><body>"
    "<nav><a href='/'>Home</a> <a href='/more'>More</a></nav>"
    f"<article><h1>A headline</h1>{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}</article>"
    "<footer>All rights reserved</footer></body></html>"
)
WALL = "<html><head><title>Log in</title></head><body><form><input name=a></form></body></html>"


async def _read(
    candidates: Sequence[Candidate],
    kept: PageText | None = None,
    *,
    stages: list[str] | None = None,
    limits: Limits = Limits(),  # noqa: B008 - a value
) -> PageText | None:
    async with WebClient(private_addresses=True, limits=limits) as client:
        return await read_page_text(
            client,
            candidates,
            kept,
            now=lambda: 1_000.9,
            on_stage=lambda words: stages.append(words) if stages is not None else None,
        )


async def _failure(candidates: Sequence[Candidate]) -> PageError:
    with pytest.raises(PageError) as caught:
        await _read(candidates)
    return caught.value


def _candidates(server: PageServer, replies: Mapping[Version, Reply]) -> list[Candidate]:
    return [Candidate(version, server.add(f"/{version.name}", reply)) for version, reply in replies.items()]


async def test_the_first_page_is_used() -> None:
    stages: list[str] = []
    with PageServer() as server:
        candidates = _candidates(
            server,
            {Version.AMP: Reply(ARTICLE, etag='"1"', last_modified="Sat"), Version.WEB: Reply(ARTICLE)},
        )
        text = await _read(candidates, stages=stages)
    assert text is not None
    assert (text.version, text.url, text.title) == (Version.AMP, candidates[0].url, "A headline")
    assert (text.fetched_at, text.is_cut, text.etag, text.last_modified) == (1_000, False, '"1"', "Sat")
    assert all(f"<p>{paragraph}</p>" in text.html for paragraph in PARAGRAPHS)
    assert "rights" not in text.html
    assert text.words >= 16 * 6
    assert server.paths() == ["/AMP"]
    host = f"127.0.0.1:{server.port}"
    assert stages == [f"reading {host} (AMP) …", f"looking for the article on {host} …"]


async def test_progress_of_a_long_page_is_reported() -> None:
    stages: list[str] = []
    with PageServer() as server:
        long = ARTICLE.replace("<nav>", f"<!-- {'x' * 200_000} --><nav>")
        await _read(_candidates(server, {Version.WEB: Reply(long, delivery=Delivery.CHUNKED)}), stages=stages)
    told = [stage for stage in stages if "kB" in stage]
    assert 1 <= len(told) <= 4
    assert told[0].startswith(f"reading 127.0.0.1:{server.port} (web, ")


@pytest.mark.parametrize(
    "reply",
    [
        Reply("no", 404),
        Reply("no", 403),
        Reply("no", 500),
        Reply(WALL),
        Reply(""),
        Reply(b"%PDF-1.7", content_type="application/pdf"),
        Reply(" \n\n ", content_type="text/plain"),
        Reply(ARTICLE, delivery=Delivery.CUT_SHORT),
        Reply(bytes(9_000_000), packing="gzip"),
        Reply(delivery=Delivery.HANG_UP),
    ],
)
async def test_the_next_page_is_tried_after_a_failure(reply: Reply) -> None:
    with PageServer() as server:
        candidates = _candidates(server, {Version.AMP: reply, Version.WEB: Reply(ARTICLE)})
        text = await _read(candidates)
    assert text is not None
    assert text.version is Version.WEB
    assert server.paths() == ["/AMP", "/WEB"]


async def test_the_final_url_is_reported() -> None:
    with PageServer() as server:
        server.add("/canonical", Reply(ARTICLE))
        text = await _read(
            _candidates(server, {Version.AMP: Reply(status=302, headers={"Location": "/canonical"})})
        )
    assert text is not None
    assert text.url == server.url("/canonical")


async def test_a_page_without_a_type_and_xhtml_are_read() -> None:
    for content_type in ("", "application/xhtml+xml"):
        with PageServer() as server:
            text = await _read(_candidates(server, {Version.WEB: Reply(ARTICLE, content_type=content_type)}))
        assert text is not None


async def test_plain_text_is_shown_in_paragraphs() -> None:
    with PageServer() as server:
        reply = Reply("One\nline & <b>more</b>\x1b[31m\n \n\nTwo.", content_type="text/plain")
        text = await _read(_candidates(server, {Version.WEB: reply}))
    assert text is not None
    assert text.html == "<p>One line &amp; &lt;b&gt;more&lt;/b&gt;</p>\n<p>Two.</p>"
    assert (text.title, text.words) == ("", 5)


async def test_a_long_page_is_cut_and_marked() -> None:
    with PageServer() as server:
        candidates = _candidates(server, {Version.WEB: Reply(ARTICLE + "<!-- x -->" * 1_000)})
        text = await _read(candidates, limits=Limits(body=len(ARTICLE)))
    assert text is not None
    assert text.is_cut


async def test_a_stored_page_is_revalidated() -> None:
    with PageServer() as server:
        candidates = _candidates(
            server, {Version.AMP: Reply("no", 404), Version.WEB: Reply(ARTICLE, etag='"1"')}
        )
        first = await _read(candidates)
        assert first is not None
        assert await _read(candidates, first) is None
        server.add("/WEB", Reply(ARTICLE, etag='"2"'))
        second = await _read(candidates, first)
    assert second is not None
    assert second.etag == '"2"'
    asked = [request.headers.get("if-none-match") for request in server.requests]
    assert asked == [None, None, None, '"1"', None, '"1"']


async def test_a_stored_text_of_another_page_is_not_revalidated() -> None:
    with PageServer() as server:
        candidates = _candidates(server, {Version.WEB: Reply(ARTICLE, etag='"1"')})
        first = await _read(candidates)
        assert first is not None
        for kept in (first._replace(version=Version.AMP), first._replace(url=server.url("/other"))):
            assert await _read(candidates, kept) is not None
    assert not [request for request in server.requests if "if-none-match" in request.headers]


@pytest.mark.parametrize(
    ("replies", "kind", "words"),
    [
        ({Version.AMP: 404}, Failure.GONE, "has no such page (404)"),
        ({Version.AMP: 403, Version.WEB: 404}, Failure.GONE, "has no such page (404)"),
        ({Version.WEB: 404, Version.ORIGINAL: 403}, Failure.REFUSED, "does not let us in (403)"),
        ({Version.WEB: 403, Version.ORIGINAL: 404}, Failure.REFUSED, "does not let us in (403)"),
        ({Version.AMP: 429, Version.CACHED_AMP: 500}, Failure.BUSY, "asks for fewer requests (429)"),
        ({Version.WEB: 200, Version.ORIGINAL: 500}, Failure.UNREADABLE, "no article is found on the page"),
    ],
)
async def test_the_most_informative_failure_is_raised(
    replies: Mapping[Version, int], kind: Failure, words: str
) -> None:
    with PageServer() as server:
        candidates = _candidates(
            server, {version: Reply(WALL, status) for version, status in replies.items()}
        )
        error = await _failure(candidates)
    assert (error.kind, str(error)) == (kind, f"127.0.0.1:{server.port}: {words}")
    assert [verdict.url for verdict in error.verdicts] == [candidate.url for candidate in candidates]
    assert [verdict.status for verdict in error.verdicts] == list(replies.values())


async def test_every_page_that_was_tried_has_a_status() -> None:
    with PageServer() as server:
        server.add("/moved", Reply("no", 410))
        replies = {
            Version.AMP: Reply(status=301, headers={"Location": "/moved"}),
            Version.WEB: Reply(b"GIF89a", content_type="image/gif"),
        }
        error = await _failure(_candidates(server, replies))
    gone, alive = error.verdicts
    assert (gone.outcome, gone.status, gone.moved_to) == (LinkOutcome.GONE, 410, server.url("/moved"))
    assert (alive.outcome, alive.status, alive.moved_to) == (LinkOutcome.ALIVE, 200, "")
    assert alive.words == f"127.0.0.1:{server.port}: no page of text, but image/gif"
    assert alive.checked_at == 1_000


async def test_a_story_without_pages_has_a_message() -> None:
    error = await _failure([])
    assert str(error) == "this story names no page that could be read"
    assert error.verdicts == ()


async def test_failed_pages_have_a_status_even_if_a_later_one_succeeds() -> None:
    told: list[LinkStatus] = []
    replies = {Version.AMP: Reply(status=410), Version.CACHED_AMP: Reply(WALL), Version.WEB: Reply(ARTICLE)}
    with PageServer() as server:
        candidates = _candidates(server, replies)
        async with WebClient(private_addresses=True) as client:
            text = await read_page_text(
                client, candidates, None, now=lambda: 7.0, on_stage=lambda _: None, on_verdict=told.append
            )
    assert text is not None
    assert text.version is Version.WEB
    assert [(verdict.url, verdict.outcome, verdict.checked_at) for verdict in told] == [
        (candidates[0].url, LinkOutcome.GONE, 7),
        (candidates[1].url, LinkOutcome.ALIVE, 7),
        (candidates[2].url, LinkOutcome.ALIVE, 7),
    ]


async def test_no_other_page_is_tried_while_offline() -> None:
    asked: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        raise socket.gaierror(socket.EAI_AGAIN, "no")

    candidates = [
        Candidate(version, f"https://{version.name.lower()}.example/")
        for version in (Version.AMP, Version.WEB)
    ]
    async with WebClient(resolve=resolve) as client:
        with pytest.raises(PageError, match=r"^amp\.example: the network cannot be reached$") as caught:
            await read_page_text(client, candidates, None, now=lambda: 1_000, on_stage=lambda words: None)
    assert asked == ["amp.example"]
    assert caught.value.kind is Failure.UNREACHABLE
    assert caught.value.verdicts == ()  # it says nothing of any page


async def test_reading_a_page_can_be_cancelled() -> None:
    with PageServer() as server:
        candidates = _candidates(
            server, {Version.AMP: Reply(delivery=Delivery.SILENT), Version.WEB: Reply(ARTICLE)}
        )
        task = asyncio.create_task(_read(candidates))
        while not server.requests:
            await asyncio.sleep(0.01)
        task.cancel()
        async with asyncio.timeout(5):
            with pytest.raises(asyncio.CancelledError):
                await task
    assert server.paths() == ["/AMP"]
