"""Markdown -> HTML -> blocks, so that only one module knows how a document is laid out.

The dialect is CommonMark (https://spec.commonmark.org/) with pipe tables. Nothing is an error: what is no
markup is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from newsreader.markup.blocks import REST, Block
from newsreader.markup.html import BLOCK_TAGS, PHRASE_TAGS, html_blocks

MAX_LENGTH: Final = 200_000
"""Characters that are read; what comes later is not shown. Two seconds is what the worst of them take."""

_TAG_NAME: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")


def markdown_blocks(source: str) -> Iterator[Block]:
    """Yield the blocks of a Markdown text that passed the text gate."""
    yield from html_blocks(_parser().render(source[:MAX_LENGTH]))
    if len(source) > MAX_LENGTH:
        yield REST


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    # Whether a link may be followed is decided in one place, for HTML and Markdown alike.
    parser.validateLink = bool  # type: ignore[assignment,method-assign]
    parser.normalizeLink = str  # type: ignore[assignment,method-assign]
    parser.add_render_rule("html_inline", _inline_html)
    return parser


def _inline_html(_renderer: RendererHTML, tokens: Sequence[Token], index: int, *_: Any) -> str:
    """Keep a tag of HTML; what merely looks like one, such as "List<T>", is text."""
    content = tokens[index].content
    name = _TAG_NAME.match(content)
    is_text = name is not None and name[1].lower() not in BLOCK_TAGS | PHRASE_TAGS
    return escape(content) if is_text else content
