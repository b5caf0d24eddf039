"""What the screen says of pages that fail, with the real process and a server that behaves in every way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from newsreader.library import Library
from tests.builders import a_corpus
from tests.ui.harness import (
    DEFAULTS,
    a_library,
    a_story,
    is_alone,
    press,
    reading,
    settle,
    status,
    story_path,
    story_text,
    until,
)
from tests.web.server import Delivery, PageServer, Reply

PARAGRAPH = "<p>" + "The agency said on Monday that the new rules apply to every laboratory. " * 8 + "</p>"
PAGE = f"<html><head><title>Rules</title></head><body><article>{PARAGRAPH * 5}</article></body></html>"
SETTINGS = DEFAULTS._replace(private_addresses=True)

REPLIES = {
    "slow in coming": Reply(PAGE, delay=0.5),
    "in another charset": Reply(
        PAGE.replace("agency", "agência").encode("latin-1"), content_type="text/html"
    ),
    "endless": Reply(PAGE.replace("</article>", PARAGRAPH * 3), delivery=Delivery.ENDLESS),
}
"""Pages that can be read all the same."""

FAILURES = {
    "403": (Reply(status=403), "does not let us in (403); o opens it in the browser."),
    "429": (
        Reply(status=429, headers={"Retry-After": "30"}),
        "asks for fewer requests (429), and to wait for 30 seconds; t tries again.",
    ),
    "500": (Reply(status=500), "has an error of its own (500); t tries again."),
    "circle": (
        Reply(status=302, headers={"Location": "/circle"}),
        "leads around in a circle; t tries again.",
    ),
    "bomb": (
        Reply(b"\0" * 60_000_000, packing="gzip"),
        "the page was made to explode when it is unpacked; o opens it in the browser.",
    ),
    "hang up": (
        Reply(PAGE, delivery=Delivery.HANG_UP),
        "ended the connection without an answer; t tries again.",
    ),
    "rubbish": (
        Reply(b"SSH-2.0-OpenSSH_9.6\r\n\r\n", delivery=Delivery.RAW),
        "gives an answer that makes no sense; t tries again.",
    ),
    "no article": (
        Reply("<html><body></body></html>"),
        "no article is found on the page; o opens it in the browser.",
    ),
    "picture": (
        Reply(b"\x89PNG", content_type="image/png"),
        "no page of text, but image/png; o opens it in the browser.",
    ),
}
"""What is said of pages that cannot, behind the name of the host."""


@pytest.fixture
def server() -> Iterator[PageServer]:
    with PageServer() as server:
        yield server


def a_library_of(folder: Path, *urls: str) -> Library:
    files = {
        story_path(number): a_story(number, originalUrl=url, webUrl=url) for number, url in enumerate(urls, 1)
    }
    return a_library(a_corpus(folder, files), folder / "cache", pages=folder / "pages.sqlite")


async def fetch(pilot: Pilot[None]) -> str:
    """Have the page fetched; gives what is said when that is over."""
    await press(pilot, "t")
    await until(pilot, lambda: not status(pilot).fetching)
    await until(pilot, lambda: bool(status(pilot).message))
    await settle(pilot)
    return status(pilot).message


async def test_what_is_odd_but_can_be_read_is_read(tmp_path: Path, server: PageServer) -> None:
    urls = [server.add(f"/{number}", reply) for number, reply in enumerate(REPLIES.values())]
    async with reading(a_library_of(tmp_path, *urls), settings=SETTINGS) as pilot:
        for name in REPLIES:
            assert " to read." in await fetch(pilot), name
            assert "new rules apply to every laboratory." in " ".join(story_text(pilot).split()), name
            await press(pilot, "j")


async def test_a_failure_is_told_in_words_and_nothing_else_happens(
    tmp_path: Path, server: PageServer
) -> None:
    urls = [server.add(f"/{name.replace(' ', '-')}", reply) for name, (reply, _) in FAILURES.items()]
    async with reading(a_library_of(tmp_path, *urls), settings=SETTINGS) as pilot:
        for name, (_, words) in FAILURES.items():
            assert await fetch(pilot) == f"127.0.0.1:{server.port}: {words}", name
            assert is_alone(pilot), name
            assert "Text of" not in story_text(pilot), name
            await press(pilot, "j")


@pytest.mark.parametrize(
    ("code", "words"), [(404, "has no such page (404)"), (410, "has taken the page away for good (410)")]
)
async def test_of_a_page_that_is_gone_the_archive_is_offered_and_the_link_is_marked(
    tmp_path: Path, server: PageServer, code: int, words: str
) -> None:
    async with reading(
        a_library_of(tmp_path, server.add("/page", Reply(status=code))), settings=SETTINGS
    ) as pilot:
        assert await fetch(pilot) == f"127.0.0.1:{server.port}: {words}; w opens the archived copy."
        assert not is_alone(pilot)
        await press(pilot, "escape")
        assert f"gone · {code} · checked" in story_text(pilot)


async def test_an_address_of_this_network_is_refused_unless_the_settings_allow_it(
    tmp_path: Path, server: PageServer
) -> None:
    async with reading(a_library_of(tmp_path, server.add("/page", Reply(PAGE)))) as pilot:
        assert "private_addresses in the settings allows it." in await fetch(pilot)
        assert server.requests == []


async def test_a_server_that_never_answers_is_given_up_at_once_by_escape(
    tmp_path: Path, server: PageServer
) -> None:
    url = server.add("/never", Reply(delivery=Delivery.SILENT))
    async with reading(a_library_of(tmp_path, url), settings=SETTINGS) as pilot:
        await press(pilot, "t")
        await until(pilot, lambda: len(server.requests) == 1)
        assert status(pilot).fetching == f"reading 127.0.0.1:{server.port} (web) …; esc stops it"
        await press(pilot, "escape")
        assert status(pilot).message == "Stopped; nothing was changed."
        server.add("/never", Reply(PAGE))
        assert " to read." in await fetch(pilot)


async def test_with_the_network_gone_what_is_kept_is_there_and_the_rest_says_why(tmp_path: Path) -> None:
    with PageServer() as server:
        library = a_library_of(tmp_path, server.add("/page", Reply(PAGE)))
        async with reading(library, settings=SETTINGS) as pilot:
            await fetch(pilot)
        port = server.port
    async with reading(library, settings=SETTINGS) as pilot:
        assert "new rules apply to every laboratory." in " ".join(story_text(pilot).split())
        words = f"127.0.0.1:{port}: nobody listens there; w opens the archived copy."
        assert await fetch(pilot) == words
        await press(pilot, "escape")
        assert "new rules apply to every laboratory." in " ".join(story_text(pilot).split())


async def test_a_host_that_nobody_knows_is_told(tmp_path: Path) -> None:
    async with reading(a_library_of(tmp_path, "http://nowhere.invalid/page"), settings=SETTINGS) as pilot:
        assert (await fetch(pilot)).startswith("nowhere.invalid: ")
