"""Split the text of a block into lines of spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsreader.markup.blocks import Block, BlockKind, Part, parts
from newsreader.render.cells import steady
from newsreader.render.headline_row import Line, Span

BodyLine = tuple[Line, int]
"""Spans, and the number of the first link in the line, -1 for none."""


def spans_of(block: Block, lines: Iterable[tuple[int, int]], first_link: int) -> Iterator[BodyLine]:
    """Cut the text of a block into lines.

    Args:
        block: The block.
        lines: Start and end of each line in the text, in order.
        first_link: The number of the first link of the block.

    """
    base = _base_role(block)
    pieces = parts(block)
    piece = next(pieces, None)
    for start, end in lines:
        spans: list[Span] = []
        found = -1
        while piece is not None and piece.start < end:
            low, high = max(piece.start, start), min(piece.end, end)
            if low < high:
                spans.append(Span(steady(block.text[low:high]), _role(piece, base)))
                found = first_link + piece.link if found < 0 <= piece.link else found
            if piece.end > end:
                break
            piece = next(pieces, None)
        yield tuple(spans), found


def _base_role(block: Block) -> str:
    if block.marker in ("callout", "term") or (block.kind is BlockKind.TABLE_ROW and block.level):
        return "strong"
    return {BlockKind.HEADING: "heading", BlockKind.QUOTE: "quote"}.get(block.kind, "body")


def _role(part: Part, base: str) -> str:
    if part.link >= 0:
        return "link"
    if part.is_reference:
        return "reference"
    return "strike" if "strike" in part.emphasis else part.emphasis[-1] if part.emphasis else base
