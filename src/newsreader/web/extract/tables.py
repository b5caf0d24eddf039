"""Which tables are tables: many only lay a page out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from newsreader.web.extract.tree import HtmlNode

_LONG_CELL: Final = 200
_BLOCKS: Final = frozenset({"article", "aside", "blockquote", "h1", "h2", "h3", "pre", "section", "table"})


def is_data_table(table: HtmlNode) -> bool:
    """Tell whether a table has rows of more than one short cell, with no parts of a page in them."""
    if table.get("role").lower() in {"none", "presentation"}:
        return False
    rows = [list(_parts(row, {"td", "th"})) for row in _parts(table, {"tr"})]
    if len(rows) < 2 or max(map(len, rows)) < 2:
        return False
    cells = [cell for row in rows for cell in row]
    if any(node.name in _BLOCKS for cell in cells for node in cell.walk()):
        return False
    lengths = [len(" ".join(cell.text().split())) for cell in cells]
    return sum(length > _LONG_CELL for length in lengths) <= len(lengths) // 8


def _parts(node: HtmlNode, names: set[str]) -> Iterator[HtmlNode]:
    """Yield the outermost elements with one of the names in an element."""
    waiting: list[HtmlNode | str] = list(reversed(node.children))
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            continue
        if part.name in names:
            yield part
        elif part.name != "table":
            waiting.extend(reversed(part.children))
