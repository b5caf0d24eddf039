"""Write blocks as the plain HTML that is stored of a page; `body_blocks` reads the same blocks from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from newsreader.domain.urls import is_openable
from newsreader.markup.blocks import Block, BlockKind, Part, parts

CELL_GAP: Final = " │ "
"""Separator of the cells of a row in the text of its block."""

_EMPHASIS: Final = {"strong": "strong", "emphasis": "em", "code": "code", "strike": "s"}
# Written as entities, or `body_blocks` would detect Markdown or a template: headings and fences at the start
# of a line of code, empty lines, URLs in parentheses.
_MARKDOWN_LINE: Final = re.compile(r"^( {0,3})([#`~])", re.MULTILINE)
_ESCAPES: Final = (("](", "]&#40;"), ("{%", "{&#37;"), ("{{", "{&#123;"), ("\n\n", "\n&#10;"))


def blocks_html(blocks: Sequence[Block]) -> str:
    """Write blocks in a few plain tags, one block a line."""
    return "\n".join(_lines(blocks))


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    lists = _Lists()
    rows: list[Block] = []
    for block in blocks:
        if rows and block.kind is not BlockKind.TABLE_ROW:
            yield _table(rows)
            rows = []
        if block.kind is BlockKind.ITEM:
            yield from lists.item(block)
            continue
        yield from lists.closed(0)
        if block.kind is BlockKind.TABLE_ROW:
            rows.append(block)
        elif block.kind is BlockKind.CODE:
            yield f"<pre><code>{_text(block.text)}</code></pre>"
        elif block.kind is BlockKind.HEADING:
            level = min(max(block.level, 2), 6)  # the first level is that of the title
            yield f"<h{level}>{_inline(block)}</h{level}>"
        elif block.kind is BlockKind.QUOTE:
            depth = max(block.level, 1)
            yield "<blockquote>" * depth + _inline(block) + "</blockquote>" * depth
        elif block.kind is BlockKind.PARAGRAPH:
            yield f"<p>{_inline(block)}</p>"
    if rows:
        yield _table(rows)
    yield from lists.closed(0)


class _Lists:
    """Writes nested lists; holds the tags of the open ones, the outermost first."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def item(self, block: Block) -> Iterator[str]:
        """Start an item; opens and closes lists to match its level."""
        is_numbered = block.marker[:1].isdigit()
        tag = "ol" if is_numbered else "ul"
        depth = min(block.level, 20) + 1
        yield from self.closed(depth)
        if len(self._open) == depth and self._open[-1] != tag:
            yield from self.closed(depth - 1)
        elif len(self._open) == depth:
            yield "</li>"
        while len(self._open) < depth:
            self._open.append(tag)
            yield f"<{tag}>" if len(self._open) == depth else f"<{tag}><li>"
        number = f' value="{block.marker[:-1]}"' if is_numbered else ""
        yield f"<li{number}>{_inline(block)}"

    def closed(self, depth: int) -> Iterator[str]:
        while len(self._open) > depth:
            yield f"</li></{self._open.pop()}>"


def _table(rows: Sequence[Block]) -> str:
    """Write rows with their first cells as row headers; otherwise cells would be read as paragraphs."""
    return "<table>" + "".join(map(_row, rows)) + "</table>"


def _row(row: Block) -> str:
    first, *others = _inline(row).split(CELL_GAP)
    return f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{cell}</td>" for cell in others) + "</tr>"


def _inline(block: Block) -> str:
    """Write the text of a block with emphasis and links, which never span cells."""
    is_row = block.kind is BlockKind.TABLE_ROW
    gaps = re.finditer(CELL_GAP, block.text) if is_row else ()
    return "".join(
        _piece(block, part) for part in parts(block, *(place for gap in gaps for place in gap.span()))
    )


def _piece(block: Block, part: Part) -> str:
    text = block.text[part.start : part.end]
    if block.kind is BlockKind.TABLE_ROW and text == CELL_GAP:
        return text
    html = _text(text)
    for kind in reversed(part.emphasis):
        html = f"<{_EMPHASIS[kind]}>{html}</{_EMPHASIS[kind]}>"
    url = block.links[part.link].url if part.link >= 0 else ""
    return f'<a href="{escape(url)}">{html}</a>' if is_openable(url) else html


def _text(text: str) -> str:
    html = escape(text, quote=False)
    for sign, entity in _ESCAPES:
        html = html.replace(sign, entity)
    return _MARKDOWN_LINE.sub(lambda sign: f"{sign[1]}&#{ord(sign[2])};", html)
