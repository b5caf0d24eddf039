"""Parse callouts and tabs in Markdown.

The forms are `> [!note] Title` (GitHub, Obsidian), `!!! note "Title"` (Python-Markdown),
`:::note Title` (Docusaurus, Zenn, Pandoc), and as shortcodes and components.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from newsreader.markup.html_tokens import tag_attributes
from newsreader.markup.templates import CALLOUT_END, KINDS, callout_name, callout_start

_CALLOUT: Final = re.compile(r"\[!([\w -]{1,40})(?:\|[^\]\n]{0,40})?\][+-]?[ ]*+([^\n]*+)\n?")
_TAB: Final = re.compile(r'^( *+)===[!+]{0,2} +"([^"\n]{0,200})" *$', re.MULTILINE)
_CONTAINER: Final = re.compile(r"\s*+\{?\s*+\.?([A-Za-z][\w-]*+)\}?(?:\[([^\]]*)\])?(.*)", re.DOTALL)
_IN_BRACES: Final = re.compile(r"\{[^{}]*+\}?|\}")


def tabs_as_callouts(source: str) -> str:
    """Rewrite titles of tabs (`=== "Title"`) as titles of callouts."""
    return _TAB.sub(r'\1!!! tab "\2"', source) if '=== "' in source or "===" in source else source


def callouts_plugin(parser: MarkdownIt) -> None:
    """Add all forms of callouts to a parser."""
    from mdit_py_plugins.admon import admon_plugin
    from mdit_py_plugins.container import container_plugin

    parser.use(admon_plugin)
    parser.add_render_rule("admonition_title_open", _admonition_title)
    parser.use(container_plugin, "callout", validate=_begins_container, render=_container)
    parser.core.ruler.after("block", "callout", _name_callouts)


def _begins_container(params: str, *_: Any) -> bool:
    return _CONTAINER.match(params) is not None


def _container(_renderer: RendererHTML, tokens: Sequence[Token], index: int, *_: Any) -> str:
    token = tokens[index]
    if token.nesting < 0:
        return CALLOUT_END
    found = _CONTAINER.match(token.info)
    assert found is not None  # noqa: S101 - validated by _begins_container
    kind, title = found[1].lower().removeprefix("callout-"), found[2] or _IN_BRACES.sub("", found[3])
    if kind not in KINDS:
        return "<aside>"
    return callout_start(kind, tag_attributes(token.info).get("title", "") or title)


def _admonition_title(_renderer: RendererHTML, tokens: Sequence[Token], index: int, *_: Any) -> str:
    kind = tokens[index].markup.partition(" ")[2]
    title = tokens[index + 1].content
    name = callout_name(kind, title)
    lead = name[: -len(title)] if name.endswith(title) else ""
    return f'<p class="admonition-title">{escape(lead)}'


def _name_callouts(state: StateCore) -> None:
    """Insert a title paragraph into quotes that begin with `[!kind]`."""
    tokens: list[Token] = []
    for token in state.tokens:
        if len(tokens) >= 2 and token.type == "inline" and tokens[-2].type == "blockquote_open":
            found = _CALLOUT.match(token.content)
            if found:
                tokens[-1].attrs = {"class": "admonition-title"}
                name = Token("inline", "", 0, content=callout_name(found[1], found[2]), children=[])
                token.content = token.content[found.end() :]
                tokens += [name, Token("paragraph_close", "p", -1), Token("paragraph_open", "p", 1)]
        tokens.append(token)
    state.tokens = tokens
