"""Convert Markdown to HTML, then to blocks.

The dialect is CommonMark (https://spec.commonmark.org/) with what corpora add to it: pipe tables, task
lists, struck text, footnotes, definition lists, callouts, formulas, wiki links, template tags and components.
Invalid markup is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html import escape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from newsreader.markup.blocks import REST, Block
from newsreader.markup.callout_rules import callouts_plugin, tabs_as_callouts
from newsreader.markup.components import component_names, components_plugin
from newsreader.markup.html import html_blocks
from newsreader.markup.html_tags import BLOCK_TAGS, MATH_TAGS, PHRASE_TAGS
from newsreader.markup.inline_rules import inline_plugin

MAX_LENGTH: Final = 200_000
"""Maximum number of characters; the rest is not shown. The worst case takes two seconds."""

_KNOWN_TAGS: Final = BLOCK_TAGS | PHRASE_TAGS | MATH_TAGS
_MAX_FORMULA: Final = 4_000
_TAG_NAME: Final = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)")
_TASK: Final = re.compile(r"\[([ xX])\](?:\s+|$)")
_CONTENTS: Final = re.compile(
    r"^ *+(?:[-*+]|1\.) [^\n]*+\n *+\{: *+toc[^{}\n]*+\}", re.IGNORECASE | re.MULTILINE
)


def markdown_blocks(source: str) -> Iterator[Block]:
    """Yield the blocks of sanitized Markdown."""
    text = source[:MAX_LENGTH]
    # CommonMark ends a comment only at "-->".
    text = _CONTENTS.sub("", tabs_as_callouts(text).replace("--!>", "-->"))
    html = _parser().render(text, {"components": component_names(text)})
    yield from html_blocks(html, is_body=True)
    if len(source) > MAX_LENGTH:
        yield REST


@cache
def _parser() -> MarkdownIt:
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # Links are validated later, for HTML and Markdown alike.
    parser.validateLink = bool  # type: ignore[assignment,method-assign]
    parser.normalizeLink = str  # type: ignore[assignment,method-assign]
    for plugin in (footnote_plugin, deflist_plugin, callouts_plugin, components_plugin, inline_plugin):
        parser.use(plugin)
    parser.block.ruler.before("fence", "formula", _formula, {"alt": ["paragraph", "blockquote", "list"]})
    parser.core.ruler.after("block", "tasks", _mark_tasks)
    for name, rule in _RENDERED.items():
        parser.add_render_rule(name, rule)
    return parser


def _formula(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """Parse a formula between double dollar signs as a code block."""
    start = state.bMarks[line] + state.tShift[line]
    if not state.src.startswith("$$", start) or state.is_code_block(line):
        return False
    limit = state.eMarks[state.lineMax - 1]
    end = state.src.find("$$", start + 2, min(limit, start + _MAX_FORMULA))
    last = line
    while end >= 0 and state.eMarks[last] < end:
        last += 1
    if end < 0 or state.src[end + 2 : state.eMarks[last]].strip() or not state.src[start + 2 : end].strip():
        return False
    if not silent:
        token = state.push("code_block", "code", 0)
        lines = state.src[start + 2 : end].split("\n")
        token.content = "\n".join(text.strip() for text in lines if text.strip())
        state.line = last + 1
    return True


def _mark_tasks(state: StateCore) -> None:
    """Mark items that begin with "[ ]" or "[x]" as tasks."""
    tokens = state.tokens
    for index in range(2, len(tokens)):
        if tokens[index].type == "inline" and tokens[index - 2].type == "list_item_open":
            found = _TASK.match(tokens[index].content)
            if found:
                tokens[index].content = tokens[index].content[found.end() :]
                tokens[index - 2].meta["task"] = found[1] != " "


def _list_item(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    is_done = tokens[index].meta.get("task")
    box = "" if is_done is None else f"<input type=checkbox{' checked' if is_done else ''}>"
    return renderer.renderToken(tokens, index, options, env) + box


def _image(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    alt = renderer.renderInlineAsText(token.children or [], options, env).strip()
    attributes = {"src": str(token.attrs["src"]), "alt": alt, "title": str(token.attrs.get("title", ""))}
    return "<img" + "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value) + ">"


def _inline_html(_renderer: RendererHTML, tokens: Sequence[Token], index: int, *_: Any) -> str:
    """Keep an HTML tag; escape text such as "List<T>"."""
    content = tokens[index].content
    name = _TAG_NAME.match(content)
    is_text = name is not None and "-" not in name[1] and name[1].lower() not in _KNOWN_TAGS
    return escape(content) if is_text else content


def _made(_renderer: RendererHTML, tokens: Sequence[Token], index: int, *_: Any) -> str:
    return tokens[index].content


def _footnote_reference(_renderer: RendererHTML, tokens: Sequence[Token], index: int, *_: Any) -> str:
    return f"[{int(tokens[index].meta['id']) + 1}]"


def _footnote(_renderer: RendererHTML, tokens: Sequence[Token], index: int, *_: Any) -> str:
    return f'<li value="{int(tokens[index].meta["id"]) + 1}">'


_RENDERED: Final[dict[str, Callable[..., str]]] = {
    "footnote_anchor": lambda *_: "",
    "footnote_block_open": lambda *_: "<hr><ol>",
    "footnote_open": _footnote,
    "footnote_ref": _footnote_reference,
    "html_inline": _inline_html,
    "html_made": _made,
    "image": _image,
    "list_item_open": _list_item,
}
