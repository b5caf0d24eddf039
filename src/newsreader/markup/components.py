"""Parse MDX (JSX) components in Markdown: show their content, and the attributes of a few."""

from __future__ import annotations

import re
from html import escape
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

from newsreader.markup.html_tokens import tag_attributes
from newsreader.markup.templates import CALLOUT_END, KINDS, callout_start, picture_html

_VALUE: Final = r"""(?:"[^"]*+"|'[^']*+'|\{(?:[^{}]|\{[^{}]*+\})*+\})"""
_TAG: Final = re.compile(
    rf"<(/?)([A-Z][A-Za-z0-9]*+(?:\.[A-Za-z0-9]++)*+)"
    rf"((?:\s++(?:[A-Za-z_:][\w:.-]*+(?:\s*+=\s*+{_VALUE})?|\{{[^{{}}]*+\}}))*+)\s*+(/?)>"
)
_ENDS: Final = re.compile(r"</([A-Z][A-Za-z0-9.]*+)\s*+>")
_IMPORT: Final = re.compile(r"""import\s+(?:[^"';]{1,500}\sfrom\s+)?(?:"[^"\n]+"|'[^'\n]+')\s*;?\s*$""")
_EXPORT: Final = re.compile(
    r"export\s+(?:(?:const|let|var)\s+[\w{}\[\], ]{1,200}[=:]"
    r"|(?:default\s+)?(?:async\s+)?(?:function|class)\b|default\s+(?:[({\[]|[\w.]+\s*;?\s*$)|[{*])"
)
_CALLOUTS: Final = frozenset({"admonition", "alert", "aside", "callout"})
_PICTURES: Final = frozenset({"figure", "image", "img", "picture"})
_TABS: Final = frozenset({"tab", "tabitem"})
_MAX_EXPORT: Final = 50
"""Maximum number of lines of a skipped statement."""


def component_names(source: str) -> frozenset[str]:
    """Return the names of the components with an end tag in the text."""
    return frozenset(_ENDS.findall(source))


def component_html(source: str, place: int, env: Any) -> tuple[re.Match[str], str] | None:
    """Match a component tag at a position and convert it to HTML; None for text such as "List<T>"."""
    found = _TAG.match(source, place)
    if found is None:
        return None
    is_end, name, inside, is_whole = found.groups()
    if not (is_end or inside or is_whole or name in env.get("components", ())):
        return None
    return found, _shown(
        name.rpartition(".")[2].lower(), inside, is_end=bool(is_end), is_whole=bool(is_whole)
    )


def _shown(name: str, inside: str, *, is_end: bool, is_whole: bool) -> str:
    if name in _CALLOUTS or name in KINDS or name in _TABS:
        if is_end:
            return CALLOUT_END
        found = tag_attributes(inside)
        kind = "tab" if name in _TABS else name if name in KINDS else found.get("type", "") or "note"
        title = found.get("title", "") or found.get("label", "") or found.get("value", "")
        return callout_start(kind, title) + (CALLOUT_END if is_whole else "")
    if name in _PICTURES and not is_end:
        found = tag_attributes(inside)
        return picture_html(found.get("src", ""), found.get("alt", "") or found.get("caption", ""))
    if name in {"a", "link"}:
        found = tag_attributes(inside)
        target = found.get("href", "") or found.get("to", "")
        return "</a>" if is_end else f'<a href="{escape(target)}">'
    return ""


def components_plugin(parser: MarkdownIt) -> None:
    """Make a parser skip MDX statements and parse Markdown between component tags."""
    interrupts: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    parser.block.ruler.before("html_block", "component", _component_line, interrupts)
    parser.block.ruler.before("html_block", "statement", _statement)


def _component_line(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """Parse a line of component tags only."""
    place, stop = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    if not state.src.startswith("<", place) or state.is_code_block(line):
        return False
    pieces: list[str] = []
    while place < stop:
        shown = component_html(state.src, place, state.env)
        if shown is None or shown[0].end() > stop:
            return False
        pieces.append(shown[1])
        place = shown[0].end()
        while place < stop and state.src[place] == " ":
            place += 1
    if not silent:
        token = state.push("html_made", "", 0)
        token.content = "".join(pieces)
        token.map = [line, line + 1]
        state.line = line + 1
    return True


def _statement(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """Skip an `import` or `export` statement, up to the next empty line."""
    if state.blkIndent or silent:
        return False
    text = state.src[state.bMarks[line] : state.eMarks[line]]
    if not text.startswith(("import ", "import{", "export ")):
        return False
    stop = min(end, line + _MAX_EXPORT)
    last = line + 1
    while last < stop and not state.isEmpty(last):
        last += 1
    statement = state.src[state.bMarks[line] : state.eMarks[last - 1]]
    lines = statement.split("\n")
    imports = 0
    while imports < len(lines) and _IMPORT.match(lines[imports]):
        imports += 1
    if imports:
        state.line = line + imports
        return True
    if not (_IMPORT.match(statement) or _EXPORT.match(text)):
        return False
    # A statement that contains empty lines ends where its braces are balanced.
    depth = statement.count("{") - statement.count("}")
    further = last
    while depth > 0 and further < stop:
        inner = state.src[state.bMarks[further] : state.eMarks[further]]
        depth += inner.count("{") - inner.count("}")
        further += 1
    state.line = further if depth <= 0 else last
    return True
