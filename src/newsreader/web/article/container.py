"""Which element of a page holds its article."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from newsreader.web.article.measures import Measure, Measures
from newsreader.web.article.names import is_content
from newsreader.web.article.pruning import is_declared_text
from newsreader.web.article.tree import PHRASE_TAGS, Node

_LEAST_SHARE: Final = 0.4
"""Of the text of a page: with less, an element that the page calls its article is a teaser beside others."""
# An article is never only one of these.
_PARTS: Final = PHRASE_TAGS | {"blockquote", "dl", "figure", "li", "ol", "p", "pre", "ul"}


class Container(NamedTuple):
    """The element with the article, and whether the page itself says that it is this one."""

    node: Node
    is_declared: bool


def container_of(root: Node, measures: Measures) -> Container:
    """Return the element that holds the article of a pruned tree.

    What a page says of itself comes first: the paragraphs that it also gives to machines, an element that it
    calls the text, the article, or the main part. Then elements are weighed by the prose in them.
    """
    if measures[root].vouched >= 3:
        return Container(_innermost(root, measures, lambda measure: measure.vouched, 0.8), is_declared=True)
    for is_of_kind in (is_declared_text, _is_article, _is_main):
        found = _largest([node for node in root.walk() if is_of_kind(node)], measures)
        if found and measures[found].prose >= _LEAST_SHARE * measures[root].prose > 0:
            inner = _innermost(found, measures, lambda measure: measure.prose, 0.85)
            return Container(inner, is_declared=not _is_main(found))
    return Container(_innermost(root, measures, lambda measure: measure.prose, 0.7), is_declared=False)


def _is_article(node: Node) -> bool:
    return node.name == "article" or node.get("role").lower() == "article"


def _is_main(node: Node) -> bool:
    return node.name == "main" or node.get("role").lower() == "main"


def _largest(nodes: list[Node], measures: Measures) -> Node | None:
    return max(nodes, key=lambda node: measures[node].prose, default=None)


def _innermost(start: Node, measures: Measures, value: Callable[[Measure], int], share: float) -> Node:
    """Go inwards from an element for as long as one part holds nearly all of what is looked for.

    Less is enough for a part whose name says that it is the text.
    """
    node = start
    while True:
        inner = [child for child in node.children if isinstance(child, Node) and child.name not in _PARTS]
        best = max(inner, key=lambda child: value(measures[child]), default=None)
        if best is None:
            return node
        enough = share * (0.8 if _is_article(best) or is_content(best) else 1.0)
        if value(measures[best]) < enough * value(measures[node]) or not value(measures[best]):
            return node
        node = best
