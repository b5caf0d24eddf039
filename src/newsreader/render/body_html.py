"""The body of a record as safe HTML: text blocks, emphasis and links."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html import escape

from newsreader.domain.urls import is_openable
from newsreader.markup import body_blocks
from newsreader.markup.blocks import Block, BlockKind, Part, parts

_TAGS = {
    BlockKind.PARAGRAPH: "p",
    BlockKind.QUOTE: "blockquote",
}
_EMPHASIS = {"strong": "strong", "emphasis": "em", "code": "code", "strike": "s"}


def body_html(body: str) -> str:
    """Convert a body to plain HTML without scripts, styles or embeds; links are http and https only."""
    return "\n".join(_lines(body_blocks(body)))


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    open_lists: list[str] = []
    for number, block in enumerate(blocks):
        if block.kind is BlockKind.ITEM:
            yield from _item(block, open_lists)
            continue
        yield from _closed(open_lists, block.inside.count("-"))
        if block.kind is BlockKind.TABLE_ROW:
            above = blocks[number - 1] if number else None
            below = blocks[number + 1] if number + 1 < len(blocks) else None
            if above is None or not _are_one_table(above, block):
                yield "<table>"
            yield _row(block)
            if below is None or not _are_one_table(block, below):
                yield "</table>"
        elif block.kind is BlockKind.RULE:
            yield "<hr>"
        elif block.kind is BlockKind.CODE:
            yield f"<pre><code>{_inline(block)}</code></pre>"
        elif block.kind is BlockKind.HEADING:
            yield f"<h{block.level}>{_inline(block)}</h{block.level}>"
        else:
            tag = _TAGS[block.kind]
            html = _inline(block)
            yield f"<{tag}>{f'<strong>{html}</strong>' if block.marker else html}</{tag}>"
    yield from _closed(open_lists, 0)


def _are_one_table(above: Block, block: Block) -> bool:
    return above.kind is block.kind is BlockKind.TABLE_ROW and above.level >= block.level


def _row(row: Block) -> str:
    tag = "th" if row.level else "td"
    cells = row.cells or ((0, len(row.text)),)
    pieces = [""] * len(cells)
    at = 0
    for part, html in _pieces(row):
        while at < len(cells) and cells[at][1] <= part.start:
            at += 1
        for place in range(at, len(cells)):  # a link may reach over several cells
            start, end = max(part.start, cells[place][0]), min(part.end, cells[place][1])
            if start >= part.end:
                break
            if start < end:
                pieces[place] += html(row.text[start:end])
    return "<tr>" + "".join(f"<{tag}>{piece}</{tag}>" for piece in pieces) + "</tr>"


def _item(block: Block, open_lists: list[str]) -> Iterator[str]:
    """Format a list item; open and close nested lists to reach its level."""
    tag = "ol" if block.marker[:1].isdigit() else "ul"
    depth = block.level + 1
    yield from _closed(open_lists, depth)
    if len(open_lists) == depth:
        yield "</li>"
        if open_lists[-1] != tag:
            yield f"</{open_lists.pop()}>"
            open_lists.append(tag)
            yield f"<{tag}>"
    while len(open_lists) < depth:
        open_lists.append(tag)
        yield f"<{tag}>" if len(open_lists) == depth else f"<{tag}><li>"
    box = {"[ ]": "☐ ", "[x]": "☑ "}.get(block.marker, "")
    yield f"<li>{box}{_inline(block)}"


def _closed(open_lists: list[str], depth: int) -> Iterator[str]:
    while len(open_lists) > depth:
        yield f"</li></{open_lists.pop()}>"


def _inline(block: Block) -> str:
    """Format the text of a block with its emphasis and links."""
    return "".join(html(block.text[part.start : part.end]) for part, html in _pieces(block))


def _pieces(block: Block) -> Iterator[tuple[Part, Callable[[str], str]]]:
    """Yield the parts of a block, each with a function that formats its text as HTML."""
    for part in parts(block):
        yield part, partial(_piece, part, block.links[part.link].url if part.link >= 0 else "")


def _piece(part: Part, url: str, text: str) -> str:
    html = escape(text, quote=False)
    for kind in reversed(part.emphasis):
        html = f"<{_EMPHASIS[kind]}>{html}</{_EMPHASIS[kind]}>"
    return f'<a href="{escape(url)}">{html}</a>' if is_openable(url) else html
