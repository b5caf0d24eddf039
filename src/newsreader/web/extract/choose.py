"""Which of two extractions of one page is the better one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from newsreader.markup.blocks import Block
from newsreader.web.extract.extractor import ExtractedBlocks

_MOST: Final = 0.6
"""Of the words of one: with less of them in the other, that has missed the article."""

_TOO_MUCH: Final = 1.6
"""Times the words of one: with more, the other has taken what stands around the article, too."""


def better(ours: ExtractedBlocks, theirs: list[Block]) -> list[Block]:
    """Return the better of our own blocks and trafilatura's.

    Ours keep code, tables and captions as what they are, so they win where both are about the same.
    trafilatura's win where ours have missed most of the text, and where ours have far more than they have,
    unless the page itself says that this is its article.
    """
    if ours.is_other:
        return []
    if not theirs or not ours.blocks:
        return ours.blocks or theirs
    our_words, their_words = _words(ours.blocks), _words(theirs)
    shared = (our_words & their_words).total()
    if shared < _MOST * their_words.total() and their_words.total() > our_words.total():
        return theirs
    if not ours.is_declared and our_words.total() > _TOO_MUCH * their_words.total():
        return theirs
    return ours.blocks


def _words(blocks: Iterable[Block]) -> Counter[str]:
    """Count the words of blocks; where a script parts none, its stretches between stops count as such."""
    return Counter(word for block in blocks for word in block.text.casefold().split())
