"""How much is done on the screen while pages are fetched, counted."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from newsreader.domain.mark_changes import identity_of_page
from newsreader.domain.page_text import PageText, Version
from newsreader.library import Library, Reader
from newsreader.library.pages.store import PageStore
from newsreader.render import body, page_text
from newsreader.render.headline_row import Line
from newsreader.ui.widgets.headline_list import HeadlineList
from newsreader.web.fetch.protocol import PageFetched, Stage
from tests.builders import a_corpus, a_record
from tests.ui.harness import NOW, a_library, press, reading, settle, status, stories, until
from tests.ui.stand_in_fetcher import StandIn

MANY = 50
LONG = "".join(f"<p>{'word ' * 80}<a href='https://a.example/{number}'>link</a></p>" for number in range(125))
TEXT = PageText(Version.WEB, "https://news.example/1", "", LONG, 10_000, NOW)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return a_library(a_corpus(tmp_path, stories(MANY)), tmp_path / "cache", pages=tmp_path / "pages.sqlite")


async def test_a_long_text_is_laid_out_where_no_keys_are_heard_and_once(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []
    body_lines = body.body_lines

    def note(html: str, width: int) -> Any:
        threads.append(threading.get_ident())
        return body_lines(html, width)

    monkeypatch.setattr(body, "body_lines", note)
    page_text._laid_out.cache_clear()
    assert library.pages_file is not None
    pages = PageStore(library.pages_file, most_bytes=10_000_000)
    pages.keep(identity_of_page(a_record(original_url="https://news.example/2", web_url="")), TEXT)
    pages.close()
    async with reading(library) as pilot:
        await press(pilot, "j")
        assert len(threads) == 1
        assert threading.get_ident() not in threads
        await press(pilot, "enter", "j", "j", "2", "k", "j", "pagedown", "g", "j")
        assert len(threads) == 1


async def test_what_comes_of_many_pages_touches_no_row_and_asks_nothing_of_the_index(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsreader.web.fetch.client.Fetcher", StandIn)
    rows: list[int] = []
    asked: list[str] = []
    row_lines, ask = HeadlineList.row_lines, Reader._ask

    def note_row(shown: HeadlineList, index: int, width: int) -> Sequence[Line]:
        rows.append(index)
        return row_lines(shown, index, width)

    def note_question(reader: Reader, statement: str, *parameters: Any) -> Any:
        asked.append(statement)
        return ask(reader, statement, *parameters)

    async with reading(library) as pilot:
        await press(pilot, "X", "t", "enter", "G")
        assert len(StandIn.now.asked) == MANY
        monkeypatch.setattr(HeadlineList, "row_lines", note_row)
        monkeypatch.setattr(Reader, "_ask", note_question)
        for request in StandIn.now.asked[: MANY - 2]:
            StandIn.now.give(Stage(request.id, f"reading page {request.id} …"))
            StandIn.now.give(PageFetched(request.id, TEXT._replace(html="<p>Short.</p>")))
        await until(pilot, lambda: status(pilot).fetching.startswith(f"fetched {MANY - 2} of {MANY} pages"))
        await settle(pilot)
        assert rows == []
        assert asked == []
