"""The article of a page, taken out by whoever does it best."""

from __future__ import annotations

from typing import Final

from newsreader.markup.blocks import Block
from newsreader.web.extract.choose import better
from newsreader.web.extract.extractor import ParsedPage, blocks_of, find_article, read_page, words_of
from newsreader.web.extract.html_writer import blocks_html
from newsreader.web.extract.result import Article, Engine
from newsreader.web.extract.trafilatura_engine import MissingEngineError, find_text, is_installed

_HTML_LIMIT: Final = 900_000
"""Characters of an article; `body_blocks` reads no more than a million."""


def extract_article(source: str, url: str, *, engine: Engine = Engine.BEST) -> Article | None:
    """Return the article of the page at `url`, or None if there is none on it.

    None is for a page that says nothing, a wall to log in at, a list of links. Any text is a page.
    Nothing is fetched, and nothing raised but `MissingEngineError`, where trafilatura alone is asked for and
    cannot be had.
    """
    page = read_page(source, url)
    blocks = _blocks_within(_blocks(page, url, engine), _HTML_LIMIT)
    return Article(page.title, blocks_html(blocks), words_of(blocks)) if blocks else None


def _blocks(page: ParsedPage, url: str, engine: Engine) -> list[Block]:
    if engine is Engine.TRAFILATURA and not is_installed():
        raise MissingEngineError
    if engine is Engine.OWN or not is_installed():
        return find_article(page).blocks
    # Before our own, which takes things out of the tree.
    theirs = blocks_of(find_text(page.tree, url), page.title)[0]
    return theirs if engine is Engine.TRAFILATURA else better(find_article(page), theirs)


def _blocks_within(blocks: list[Block], limit: int) -> list[Block]:
    """Return as many blocks from the first on as can be written in `limit` characters."""
    length = 0
    for number, block in enumerate(blocks):
        length += len(blocks_html([block])) + 1
        if length > limit:
            return blocks[:number]
    return blocks
