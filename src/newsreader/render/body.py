"""The body of a record -> lines for the story pane, with the links that stand in it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from newsreader.markup import body_blocks
from newsreader.markup.blocks import Block, BlockKind, Emphasis
from newsreader.render.cells import cell_len, fit, steady, wrap
from newsreader.render.headline_row import Line, Span

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
    ends = wrap(block.text, width - indent)
    lines: list[BodyLine] = []
    for pieces, link in _cut(_parts(block, len(urls)), ends):
        lead = Span(further if lines else first, "marker")
        lines.append(((lead, *pieces) if indent else pieces, link))
    urls.extend(link.url for link in block.links)
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


class _Part(NamedTuple):
    """A run of text that looks the same throughout, and the number of the link it belongs to."""

    start: int
    end: int
    text: str
    role: str
    link: int


def _parts(block: Block, first_link: int) -> Iterator[_Part]:
    """The text of a block cut where its look changes. Links and emphasis are in order, so one pass does."""
    base = {BlockKind.HEADING: "heading", BlockKind.QUOTE: "quote"}.get(block.kind, "body")
    edges = {0, len(block.text)}
    for link in block.links:
        edges.update((link.start, link.end))
    for stressed in block.emphasis:
        edges.update((stressed.start, stressed.end))
    links, emphasis = deque(enumerate(block.links, first_link)), deque(block.emphasis)
    active: list[Emphasis] = []
    for start, end in pairwise(sorted(edges)):
        while links and links[0][1].end <= start:
            links.popleft()
        while emphasis and emphasis[0].start <= start:
            active.append(emphasis.popleft())
        active = [stressed for stressed in active if stressed.end > start]
        if links and links[0][1].start <= start:
            yield _Part(start, end, block.text[start:end], "link", links[0][0])
        else:
            yield _Part(start, end, block.text[start:end], active[-1].kind if active else base, -1)


def _cut(parts: Iterator[_Part], lines: Iterable[tuple[int, int]]) -> Iterator[tuple[Line, int]]:
    """The parts dealt out to lines, each with the first link that stands in it."""
    part = next(parts, None)
    for start, end in lines:
        pieces: list[Span] = []
        found = -1
        while part is not None and part.start < end:
            low, high = max(part.start, start), min(part.end, end)
            if low < high:
                pieces.append(Span(steady(part.text[low - part.start : high - part.start]), part.role))
                found = part.link if found < 0 else found
            if part.end > end:
                break
            part = next(parts, None)
        yield tuple(pieces), found
