from __future__ import annotations

import builtins
import logging
import re
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from newsreader.markup.blocks import Block, BlockKind
from newsreader.settings.install_hint import Extra, install_command
from newsreader.web.extract import Engine, extract_article
from newsreader.web.extract.extract import better
from newsreader.web.extract.extractor import ExtractedBlocks
from newsreader.web.extract.trafilatura_engine import MissingEngineError, is_installed

URL = "https://site.example/mill"
PROSE = (
    "The mill on the brook has been turning again since Monday, for the first time in thirty years.",
    "It was repaired by volunteers, who had to learn first how a mill of this kind was built at all.",
    "Flour is ground on Saturdays, and the miller says that it is sold out by ten in the morning.",
)
PAGE = (
    "<html><body><article><h1>Mill</h1>"
    + "".join(f"<p>{line}</p>" for line in PROSE)
    + "</article></body></html>"
)


def paragraphs(*lines: str) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, line) for line in lines]


@pytest.fixture
def asked_anew() -> Iterator[None]:
    is_installed.cache_clear()
    yield
    is_installed.cache_clear()


@pytest.fixture
def without_trafilatura(monkeypatch: pytest.MonkeyPatch, asked_anew: None) -> None:
    imported = builtins.__import__

    def refuse(name: str, *rest: Any) -> ModuleType:
        if name.partition(".")[0] == "trafilatura":
            raise ImportError("lxml.html.clean module is now a separate project")
        return imported(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch, asked_anew: None) -> ModuleType:
    """A module in the place of trafilatura that finds nothing."""
    module = ModuleType("trafilatura")
    module.extract = lambda page, **options: None  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "trafilatura", module)
    return module


def test_a_page_is_read_without_trafilatura(without_trafilatura: None) -> None:
    assert extract_article(PAGE, URL) == extract_article(PAGE, URL, engine=Engine.OWN)


def test_a_missing_trafilatura_has_a_message(without_trafilatura: None) -> None:
    with pytest.raises(MissingEngineError, match=re.escape(install_command(Extra.READABLE))):
        extract_article(PAGE, URL, engine=Engine.TRAFILATURA)


@pytest.mark.parametrize("error", [ValueError("no"), RecursionError(), MemoryError(), KeyError("x")])
def test_an_exception_of_trafilatura_falls_back_to_the_built_in(
    stand_in: ModuleType, error: Exception
) -> None:
    def fail(page: str, **options: object) -> str:
        raise error

    stand_in.extract = fail  # type: ignore[attr-defined]

    assert extract_article(PAGE, URL) == extract_article(PAGE, URL, engine=Engine.OWN)
    assert extract_article(PAGE, URL, engine=Engine.TRAFILATURA) is None


def test_an_empty_result_of_trafilatura_falls_back_to_the_built_in_extractor(stand_in: ModuleType) -> None:
    assert extract_article(PAGE, URL) == extract_article(PAGE, URL, engine=Engine.OWN)


def test_trafilatura_gets_well_formed_html(stand_in: ModuleType) -> None:
    given: list[str] = []
    stand_in.extract = lambda page, **options: given.append(page)  # type: ignore[attr-defined]

    extract_article("<p class=a onclick='x'>One \0<b>two<script>three</script><div>&lt;four&gt;", URL)

    assert given == [
        '<html><body><p class="a" onclick="x">One <b>two </b></p><div>&lt;four&gt;</div></body></html>'
    ]


def test_trafilatura_does_not_get_huge_pages(stand_in: ModuleType) -> None:
    given: list[str] = []
    stand_in.extract = lambda page, **options: given.append(page)  # type: ignore[attr-defined]

    extract_article(PAGE + "<br>" * 25_000, URL)
    extract_article(PAGE + "<p>" + "long " * 250_000, URL)

    assert given == []


def test_trafilatura_does_not_write_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    extract_article("<html><body></body></html>", URL, engine=Engine.TRAFILATURA)

    assert capfd.readouterr().err == ""
    assert logging.getLogger("trafilatura").handlers


def test_trafilatura_alone_finds_the_article() -> None:
    article = extract_article(PAGE, URL, engine=Engine.TRAFILATURA)

    assert article is not None
    assert all(line in article.html for line in PROSE)


def test_the_built_in_extraction_wins_a_tie() -> None:
    ours = ExtractedBlocks(paragraphs(*PROSE, "The mill at dusk, from the bridge"), is_declared=False)

    assert better(ours, paragraphs(*PROSE)) == ours.blocks


def test_trafilatura_wins_where_the_other_missed_most_of_the_text() -> None:
    ours = ExtractedBlocks(
        paragraphs("The board of the mill meets on the first Thursday of each month."), is_declared=True
    )

    assert better(ours, paragraphs(*PROSE)) == paragraphs(*PROSE)


def test_trafilatura_wins_where_the_other_has_much_more_unless_declared() -> None:
    long = paragraphs(
        *PROSE,
        *(f"Another village, number {n}, has a mill of which there is nothing to tell." for n in range(9)),
    )

    assert better(ExtractedBlocks(long, is_declared=False), paragraphs(*PROSE)) == paragraphs(*PROSE)
    assert better(ExtractedBlocks(long, is_declared=True), paragraphs(*PROSE)) == long


def test_the_only_extraction_wins() -> None:
    assert better(ExtractedBlocks([], is_declared=False), paragraphs(*PROSE)) == paragraphs(*PROSE)
    assert better(ExtractedBlocks(paragraphs(*PROSE), is_declared=False), []) == paragraphs(*PROSE)


def test_a_list_or_wall_has_no_article() -> None:
    assert better(ExtractedBlocks([], is_declared=False, is_other=True), paragraphs(*PROSE)) == []
