"""Blocks of an article without the lines between them that only lead elsewhere or are said twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from newsreader.body.blocks import Block, BlockKind
from newsreader.web.article.phrases import is_label, leads_on

_SHORT: Final = 40
_STOP: Final = re.compile(r"[.!?…。！？؟][\"'”’»）」]*\s*$")


def sifted(blocks: Iterable[Block], title: str) -> list[Block]:
    """Return the blocks that are the article's own, in order, under the title that stands above them."""
    kept = [block for block in _without_link_lists(blocks) if not (_is_label(block) or _leads_on(block))]
    return _without_empty_headings(_said_once(kept, title))


def leads_elsewhere(blocks: Iterable[Block]) -> bool:
    """Tell whether blocks are the list of other pages: their headings, or most of their text, are links."""
    headings = linked_headings = texts = linked = 0
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            headings += 1
            linked_headings += _is_linked(block)
        texts += len(block.text)
        linked += _linked(block)
    return 2 * linked > texts or (linked_headings >= 3 and 2 * linked_headings > headings)


def _without_link_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    """Leave out lists of three and more items that are nothing but links."""
    for is_item, group in groupby(blocks, lambda block: block.kind is BlockKind.ITEM):
        items = list(group)
        if not (is_item and len(items) >= 3 and all(map(_is_linked, items))):
            yield from items


def _is_label(block: Block) -> bool:
    return block.kind is not BlockKind.CODE and is_label(block.text)


def _leads_on(block: Block) -> bool:
    """Tell whether a paragraph is a mere link to another page, with or without words that say so."""
    if block.kind not in {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.QUOTE} or not block.links:
        return False
    if _is_linked(block):
        return leads_on(block.text) or not _STOP.search(block.text)
    return leads_on(block.text) and 2 * _linked(block) >= len(block.text)


def _said_once(blocks: Iterable[Block], title: str) -> Iterator[Block]:
    seen = {_folded(title)} - {""}
    for block in blocks:
        folded = _folded(block.text)
        if block.kind in {BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.HEADING} and folded in seen:
            continue
        if len(folded) >= _SHORT:
            seen.add(folded)
        yield block


def _without_empty_headings(blocks: Iterable[Block]) -> list[Block]:
    """Leave out headings with nothing under them: what they led to was left out."""
    kept: list[Block] = []
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            while kept and kept[-1].kind is BlockKind.HEADING and kept[-1].level >= block.level:
                kept.pop()
        kept.append(block)
    while kept and kept[-1].kind is BlockKind.HEADING:
        kept.pop()
    return kept


def _is_linked(block: Block) -> bool:
    return bool(block.links) and _linked(block) >= len(block.text) - 2


def _linked(block: Block) -> int:
    return sum(link.end - link.start for link in block.links)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
