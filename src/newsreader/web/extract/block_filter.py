"""Filter links to other pages, labels, teasers and duplicates out of the blocks of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from newsreader.markup.blocks import Block, BlockKind
from newsreader.web.extract.boilerplate_phrases import is_label, lead_of

_SHORT: Final = 40
_MIN_TEXT: Final = 60
"""Characters of a line that is text even without the end of a sentence."""

_MIN_SENTENCE: Final = 8
"""Characters of a line that is text as a sentence."""

_LINES: Final = frozenset({BlockKind.PARAGRAPH, BlockKind.HEADING})
_STOP: Final = re.compile(r"[.!?…。！？؟][\"'”’»）」]*\s*$")


def filter_blocks(blocks: Iterable[Block], title: str) -> list[Block]:
    """Return the blocks that belong to the article with this title."""
    blocks = _without_teasers(list(_without_link_lists(blocks)))
    blocks = [block for block in blocks if not (_is_label(block) or _is_onward_link(block))]
    blocks = _without_margins(_from_headline(blocks, title))
    return _without_empty_headings(_without_duplicates(blocks, title))


def is_list_of_pages(blocks: Iterable[Block]) -> bool:
    """Return whether unfiltered blocks are teasers: linked headings, each with a paragraph.

    An article that is followed by linked headings has most of its text above the first of them.
    """
    teasers = paragraphs = above = below = 0
    for block in blocks:
        teasers += _is_linked_heading(block)
        if block.kind is not BlockKind.HEADING:
            paragraphs += len(block.text) >= _MIN_TEXT
            if teasers:
                below += len(block.text)
            else:
                above += len(block.text)
    return teasers >= 3 and 2 * teasers > paragraphs and above <= below


def is_mostly_links(blocks: Iterable[Block]) -> bool:
    """Return whether more than half of the text is links."""
    counts = [(len(block.text), _linked(block)) for block in blocks]
    return 2 * sum(linked for _, linked in counts) > sum(length for length, _ in counts)


def _without_link_lists(blocks: Iterable[Block]) -> Iterator[Block]:
    """Drop lists of three and more items that are only links."""
    for is_item, group in groupby(blocks, lambda block: block.kind is BlockKind.ITEM):
        items = list(group)
        if not (is_item and len(items) >= 3 and all(map(_is_linked, items))):
            yield from items


def _without_teasers(blocks: list[Block]) -> list[Block]:
    """Drop the teasers of other pages below an article: linked headings, each with its paragraph."""
    headings = [at for at, block in enumerate(blocks) if block.kind is BlockKind.HEADING]
    first = len(blocks)
    for at in reversed(headings):
        if not _is_linked_heading(blocks[at]):
            break
        first = at
    teasers = sum(at >= first for at in headings)
    return (
        blocks[:first] if teasers >= 2 and 2 * _length(blocks[first:]) < _length(blocks[:first]) else blocks
    )


def _is_linked_heading(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and _is_linked(block)


def _is_label(block: Block) -> bool:
    return block.kind is not BlockKind.CODE and is_label(block.text)


def _is_onward_link(block: Block) -> bool:
    """Return whether a paragraph is only a link to another page, such as "Read more: …"."""
    if block.kind not in {BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.QUOTE} or not block.links:
        return False
    lead = lead_of(block.text)
    if _is_linked(block):
        return bool(lead) or not _STOP.search(block.text)
    return bool(lead) and 2 * _linked(block) >= len(block.text) - len(lead)


def _from_headline(blocks: list[Block], title: str) -> list[Block]:
    """Drop the headline, which is shown separately, and all before it."""
    first_levels = [
        at for at, block in enumerate(blocks) if block.kind is BlockKind.HEADING and block.level == 1
    ]
    matching = [at for at in first_levels if _folded(blocks[at].text) == _folded(title)] or first_levels
    if len(matching) != 1:
        return blocks
    at = matching[0]
    above, below = blocks[:at], blocks[at + 1 :]
    return below if 4 * _length(above) < _length(below) else [*above, *below]


def _without_margins(blocks: list[Block]) -> list[Block]:
    """Drop lines without text before the first paragraph and after the last: dates, names."""
    texts = [at for at, block in enumerate(blocks) if block.kind not in _LINES or _is_text(block)]
    if not texts:
        return blocks
    first, last = texts[0], texts[-1]
    while first and blocks[first - 1].kind is BlockKind.HEADING:
        first -= 1
    return [
        block
        for at, block in enumerate(blocks)
        if first <= at <= last or block.kind not in _LINES or _is_emphasized(block)
    ]


def _is_text(block: Block) -> bool:
    length = len(block.text)
    return length >= _MIN_TEXT or (length >= _MIN_SENTENCE and _STOP.search(block.text) is not None)


def _is_emphasized(block: Block) -> bool:
    """Return whether a whole line is emphasized, as captions are."""
    return any(part.end - part.start >= len(block.text) - 1 for part in block.emphasis)


def _length(blocks: Iterable[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def _without_duplicates(blocks: Iterable[Block], title: str) -> Iterator[Block]:
    seen = {_folded(title)} - {""}
    for block in blocks:
        folded = _folded(block.text)
        if block.kind in {BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.HEADING} and folded in seen:
            continue
        if len(folded) >= _SHORT:
            seen.add(folded)
        yield block


def _without_empty_headings(blocks: Iterable[Block]) -> list[Block]:
    """Drop headings whose content was dropped."""
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
