"""Which element of a page holds its article."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from newsreader.web.extract.class_hints import is_content
from newsreader.web.extract.pruning import is_declared_text
from newsreader.web.extract.text_density import TextDensities, TextDensity
from newsreader.web.extract.tree import PHRASE_TAGS, HtmlNode

_LEAST_SHARE: Final = 0.4
"""Of the text of a page: with less, an element that the page calls its article is a teaser beside others."""
_MOST_OF_ALL: Final = 0.7
# An article is never only one of these.
_PARTS: Final = PHRASE_TAGS | {"blockquote", "dl", "figure", "li", "ol", "p", "pre", "ul"}


class Container(NamedTuple):
    """The element with the article, and whether the page itself says that it is this one."""

    node: HtmlNode
    is_declared: bool


def container_of(root: HtmlNode, measures: TextDensities) -> Container:
    """Return the element that holds the article of a pruned tree.

    What a page says of itself comes first: the paragraphs that it also gives to machines, an element that it
    calls the text, the article, or the main part. Then elements are weighed by the prose in them.
    """
    found = _found(root, measures)
    return found._replace(node=_with_headline(found.node, root, measures))


def _found(root: HtmlNode, measures: TextDensities) -> Container:
    if measures[root].vouched >= 3:
        return Container(_innermost(root, measures, lambda measure: measure.vouched, 0.8), is_declared=True)
    for is_of_kind in (is_declared_text, _is_article, _is_main):
        found = _largest([node for node in root.walk() if is_of_kind(node)], measures)
        if found and measures[found].prose >= _LEAST_SHARE * measures[root].prose > 0:
            inner = _innermost(found, measures, lambda measure: measure.prose, 0.85)
            return Container(inner, is_declared=not _is_main(found))
    return Container(_innermost(root, measures, lambda measure: measure.prose, 0.7), is_declared=False)


def _with_headline(node: HtmlNode, root: HtmlNode, measures: TextDensities) -> HtmlNode:
    """Widen an element to the one that has the headline in it, too, if that says little more.

    What stands between the headline and the text is a first paragraph or a picture with its caption.
    """
    way = _way_to(node, root)
    for outer in reversed(way):
        if measures[outer].headlines:
            return outer if measures[node].prose >= _MOST_OF_ALL * measures[outer].prose else node
    return node


def _way_to(node: HtmlNode, root: HtmlNode) -> list[HtmlNode]:
    """Return the elements around an element and itself, the outermost first."""
    around: dict[int, HtmlNode] = {}
    for outer in root.walk():
        for child in outer.children:
            if isinstance(child, HtmlNode):
                around[id(child)] = outer
    way = [node]
    while id(way[-1]) in around:
        way.append(around[id(way[-1])])
    return way[::-1]


def _is_article(node: HtmlNode) -> bool:
    return node.name == "article" or node.get("role").lower() == "article"


def _is_main(node: HtmlNode) -> bool:
    return node.name == "main" or node.get("role").lower() == "main"


def _largest(nodes: list[HtmlNode], measures: TextDensities) -> HtmlNode | None:
    return max(nodes, key=lambda node: measures[node].prose, default=None)


def _innermost(
    start: HtmlNode, measures: TextDensities, value: Callable[[TextDensity], int], share: float
) -> HtmlNode:
    """Go inwards from an element for as long as one part holds nearly all of what is looked for.

    Less is enough for a part whose name says that it is the text.
    """
    node = start
    while True:
        inner = [child for child in node.children if isinstance(child, HtmlNode) and child.name not in _PARTS]
        best = max(inner, key=lambda child: value(measures[child]), default=None)
        if best is None:
            return node
        enough = share * (0.8 if _is_article(best) or is_content(best) else 1.0)
        if value(measures[best]) < enough * value(measures[node]) or not value(measures[best]):
            return node
        node = best
