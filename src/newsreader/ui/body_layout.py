"""The body of a record -> lines for the story pane, with the links that stand in it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from newsreader.domain.blocks import Block, BlockKind, body_blocks
from newsreader.ui.cells import cell_len, fit, steady, wrap
from newsreader.ui.headline_row import Line, Span

BodyLine = tuple[Line, int]
"""Spans, and the number of the link that the line shows first, -1 for none."""


def body_lines(body: str, width: int) -> tuple[list[BodyLine], list[str]]:
    """Lay a Markdown or HTML body out.

    Returns:
        The lines, and the URLs of the links by number.

    """
    lines: list[BodyLine] = []
    urls: list[str] = []
    blocks = body_blocks(body)
    for number, block in enumerate(blocks):
        if number and not _tight(blocks[number - 1], block):
            lines.append(((), -1))
        lines.extend(_block_lines(block, width, urls))
    return lines, urls


def _tight(above: Block, block: Block) -> bool:
    """Whether two blocks follow each other without a blank line."""
    return above.kind is block.kind and block.kind in (BlockKind.ITEM, BlockKind.TABLE_ROW)


def _block_lines(block: Block, width: int, urls: list[str]) -> list[BodyLine]:
    if block.kind is BlockKind.RULE:
        return [((Span("─" * min(width, 24), "note"),), -1)]
    if block.kind is BlockKind.CODE:
        shown = [fit(steady(line), width - 2) for line in block.text.split("\n")]
        return [((Span("  ", "blank"), Span(line, "code")), -1) for line in shown]
    first, further = _lead(block)
    indent = cell_len(first)
    spans = _spans(block, urls)
    lines: list[BodyLine] = []
    for start, end in wrap(block.text, width - indent):
        lead = Span(further if lines else first, "marker")
        pieces, link = _cut(spans, start, end)
        lines.append(((lead, *pieces) if indent else tuple(pieces), link))
    return lines


def _lead(block: Block) -> tuple[str, str]:
    """What stands before the first line of a block and before its further lines."""
    if block.kind is BlockKind.ITEM:
        marker = "•" if block.marker in ("", "-", "*", "+") else block.marker
        indent = "  " * min(block.level, 4)
        return f"{indent}{marker} ", indent + " " * (len(marker) + 1)
    if block.kind is BlockKind.QUOTE:
        bar = "│ " * max(1, min(block.level, 4))
        return bar, bar
    return "", ""


def _spans(block: Block, urls: list[str]) -> list[tuple[int, int, Span, int]]:
    """The text of a block cut where its look changes: start, end, span, link number."""
    base = {BlockKind.HEADING: "heading", BlockKind.QUOTE: "quote"}.get(block.kind, "body")
    edges = {0, len(block.text)}
    for part in (*block.links, *block.emphasis):
        edges.update((part.start, part.end))
    first = len(urls)
    urls.extend(link.url for link in block.links)
    spans = []
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        role, link = base, -1
        for emphasis in block.emphasis:
            if emphasis.start <= start and end <= emphasis.end:
                role = emphasis.kind
        for number, inline in enumerate(block.links):
            if inline.start <= start and end <= inline.end:
                role, link = "link", first + number
        spans.append((start, end, Span(block.text[start:end], role), link))
    return spans


def _cut(spans: Sequence[tuple[int, int, Span, int]], start: int, end: int) -> tuple[list[Span], int]:
    """The part of the spans between two places, and the first link in it."""
    pieces: list[Span] = []
    found = -1
    for begin, stop, span, link in spans:
        low, high = max(begin, start), min(stop, end)
        if low < high:
            pieces.append(Span(steady(span.text[low - begin : high - begin]), span.role))
            if found < 0:
                found = link
    return pieces, found
