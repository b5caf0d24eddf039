"""The body of a record as HTML that can do nothing: the blocks that the reader shows, and their links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from newsreader.domain.urls import is_openable
from newsreader.markup import body_blocks
from newsreader.markup.blocks import Block, BlockKind

_TAGS = {
    BlockKind.PARAGRAPH: "p",
    BlockKind.QUOTE: "blockquote",
    BlockKind.TABLE_ROW: "p",
}
_EMPHASIS = {"strong": "strong", "emphasis": "em", "code": "code"}


def body_html(body: str) -> str:
    """A body as plain HTML, whatever it was: no scripts, styles or embeds, links to http and https alone."""
    return "\n".join(_lines(body_blocks(body)))


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    open_lists: list[str] = []
    for block in blocks:
        if block.kind is BlockKind.ITEM:
            yield from _item(block, open_lists)
            continue
        yield from _closed(open_lists, 0)
        if block.kind is BlockKind.RULE:
            yield "<hr>"
        elif block.kind is BlockKind.CODE:
            yield f"<pre><code>{_inline(block)}</code></pre>"
        elif block.kind is BlockKind.HEADING:
            yield f"<h{block.level}>{_inline(block)}</h{block.level}>"
        else:
            tag = _TAGS[block.kind]
            yield f"<{tag}>{_inline(block)}</{tag}>"
    yield from _closed(open_lists, 0)


def _item(block: Block, open_lists: list[str]) -> Iterator[str]:
    """An item in lists as deep as it stands, each of them within an item of the one around it."""
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
    yield f"<li>{_inline(block)}"


def _closed(open_lists: list[str], depth: int) -> Iterator[str]:
    while len(open_lists) > depth:
        yield f"</li></{open_lists.pop()}>"


def _inline(block: Block) -> str:
    """The text of a block with its emphasis and links."""
    edges = {0, len(block.text)}
    edges |= {place for link in block.links for place in (link.start, link.end)}
    edges |= {place for emphasis in block.emphasis for place in (emphasis.start, emphasis.end)}
    return "".join(_piece(block, start, end) for start, end in pairwise(sorted(edges)))


def _piece(block: Block, start: int, end: int) -> str:
    html = escape(block.text[start:end], quote=False)
    for emphasis in reversed(block.emphasis):
        if emphasis.start <= start and end <= emphasis.end:
            html = f"<{_EMPHASIS[emphasis.kind]}>{html}</{_EMPHASIS[emphasis.kind]}>"
    for link in block.links:
        if link.start <= start and end <= link.end and is_openable(link.url):
            html = f'<a href="{escape(link.url)}">{html}</a>'
    return html
