"""Lay out the body of a record as lines with links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from newsreader.markup import body_blocks
from newsreader.markup.blocks import Block, BlockKind
from newsreader.render.body_spans import BodyLine, spans_of
from newsreader.render.body_table import table_lines
from newsreader.render.cells import cell_len, fit, steady, wrap
from newsreader.render.headline_row import Line, Span

__all__ = ["body_lines"]

_BAR = "│ "


def body_lines(body: str, width: int) -> tuple[list[BodyLine], list[str]]:
    """Lay out a Markdown or HTML body; return the lines, and the URLs of the links by number."""
    lines: list[BodyLine] = []
    urls: list[str] = []
    leads = _Leads(width)
    above: Block | None = None
    for group in _groups(body_blocks(body)):
        block = group[0]
        if above is not None and not _is_tight(above, block):
            lines.append((leads.between(above, block), -1))
        first, further = leads.of(block)
        room = width - cell_len(first)
        for pieces, link in _group_lines(group, room, len(urls)):
            lead = (Span(first, "marker"),) if first else ()
            lines.append(((*lead, *pieces), link))
            first = further
        urls.extend(link.url for block in group for link in block.links)
        above = group[-1]
    return lines, urls


def _groups(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """Yield each block, and the rows of a table together."""
    start = 0
    for number, block in enumerate(blocks, 1):
        following = blocks[number] if number < len(blocks) else None
        is_row_of_same = (
            following is not None
            and block.kind is following.kind is BlockKind.TABLE_ROW
            and block.inside == following.inside
            and block.level >= following.level
        )
        if not is_row_of_same:
            yield blocks[start:number]
            start = number


def _is_tight(above: Block, block: Block) -> bool:
    """Check whether there is no blank line between two blocks."""
    if block.continues:
        return True
    if above.marker in ("callout", "term"):
        return block.marker != "callout"
    return above.kind is block.kind is BlockKind.ITEM and above.inside.count(">") == block.inside.count(">")


def _group_lines(group: Sequence[Block], width: int, first_link: int) -> Sequence[BodyLine]:
    block = group[0]
    if block.kind is BlockKind.TABLE_ROW:
        return table_lines(group, width, first_link)
    if block.kind is BlockKind.RULE:
        return [((Span("─" * min(width, 24), "note"),), -1)]
    if block.kind is BlockKind.CODE:
        shown = [fit(steady(line), width - 2) for line in block.text.split("\n")]
        return [((Span("  ", "blank"), Span(line, "code")), -1) for line in shown]
    return list(spans_of(block, wrap(block.text, width), first_link))


class _Leads:
    """The prefixes of lines: quote bars, indents and item markers."""

    def __init__(self, width: int) -> None:
        self._most = max(4, width // 3)
        self._indents: dict[int, int] = {}  # of the last item's text, by nesting depth

    def of(self, block: Block) -> tuple[str, str]:
        """Return the prefixes of a block's first line and of its further lines."""
        inside = block.inside
        self._indents = {at: wide for at, wide in self._indents.items() if at < len(inside)}
        if block.kind is not BlockKind.ITEM:
            lead = self._lead(inside)
            return lead, lead
        marker = "• " if block.marker in ("", "-", "*", "+") else f"{block.marker} "
        before = self._lead(inside[:-1], len(marker))
        self._indents[len(inside) - 1] = len(marker)
        return before + marker, before + " " * len(marker)

    def between(self, above: Block, block: Block) -> Line:
        """Return the line between two blocks: blank except for the bars of common quotes."""
        both = takewhile(lambda pair: pair[0] == pair[1], zip(above.inside, block.inside, strict=False))
        shared = "".join(one for one, _ in both)
        if block.marker == "callout" and shared == block.inside:
            shared = shared[:-1]  # another quote begins
        lead = self._lead(shared).rstrip()
        return (Span(lead, "marker"),) if lead else ()

    def _lead(self, inside: str, extra: int = 0) -> str:
        pieces = [_BAR if sign == ">" else " " * self._indents.get(at, 2) for at, sign in enumerate(inside)]
        while pieces and sum(map(len, pieces)) + extra > self._most:
            del pieces[0]
        return "".join(pieces)
