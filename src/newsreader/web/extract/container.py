"""Find the element with the article of a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from newsreader.web.extract.class_hints import is_content
from newsreader.web.extract.pruning import is_declared_text
from newsreader.web.extract.text_density import TextDensities, TextDensity
from newsreader.web.extract.tree import PHRASE_TAGS, HtmlNode

_MIN_SHARE: Final = 0.4
"""Of the text of a page: a declared article with less is one of several teasers."""
_MIN_HEADLINE_SHARE: Final = 0.7
# Too small for an article.
_PARTS: Final = PHRASE_TAGS | {"blockquote", "dl", "figure", "li", "ol", "p", "pre", "ul"}


class Container(NamedTuple):
    """The element with the article, and whether the page itself declares it."""

    node: HtmlNode
    is_declared: bool


def container_of(root: HtmlNode, densities: TextDensities) -> Container:
    """Return the element with the article of a pruned tree.

    Declarations of the page have priority: the paragraphs of its metadata, an element declared as the text,
    the article, or the main part. Otherwise the density of prose decides.
    """
    found = _found(root, densities)
    return found._replace(node=_with_headline(found.node, root, densities))


def _found(root: HtmlNode, densities: TextDensities) -> Container:
    if densities[root].declared >= 3:
        return Container(_innermost(root, densities, lambda density: density.declared, 0.8), is_declared=True)
    for is_of_kind in (is_declared_text, _is_article, _is_main):
        found = _largest([node for node in root.walk() if is_of_kind(node)], densities)
        if found and densities[found].prose >= _MIN_SHARE * densities[root].prose > 0:
            inner = _innermost(found, densities, lambda density: density.prose, 0.85)
            return Container(inner, is_declared=not _is_main(found))
    return Container(_innermost(root, densities, lambda density: density.prose, 0.7), is_declared=False)


def _with_headline(node: HtmlNode, root: HtmlNode, densities: TextDensities) -> HtmlNode:
    """Widen an element to the one that includes the headline, if that has little more text.

    Between them there may be a first paragraph or a picture with its caption.
    """
    for outer in _ancestors(node, root):
        if densities[outer].headlines:
            return outer if densities[node].prose >= _MIN_HEADLINE_SHARE * densities[outer].prose else node
    return node


def _ancestors(node: HtmlNode, root: HtmlNode) -> Iterator[HtmlNode]:
    """Yield an element and those around it, the innermost first."""
    parents: dict[int, HtmlNode] = {}
    for outer in root.walk():
        for child in outer.children:
            if isinstance(child, HtmlNode):
                parents[id(child)] = outer
    current: HtmlNode | None = node
    while current is not None:
        yield current
        current = parents.get(id(current))


def _is_article(node: HtmlNode) -> bool:
    return node.name == "article" or node.get("role").lower() == "article"


def _is_main(node: HtmlNode) -> bool:
    return node.name == "main" or node.get("role").lower() == "main"


def _largest(nodes: list[HtmlNode], densities: TextDensities) -> HtmlNode | None:
    return max(nodes, key=lambda node: densities[node].prose, default=None)


def _innermost(
    start: HtmlNode, densities: TextDensities, value: Callable[[TextDensity], int], share: float
) -> HtmlNode:
    """Descend from an element while one child has nearly all of a value; less suffices for named text."""
    node = start
    while True:
        inner = [child for child in node.children if isinstance(child, HtmlNode) and child.name not in _PARTS]
        best = max(inner, key=lambda child: value(densities[child]), default=None)
        if best is None:
            return node
        enough = share * (0.8 if _is_article(best) or is_content(best) else 1.0)
        if value(densities[best]) < enough * value(densities[node]) or not value(densities[best]):
            return node
        node = best
