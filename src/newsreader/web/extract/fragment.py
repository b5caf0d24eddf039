"""Write a part of a tree as HTML for `html_blocks`, with absolute links."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from newsreader.domain.urls import is_openable
from newsreader.web.extract.metadata import joined
from newsreader.web.extract.tree import HEADING_TAGS, PHRASE_TAGS, HtmlNode

# fmt: off
_COPIED: Final = frozenset({
    "b", "blockquote", "cite", "code", "dfn", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i", "kbd", "li",
    "ol", "p", "pre", "samp", "strong", "tt", "ul", "var",
})
_REPLACED: Final = {
    "br": ("<br>", ""),
    "dir": ("<ul>", "</ul>"),
    "dt": ("<p><strong>", "</strong></p>"),
    "figcaption": ("<p><em>", "</em></p>"),
    "summary": ("<p><strong>", "</strong></p>"),
}
_DROPPED: Final = frozenset({"", "amp-img", "base", "hr", "img", "meta", "source", "wbr"})
# fmt: on
_MAX_HEADING: Final = 400
_MAX_CELL: Final = 200
_LAYOUT_CONTENT: Final = frozenset(
    {
        "article",
        "aside",
        "blockquote",
        "h1",
        "h2",
        "h3",
        "pre",
        "section",
        "table",
    }
)
_TABLE_PARTS: Final = frozenset({"tbody", "td", "tfoot", "th", "thead", "tr"})


def fragment_of(root: HtmlNode, base: str) -> str:
    """Return an element's content as HTML without attributes except for links and list numbers."""
    pieces: list[str] = []
    waiting: list[HtmlNode | str | None] = [root]
    ends: list[str] = []  # end tags, each written at a None in `waiting`
    tables: list[bool] = []  # for each open table: whether it is a data table
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


# The space distinguishes it from the end tags of other elements.
_LAYOUT_END: Final = "</div >"
_TABLE_ENDS: Final = frozenset({"</table>", _LAYOUT_END})


def _tags(node: HtmlNode, base: str, tables: list[bool]) -> tuple[str, str]:
    """Return the start and end tag of an element; pushes a table on `tables`."""
    name = node.name
    if name == "table":
        tables.append(_is_data_table(node))
    if name == "table" or (name in _TABLE_PARTS and tables and tables[-1]):
        return _table_tags(name, is_data=tables[-1])
    if name == "a":
        return _link_tags(node, base)
    if name in HEADING_TAGS and _is_long(node):  # without an end tag, it contains all that follows
        return "<div>", "</div>"
    if name in _COPIED:
        return _numbered(node), f"</{name}>"
    if name in _REPLACED:
        return _REPLACED[name]
    return ("", "") if name in _DROPPED or name in PHRASE_TAGS else ("<div>", "</div>")


def _is_long(heading: HtmlNode) -> bool:
    length = 0
    for node in heading.walk():
        length += sum(len(child) for child in node.children if isinstance(child, str))
        if length > _MAX_HEADING:
            return True
    return False


def _link_tags(node: HtmlNode, base: str) -> tuple[str, str]:
    url = joined(base, node.get("href")) if "href" in node.attributes else ""
    return (f'<a href="{escape(url)}">', "</a>") if is_openable(url) else ("", "")


def _numbered(node: HtmlNode) -> str:
    """Return a start tag, with the number of a list or an item."""
    attribute = {"ol": "start", "li": "value"}.get(node.name, "")
    number = node.get(attribute) if attribute else ""
    is_number = number.isascii() and number.isdecimal()
    return f'<{node.name} {attribute}="{number}">' if is_number else f"<{node.name}>"


def _table_tags(name: str, *, is_data: bool) -> tuple[str, str]:
    if name == "table":
        return ("<table>", "</table>") if is_data else ("<div>", _LAYOUT_END)
    if name == "tr":
        return "<tr>", "</tr>"
    # With a scope, `html_blocks` keeps the cells of a row together.
    return ('<th scope="col">', "</th>") if name in {"td", "th"} else ("", "")


def _is_data_table(table: HtmlNode) -> bool:
    """Return whether a table has rows of several short cells; many tables only lay out a page."""
    if table.get("role").lower() in {"none", "presentation"}:
        return False
    rows = [list(_outermost(row, {"td", "th"})) for row in _outermost(table, {"tr"})]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    cells = [cell for row in rows for cell in row]
    if any(node.name in _LAYOUT_CONTENT for cell in cells for node in cell.walk()):
        return False
    lengths = [len(" ".join(cell.text().split())) for cell in cells]
    return sum(length > _MAX_CELL for length in lengths) <= len(lengths) // 8


def _outermost(node: HtmlNode, names: set[str]) -> Iterator[HtmlNode]:
    """Yield the outermost descendants with one of the names, outside nested tables."""
    waiting: list[HtmlNode | str] = list(reversed(node.children))
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            continue
        if part.name in names:
            yield part
        elif part.name != "table":
            waiting.extend(reversed(part.children))
