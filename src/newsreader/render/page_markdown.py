"""The text of a page as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from newsreader.domain.citation import in_markdown, markdown_target
from newsreader.markup import body_blocks
from newsreader.markup.blocks import Block, BlockKind


def text_markdown(html: str) -> Iterator[str]:
    """Convert an article to Markdown, one heading level down."""
    for block in body_blocks(html):
        yield ""
        if block.kind is BlockKind.CODE:
            fence = "````" if "```" in block.text else "```"
            yield from (fence, *block.text.split("\n"), fence)
        elif block.kind is BlockKind.RULE:
            yield "---"
        else:
            yield f"{_prefix(block)}{_inline(block)}"


def _prefix(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return "#" * min(6, block.level + 1) + " "
    if block.kind is BlockKind.ITEM:
        return "    " * block.level + ("- " if block.marker in ("", "-", "*", "+") else f"{block.marker} ")
    return "> " * block.level if block.kind is BlockKind.QUOTE else ""


def _inline(block: Block) -> str:
    """Format the text of a block with its links."""
    pieces: list[str] = []
    done = 0
    for link in block.links:
        text = in_markdown(block.text[link.start : link.end])
        pieces += (in_markdown(block.text[done : link.start]), f"[{text}]({markdown_target(link.url)})")
        done = link.end
    return "".join([*pieces, in_markdown(block.text[done:])])
