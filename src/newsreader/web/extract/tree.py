"""Parse HTML into a lightweight tree.

Uses `markup.html_tokens`, as for the bodies of records. The parser of the standard library takes quadratic
time on broken tags (half a minute for 60 kB of `<a `). Here, time and memory are linear in the length of a
page, up to `MAX_TOKENS`, and the depth is at most `MAX_DEPTH`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from newsreader.markup.blocks import unescaped
from newsreader.markup.html_tokens import RAW_TAGS, tag_attributes, tokens

MAX_SOURCE: Final = 3_000_000
"""Characters of a page."""

MAX_TOKENS: Final = 100_000
"""Tags and text runs; large live blogs have a fifth of this."""

MAX_DEPTH: Final = 120
"""Nesting depth; the content of deeper elements is added to the deepest."""

# fmt: off
VOID_TAGS: Final = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "link",
    "meta", "param", "source", "track", "wbr",
})
PHRASE_TAGS: Final = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "rb", "rp", "rt", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
})
_HEAD_TAGS: Final = frozenset({"base", "link", "meta", "noscript", "script", "style", "template", "title"})
HEADING_TAGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# A start tag closes an open element of the first set, unless one of the second set is inside it.
_ENDS_P: Final = frozenset({
    "address", "article", "aside", "blockquote", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "menu", "nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
})
_ENDS: Final[dict[str, tuple[frozenset[str], frozenset[str]]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu", "dir"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "option": (frozenset({"option"}), frozenset({"select", "datalist"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "tbody": (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"})),
    "thead": (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"})),
    "tfoot": (frozenset({"tbody", "thead", "tfoot"}), frozenset({"table"})),
    **dict.fromkeys(HEADING_TAGS, (HEADING_TAGS, frozenset({"article", "div", "section", "table"}))),
}
# fmt: on
_P: Final = frozenset({"p"})
_P_BOUNDS: Final = frozenset({"table", "td", "th", "button", "object"})


class HtmlNode:
    """An element: its lower-case name, attributes, and children; text is without entities."""

    __slots__ = ("_attributes", "children", "inside", "name")

    def __init__(self, name: str, inside: str = "") -> None:
        self.name = name
        self.inside = inside
        self.children: list[HtmlNode | str] = []
        self._attributes: dict[str, str] | None = None

    @property
    def attributes(self) -> dict[str, str]:
        """The attributes by lower-case name, parsed on first use."""
        if self._attributes is None:
            self._attributes = tag_attributes(self.inside) if self.inside else {}
        return self._attributes

    def get(self, name: str) -> str:
        """Return the value of an attribute, empty without one."""
        return self.attributes.get(name, "")

    def walk(self) -> Iterator[HtmlNode]:
        """Yield this element and its descendants in preorder."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.children) if isinstance(child, HtmlNode)]

    def text(self) -> str:
        """Return all text with its white space, and with a space around each block."""
        pieces: list[str] = []
        waiting: list[HtmlNode | str] = [self]
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                pieces.append(part)
                continue
            if part.name not in PHRASE_TAGS:
                pieces.append(" ")
                waiting.append(" ")
            waiting.extend(reversed(part.children))
        return "".join(pieces)


def read_tree(source: str) -> HtmlNode:
    """Parse a page; the root has an empty name. Accepts any text."""
    builder = _TreeBuilder()
    for token in islice(tokens(source[:MAX_SOURCE]), MAX_TOKENS):
        if not token.name:
            builder.text(token.text)
        elif token.ends:
            builder.end(token.name)
        else:
            builder.start(token.name, token.inside)
    return builder.root


class _TreeBuilder:
    """Builds a tree from tags and text."""

    def __init__(self) -> None:
        self.root = HtmlNode("")
        self._open = [self.root]
        self._count: Counter[str] = Counter()
        self._not_opened: Counter[str] = Counter()  # beyond the maximum depth; their end tags are skipped

    def text(self, raw: str) -> None:
        if raw:
            self._open[-1].children.append(unescaped(raw))

    def start(self, name: str, inside: str) -> None:
        if self._count["head"] and name not in _HEAD_TAGS:
            self.end("head")
        if name in _ENDS_P and self._count["p"]:
            self._end_nearest(_P, _P_BOUNDS)
        if name in _ENDS:
            self._end_nearest(*_ENDS[name])
        if name == "a" and self._count["a"]:
            self._end_link()
        if name in {"html", "body"} and self._count[name]:  # a second one
            return
        node = HtmlNode(name, inside)
        if name in VOID_TAGS or (inside.endswith("/") and self._may_close_itself(name)):
            self._open[-1].children.append(node)
        elif len(self._open) > MAX_DEPTH:
            self._not_opened[name] += 1
        else:
            self._open[-1].children.append(node)
            self._open.append(node)
            self._count[name] += 1

    def end(self, name: str) -> None:
        if self._not_opened[name]:
            self._not_opened[name] -= 1
            return
        if not self._count[name]:
            if name == "br":  # as browsers do
                self._open[-1].children.append(HtmlNode("br"))
            return
        index = len(self._open) - 1
        while self._open[index].name != name:
            # Emphasis and links end with the block in which they began.
            if name in PHRASE_TAGS and self._open[index].name not in PHRASE_TAGS:
                return
            index -= 1
        self._pop_to(index)

    def _may_close_itself(self, name: str) -> bool:
        return "-" in name or name in RAW_TAGS or self._count["svg"] > 0 or name in {"svg", "math"}

    def _end_nearest(self, names: frozenset[str], bounds: frozenset[str]) -> None:
        """Close the innermost element with one of the names, unless one of the bounds is inside it."""
        if not any(self._count[name] for name in names):
            return
        for index in range(len(self._open) - 1, 0, -1):
            name = self._open[index].name
            if name in names:
                self._pop_to(index)
                return
            if name in bounds:
                return

    def _end_link(self) -> None:
        """Close the open link. One that contains blocks lacks its end tag and is no link."""
        index = len(self._open) - 1
        while self._open[index].name != "a":
            index -= 1
        if all(node.name in PHRASE_TAGS for node in self._open[index:]):
            self._pop_to(index)
        else:
            self._open[index].name = "span"
            self._count["a"] -= 1
            self._count["span"] += 1

    def _pop_to(self, depth: int) -> None:
        for node in self._open[depth:]:
            self._count[node.name] -= 1
        del self._open[depth:]
