"""Texts of pages at the prompt, with the real fetching process and a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsreader.domain.view import View
from newsreader.library import Library
from newsreader.library.indexing.refresh import refresh
from newsreader.prompt.index_session import IndexSession
from newsreader.prompt.output import Output
from newsreader.prompt.session import Session
from newsreader.settings.model import Settings
from newsreader.settings.saved_searches import SearchesFile
from newsreader.web.fetch.protocol import Answer
from tests.builders import a_corpus
from tests.ui.harness import a_story
from tests.unit.prompt.words import Written
from tests.web.server import PageServer, Reply

PARAGRAPH = "<p>" + "The agency said on Monday that the new rules apply to every laboratory. " * 8 + "</p>"
LINK = '<p>The <a href="https://other.example/paper">paper that tells of it</a> came out in spring.</p>'
PAGE = f"<html><head><title>Rules</title></head><body><article>{PARAGRAPH * 4}{LINK}</article></body></html>"

Talk = Callable[[str], str]


@pytest.fixture
def server() -> Iterator[PageServer]:
    with PageServer() as server:
        server.add("/good", Reply(PAGE, etag='"1"'))
        server.add("/good?other", Reply(PAGE))
        yield server


@pytest.fixture
def talk(tmp_path: Path, server: PageServer) -> Iterator[Talk]:
    """Types a line and gives what is told: row 1 has a page, row 2 has none any more, row 3 has no link."""
    related = [{"title": "A report from elsewhere", "webUrl": server.url("/good?other")}]
    files = {
        "_news/1.md": a_story(1, title="It is there", originalUrl=server.url("/good"), related=related),
        "_news/2.md": a_story(2, title="It is gone", originalUrl=server.url("/gone")),
        "_news/3.md": a_story(3, title="No link", originalUrl=None),
    }
    library = Library(a_corpus(tmp_path, files), tmp_path / "cache", pages=tmp_path / "pages.sqlite")
    for _ in refresh(library.root, library.index):
        pass
    written = Written()
    session = Session(
        IndexSession(library, Output(Written())),
        View(),
        Settings(private_addresses=True, mark_read_after=None),
        SearchesFile(tmp_path / "searches.toml"),
        output=Output(written),
        ask=lambda _: True,
    )
    session.start()

    def type_(line: str) -> str:
        before = len(written.text)
        session.do(line)
        return " ".join(written.text[before:].split())

    yield type_
    session.close()


def test_the_text_is_fetched_told_and_from_then_on_a_part_of_the_story(
    talk: Talk, server: PageServer
) -> None:
    assert "t reads the text of the page." in talk("1")
    told = talk("text 1")
    assert told.startswith(f"Reading 127.0.0.1:{server.port} (original) … Ctrl-c stops it. It is there.")
    assert "Text of the original page" in told
    assert "The paper that tells of it [u 1] came out in spring" in told
    assert "Links" not in told
    assert "The paper that tells of it [u 1] came out in spring" in talk("1")
    assert "The page is unchanged; this is its newest text." in talk("t")
    assert [request.path for request in server.requests] == ["/good", "/good"]


def test_why_there_is_no_text_is_told_with_what_can_be_typed(talk: Talk, server: PageServer) -> None:
    words = f"127.0.0.1:{server.port}: has no such page (404); w opens the archived copy."
    assert talk("text 2").endswith(words)
    assert "gone, 404, checked" in talk("2")
    assert talk("text 3") == "This story has no page that can be fetched."
    told = talk("t 1-3")
    assert f"It is gone: {words}" in told
    assert "No link: This story has no page that can be fetched." in told
    assert "The paper that tells of it" in told
    assert told.endswith("1 page read, 1 failed, 1 without a page.")


def test_coverage_that_the_corpus_lacks_has_a_text_as_well(talk: Talk) -> None:
    talk("1")
    talk("r 2")
    assert "Text of the web page" in talk("text")
    talk("1")
    assert "Text of the web page" in talk("r 2")


def test_ctrl_c_stops_it(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> Iterator[Answer]:
        raise KeyboardInterrupt

    monkeypatch.setattr("newsreader.web.fetch.client.Fetcher.answers", interrupt)
    assert talk("text 1") == "Stopped; nothing was changed."


def test_ctrl_c_stops_several(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> Iterator[Answer]:
        raise KeyboardInterrupt

    monkeypatch.setattr("newsreader.web.fetch.client.Fetcher.answers", interrupt)
    assert talk("text 1-2") == "Stopped after 0 of 2 pages; what was read is kept."
