"""The built-in extractor: tree, pruning, container, blocks."""

from __future__ import annotations

from itertools import islice
from typing import Final, NamedTuple

from newsreader.domain.sanitize import BLOCK_LIMIT
from newsreader.markup.blocks import REST, Block, BlockKind
from newsreader.markup.html import html_blocks
from newsreader.web.extract.block_filter import filter_blocks, is_list_of_pages, is_mostly_links
from newsreader.web.extract.container import container_of
from newsreader.web.extract.fragment import fragment_of
from newsreader.web.extract.metadata import PageMetadata, metadata_of, title_of
from newsreader.web.extract.pruning import prune_distractions, prune_machinery
from newsreader.web.extract.text_density import TextDensities, openings_of, words_in
from newsreader.web.extract.tree import HtmlNode, read_tree

MAX_BLOCKS: Final = 1_990
"""Of an article; `body_blocks` shows no more."""

MIN_WORDS: Final = 30
"""Of an article; shorter texts are error messages and login prompts."""

_WALL_WORDS: Final = 90
"""Below this, a page with a password field is a login wall."""


class ParsedPage(NamedTuple):
    """A page: its tree without scripts and forms, its metadata, title, and whether it asks for a password."""

    tree: HtmlNode
    metadata: PageMetadata
    title: str
    has_password_field: bool


class ExtractedBlocks(NamedTuple):
    """The blocks of an article, if any.

    `is_declared` is set if the page itself marks its article, `is_other` if the page is a login wall or a
    list of other pages.
    """

    blocks: list[Block]
    is_declared: bool
    is_other: bool = False


def read_page(source: str, url: str) -> ParsedPage:
    """Parse the page at `url`; accepts any text."""
    tree = read_tree(source)
    metadata = metadata_of(source, tree, url)
    has_password_field = any(
        node.name == "input" and node.get("type").lower() == "password" for node in tree.walk()
    )
    prune_machinery(tree)
    return ParsedPage(tree, metadata, title_of(metadata, tree), has_password_field)


def find_article(page: ParsedPage) -> ExtractedBlocks:
    """Return the article of a page; prunes its tree."""
    prune_distractions(page.tree)
    body = page.metadata.body
    densities = TextDensities(page.tree, openings_of(body))
    container = container_of(page.tree, densities)
    blocks, is_list = blocks_of(fragment_of(container.node, page.metadata.base), page.title)
    if words_of(blocks) < MIN_WORDS and words_in(body) >= MIN_WORDS:
        return ExtractedBlocks(_paragraphs(body), is_declared=True)
    is_wall = page.has_password_field and not container.is_declared and words_of(blocks) < _WALL_WORDS
    return ExtractedBlocks([] if is_wall else blocks, container.is_declared, is_wall or is_list)


def blocks_of(html: str, title: str) -> tuple[list[Block], bool]:
    """Return the article blocks of a fragment, if it is an article, and whether it is a list of pages."""
    found = [block for block in islice(html_blocks(html[:BLOCK_LIMIT]), MAX_BLOCKS) if block != REST]
    blocks = filter_blocks(found, title)
    is_list = is_list_of_pages(found)
    is_article = words_of(blocks) >= MIN_WORDS and not is_mostly_links(blocks) and not is_list
    return blocks if is_article else [], is_list


def words_of(blocks: list[Block]) -> int:
    """Count the visible words of blocks."""
    return sum(words_in(block.text) for block in blocks)


def _paragraphs(text: str) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, " ".join(line.split())) for line in text.split("\n") if line.strip()]
