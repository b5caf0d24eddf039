"""A part of a tree -> HTML that `html_blocks` reads: text, with whole addresses in its links."""

from __future__ import annotations

from html import escape
from typing import Final

from newsreader.domain.urls import is_openable
from newsreader.web.extract.metadata import joined
from newsreader.web.extract.tables import is_data_table
from newsreader.web.extract.tree import HEADING_TAGS, PHRASE_TAGS, HtmlNode

# fmt: off
_PASSED_ON: Final = frozenset({
    "b", "blockquote", "cite", "code", "dfn", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i", "kbd", "li",
    "ol", "p", "pre", "samp", "strong", "tt", "ul", "var",
})
_AS_OTHERS: Final = {
    "br": ("<br>", ""),
    "dir": ("<ul>", "</ul>"),
    "dt": ("<p><strong>", "</strong></p>"),
    "figcaption": ("<p><em>", "</em></p>"),
    "summary": ("<p><strong>", "</strong></p>"),
}
_NOTHING: Final = frozenset({"", "amp-img", "base", "hr", "img", "meta", "source", "wbr"})
# fmt: on
_LONGEST_HEADING: Final = 400
_TABLE_PARTS: Final = frozenset({"tbody", "td", "tfoot", "th", "thead", "tr"})


def fragment_of(root: HtmlNode, base: str) -> str:
    """Return the text below an element as HTML without attributes, but for links and the numbers of lists."""
    pieces: list[str] = []
    waiting: list[HtmlNode | str | None] = [root]
    ends: list[str] = []  # what is to be written where an element is left, which None in `waiting` tells
    tables: list[bool] = []  # for each table around this place: whether its cells stay cells
    while waiting:
        part = waiting.pop()
        if part is None:
            pieces.append(ends.pop())
            if pieces[-1] in _TABLE_ENDS:
                tables.pop()
        elif isinstance(part, str):
            pieces.append(escape(part, quote=False))
        else:
            begin, end = _tags(part, base, tables)
            pieces.append(begin)
            ends.append(end)
            waiting.append(None)
            waiting.extend(reversed(part.children))
    return "".join(pieces)


# Told apart by its space from the end of any other part.
_LAYOUT_END: Final = "</div >"
_TABLE_ENDS: Final = frozenset({"</table>", _LAYOUT_END})


def _tags(node: HtmlNode, base: str, tables: list[bool]) -> tuple[str, str]:
    """Return what an element begins and ends with; a table is noted as the innermost one."""
    name = node.name
    if name == "table":
        tables.append(is_data_table(node))
    if name == "table" or (name in _TABLE_PARTS and tables and tables[-1]):
        return _table_tags(name, is_data=tables[-1])
    if name == "a":
        return _link_tags(node, base)
    if name in HEADING_TAGS and _is_long(node):  # its end is missing, and all below it is in it
        return "<div>", "</div>"
    if name in _PASSED_ON:
        return _numbered(node), f"</{name}>"
    if name in _AS_OTHERS:
        return _AS_OTHERS[name]
    return ("", "") if name in _NOTHING or name in PHRASE_TAGS else ("<div>", "</div>")


def _is_long(heading: HtmlNode) -> bool:
    length = 0
    for node in heading.walk():
        length += sum(len(child) for child in node.children if isinstance(child, str))
        if length > _LONGEST_HEADING:
            return True
    return False


def _link_tags(node: HtmlNode, base: str) -> tuple[str, str]:
    url = joined(base, node.get("href")) if "href" in node.attributes else ""
    return (f'<a href="{escape(url)}">', "</a>") if is_openable(url) else ("", "")


def _numbered(node: HtmlNode) -> str:
    """Return the start tag of an element, for a list and its items with the numbers that they say."""
    attribute = {"ol": "start", "li": "value"}.get(node.name, "")
    number = node.get(attribute) if attribute else ""
    is_number = number.isascii() and number.isdecimal()
    return f'<{node.name} {attribute}="{number}">' if is_number else f"<{node.name}>"


def _table_tags(name: str, *, is_data: bool) -> tuple[str, str]:
    if name == "table":
        return ("<table>", "</table>") if is_data else ("<div>", _LAYOUT_END)
    if name == "tr":
        return "<tr>", "</tr>"
    # A scope tells `html_blocks` that the rows are to be kept together.
    return ('<th scope="col">', "</th>") if name in {"td", "th"} else ("", "")
