"""A tree without what no reader came for: scripts, forms, hidden parts, menus, boxes, bars, banners."""

from __future__ import annotations

import re
from typing import Final

from newsreader.web.article.measures import Measures
from newsreader.web.article.names import is_distraction, is_never_text
from newsreader.web.article.tree import Node

# fmt: off
_MACHINERY: Final = frozenset({
    "applet", "area", "audio", "button", "canvas", "datalist", "dialog", "embed", "fieldset", "frame",
    "frameset", "iframe", "input", "label", "legend", "link", "map", "math", "meter", "noembed",
    "noframes", "noscript", "object", "optgroup", "option", "output", "progress", "rp", "rt", "script",
    "search", "select", "style", "svg", "template", "textarea", "title", "track", "video",
})
_AMP_MACHINERY: Final = frozenset({
    "amp-accordion-menu", "amp-ad", "amp-analytics", "amp-animation", "amp-app-banner", "amp-audio",
    "amp-auto-ads", "amp-brightcove", "amp-consent", "amp-embed", "amp-experiment", "amp-facebook",
    "amp-facebook-comments", "amp-form", "amp-geo", "amp-iframe", "amp-instagram",
    "amp-install-serviceworker", "amp-lightbox", "amp-list", "amp-live-list-menu", "amp-nested-menu",
    "amp-next-page", "amp-pixel", "amp-recaptcha-input", "amp-selector", "amp-sidebar", "amp-skimlinks",
    "amp-social-share", "amp-state", "amp-sticky-ad", "amp-story-auto-ads", "amp-subscriptions-dialog",
    "amp-twitter", "amp-user-notification", "amp-video", "amp-web-push-widget", "amp-youtube",
})
_BESIDE: Final = frozenset({"aside", "footer", "header", "menu", "nav"})
# Never taken away: all of the page is in them, or they are a part of a line.
_KEPT: Final = frozenset({"", "b", "body", "em", "h1", "html", "i", "main", "strong", "table", "tbody"})
# fmt: on
_NOT_DISPLAYED: Final = re.compile(r"(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden)", re.IGNORECASE)
_MAY_HIDE: Final = re.compile("hidden|none", re.IGNORECASE)


def prune_machinery(root: Node) -> None:
    """Take away what is never text, wherever it stands."""
    _prune(root, {id(node) for node in root.walk() if _is_machinery(node)})


def prune_distractions(root: Node) -> None:
    """Take away what is hidden, and what names itself a part beside the text.

    A part that holds more than half of what the page says stays, whatever its name is. So does one that the
    page calls the text of its article, and a header around the headline, which often has the first paragraph.
    """
    measures = Measures(root)
    half = measures[root].prose / 2
    headed = _with_headline(root)
    unwanted = set()
    for node in root.walk():
        if node.name in _KEPT or is_declared_text(node):
            continue
        is_main = half > 0 and measures[node].prose > half
        is_headed = id(node) in headed
        if is_hidden(node) or is_never_text(node):
            if not (is_main and is_headed):
                unwanted.add(id(node))
        elif node.name == "header" and is_headed and measures[node].link_density < 0.5:
            continue
        elif not is_main and (node.name in _BESIDE or is_distraction(node)):
            if not (is_headed and measures[node].link_density < 0.3 and node.name != "nav"):
                unwanted.add(id(node))
        elif node.name == "form" and not is_main:
            unwanted.add(id(node))
    _prune(root, unwanted)


def is_declared_text(node: Node) -> bool:
    """Tell whether a page calls an element the text of its article."""
    return "articlebody" in node.get("itemprop").lower()


def is_hidden(node: Node) -> bool:
    """Tell whether an element says in its own tag that it is not shown."""
    if not _MAY_HIDE.search(node.inside):
        return False
    return (
        "hidden" in node.attributes
        or node.get("aria-hidden").lower() == "true"
        or _NOT_DISPLAYED.search(node.get("style")) is not None
    )


def _is_machinery(node: Node) -> bool:
    return (
        node.name in _MACHINERY
        or node.name in _AMP_MACHINERY
        or (node.name == "ins" and "adsbygoogle" in node.get("class"))
    )


def _with_headline(root: Node) -> set[int]:
    """Return the ids of the elements that have an h1 in them."""
    found: set[int] = set()
    for node in reversed(list(root.walk())):
        if node.name == "h1" or any(
            isinstance(child, Node) and id(child) in found for child in node.children
        ):
            found.add(id(node))
    return found


def _prune(root: Node, unwanted: set[int]) -> None:
    if not unwanted:
        return
    for node in list(root.walk()):
        if any(isinstance(child, Node) and id(child) in unwanted for child in node.children):
            # A space in its place, so that the words around it stay apart.
            node.children = [
                " " if isinstance(child, Node) and id(child) in unwanted else child for child in node.children
            ]
