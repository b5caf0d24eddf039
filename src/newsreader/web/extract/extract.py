"""Extract the article of a page with the best engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from newsreader.markup.blocks import Block
from newsreader.web.extract.extractor import (
    ExtractedBlocks,
    ParsedPage,
    blocks_of,
    find_article,
    read_page,
    words_of,
)
from newsreader.web.extract.html_writer import blocks_html
from newsreader.web.extract.trafilatura_engine import MissingEngineError, find_text, is_installed

_HTML_LIMIT: Final = 900_000
"""Characters of an article; `body_blocks` reads no more than a million."""

_MIN_SHARED: Final = 0.6
"""Share of the words of one extraction: with fewer in the other, that has missed the article."""

_MAX_RATIO: Final = 1.6
"""Word ratio of two extractions: above it, the longer one includes text around the article."""


class Engine(StrEnum):
    """Extraction engines."""

    BEST = "best"
    """The better result of the built-in extractor and trafilatura, where that is installed."""
    OWN = "own"
    TRAFILATURA = "trafilatura"


class Article(NamedTuple):
    """The article of a page.

    `title` is the headline, one line, or empty. `html` has only h2 to h6, p, ul, ol, li, blockquote, pre,
    code, table, tr, th, td, strong, em and a, and everything is escaped. `words` counts visible words (see
    `words_in`).
    """

    title: str
    html: str
    words: int


def extract_article(source: str, url: str, *, engine: Engine = Engine.BEST) -> Article | None:
    """Return the article of the page at `url`, None for an empty page, a login wall or a list of links.

    Accepts any text, and fetches nothing. Raises MissingEngineError if trafilatura is requested and missing.
    """
    page = read_page(source, url)
    blocks = _blocks_within(_blocks(page, url, engine), _HTML_LIMIT)
    return Article(page.title, blocks_html(blocks), words_of(blocks)) if blocks else None


def _blocks(page: ParsedPage, url: str, engine: Engine) -> list[Block]:
    if engine is Engine.TRAFILATURA and not is_installed():
        raise MissingEngineError
    if engine is Engine.OWN or not is_installed():
        return find_article(page).blocks
    # First, because `find_article` prunes the tree.
    theirs = blocks_of(find_text(page.tree, url), page.title)[0]
    return theirs if engine is Engine.TRAFILATURA else better(find_article(page), theirs)


def _blocks_within(blocks: list[Block], limit: int) -> list[Block]:
    length = 0
    for number, block in enumerate(blocks):
        length += len(blocks_html([block])) + 1
        if length > limit:
            return blocks[:number]
    return blocks


def better(ours: ExtractedBlocks, theirs: list[Block]) -> list[Block]:
    """Return the better extraction: of the built-in extractor or of trafilatura.

    The built-in extractor preserves code, tables and captions, so it wins where both are similar.
    trafilatura wins where the other has missed most of the text, or has much more of it without a
    declaration of the page that this is its article.
    """
    if ours.is_other:
        return []
    if not theirs or not ours.blocks:
        return ours.blocks or theirs
    our_words, their_words = _word_counts(ours.blocks), _word_counts(theirs)
    shared = (our_words & their_words).total()
    if shared < _MIN_SHARED * their_words.total() and their_words.total() > our_words.total():
        return theirs
    if not ours.is_declared and our_words.total() > _MAX_RATIO * their_words.total():
        return theirs
    return ours.blocks


def _word_counts(blocks: Iterable[Block]) -> Counter[str]:
    return Counter(word for block in blocks for word in block.text.casefold().split())
