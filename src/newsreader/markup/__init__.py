"""Parse Markdown and HTML bodies to blocks of text with links."""

from __future__ import annotations

from itertools import islice
from typing import Final

from newsreader.domain.sanitize import BLOCK_LIMIT, clean_source
from newsreader.markup.blocks import REST, Block

MAX_BLOCKS: Final = 2_000


def body_blocks(body: str) -> tuple[Block, ...]:
    """Sanitize and parse a body to at most `MAX_BLOCKS` blocks, in linear time. Never raises."""
    source = clean_source(body[:BLOCK_LIMIT]).replace("\t", "    ")
    if not source or source.isspace():
        return ()
    # Imported for the first body: most records have none.
    from newsreader.markup.html import html_blocks, looks_like_html
    from newsreader.markup.templates import prepare, without_tags

    if looks_like_html(without_tags(source)):
        found = html_blocks(prepare(source, is_html=True), is_body=True)
    else:
        from newsreader.markup.markdown import markdown_blocks

        found = markdown_blocks(prepare(source, is_html=False))
    blocks = list(islice(found, MAX_BLOCKS + 1))
    if len(blocks) > MAX_BLOCKS or (len(body) > BLOCK_LIMIT and blocks[-1:] != [REST]):
        blocks[MAX_BLOCKS - 1 :] = [REST]
    return tuple(blocks)
