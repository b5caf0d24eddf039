"""Our own extractor: tree, pruning, container, blocks."""

from __future__ import annotations

from itertools import islice
from typing import Final, NamedTuple

from newsreader.domain.sanitize import BLOCK_LIMIT
from newsreader.markup.blocks import REST, Block, BlockKind
from newsreader.markup.html import html_blocks
from newsreader.web.extract.block_filter import is_list_of_pages, is_mostly_links, sifted
from newsreader.web.extract.container import container_of
from newsreader.web.extract.fragment import fragment_of
from newsreader.web.extract.metadata import PageMetadata, claims_of, title_of
from newsreader.web.extract.pruning import prune_distractions, prune_machinery
from newsreader.web.extract.text_density import TextDensities, vouched_by, words_in
from newsreader.web.extract.tree import HtmlNode, read_tree

MOST_BLOCKS: Final = 1_990
"""Blocks of an article that are kept; `body_blocks` shows no more."""

LEAST_WORDS: Final = 30
"""With fewer a page says nothing, or that one has to log in."""

_WALL_WORDS: Final = 90
"""With fewer, and a field for a password, a page is the door to another one."""


class ParsedPage(NamedTuple):
    """A page as it was read: its tree without machinery, its claims, and whether it asks for a password."""

    tree: HtmlNode
    claims: PageMetadata
    title: str
    has_door: bool


class ExtractedBlocks(NamedTuple):
    """The blocks of an article, none if there is no article.

    `is_declared` tells that the page itself says where its article is, `is_other` that it is
    something else: a wall to log in at, a list of other pages.
    """

    blocks: list[Block]
    is_declared: bool
    is_other: bool = False


def read_page(source: str, url: str) -> ParsedPage:
    """Read the page at `url`. Any text is a page."""
    tree = read_tree(source)
    claims = claims_of(source, tree, url)
    has_door = any(node.name == "input" and node.get("type").lower() == "password" for node in tree.walk())
    prune_machinery(tree)
    return ParsedPage(tree, claims, title_of(claims, tree), has_door)


def find_article(page: ParsedPage) -> ExtractedBlocks:
    """Return what a page has for an article. Its tree is left with what is no distraction."""
    prune_distractions(page.tree)
    measures = TextDensities(page.tree, vouched_by(page.claims.body))
    container = container_of(page.tree, measures)
    blocks, is_list = blocks_of(fragment_of(container.node, page.claims.base), page.title)
    if words_of(blocks) < LEAST_WORDS and words_in(page.claims.body) >= LEAST_WORDS:
        return ExtractedBlocks(_paragraphs(page.claims.body), is_declared=True)
    is_wall = page.has_door and not container.is_declared and words_of(blocks) < _WALL_WORDS
    return ExtractedBlocks([] if is_wall else blocks, container.is_declared, is_wall or is_list)


def blocks_of(html: str, title: str) -> tuple[list[Block], bool]:
    """Return the blocks of the article in a part of a page, none if it is none, and whether it is a list."""
    found = [block for block in islice(html_blocks(html[:BLOCK_LIMIT]), MOST_BLOCKS) if block != REST]
    blocks = sifted(found, title)
    is_list = is_list_of_pages(found)
    is_article = words_of(blocks) >= LEAST_WORDS and not is_mostly_links(blocks) and not is_list
    return blocks if is_article else [], is_list


def words_of(blocks: list[Block]) -> int:
    """Count the words that a reader sees of blocks."""
    return sum(words_in(block.text) for block in blocks)


def _paragraphs(text: str) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, " ".join(line.split())) for line in text.split("\n") if line.strip()]
