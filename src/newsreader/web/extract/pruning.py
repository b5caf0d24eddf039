"""Prune scripts, forms, hidden parts, menus, boxes and banners from a tree."""

from __future__ import annotations

import re
from typing import Final

from newsreader.web.extract.class_hints import is_distraction, is_head, is_never_text
from newsreader.web.extract.text_density import TextDensities, TextDensity
from newsreader.web.extract.tree import HtmlNode

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
_BESIDE: Final = frozenset({"aside", "footer", "form", "header", "menu", "nav"})
# Never pruned: they contain the whole page, or are a part of a line.
_KEPT: Final = frozenset({"", "b", "body", "em", "h1", "html", "i", "main", "strong", "table", "tbody"})
# fmt: on
_NOT_DISPLAYED: Final = re.compile(r"(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden)", re.IGNORECASE)
_MENU_DENSITY: Final = 0.4
"""Share of links above which a header is that of the site, not of the article."""

_MAY_HIDE: Final = re.compile("hidden|none", re.IGNORECASE)


def prune_machinery(root: HtmlNode) -> None:
    """Prune elements that are never text."""
    _prune(root, {id(node) for node in root.walk() if _is_machinery(node)})


def prune_distractions(root: HtmlNode) -> None:
    """Prune hidden elements, and those named as distractions.

    Keeps elements with more than half of the prose, those declared as the text of the article, and a header
    around the headline, which often has the first paragraph.
    """
    densities = TextDensities(root)
    half = densities[root].prose / 2
    _prune(root, {id(node) for node in root.walk() if _is_unwanted(node, densities[node], half)})


def _is_unwanted(node: HtmlNode, density: TextDensity, half: float) -> bool:
    if node.name in _KEPT or is_declared_text(node):
        return False
    is_main = density.prose > half > 0
    if is_hidden(node) or is_never_text(node):
        return not (is_main and density.headlines)
    if is_main:
        return False
    if density.headlines and node.name != "nav" and density.link_density < _MENU_DENSITY:
        return False
    if is_head(node) and density.link_density < _MENU_DENSITY:
        return is_distraction(node)
    return node.name in _BESIDE or is_distraction(node)


def is_declared_text(node: HtmlNode) -> bool:
    """Return whether a page declares an element as the text of its article."""
    return "articlebody" in f"{node.get('itemprop')} {node.get('name')}".lower()


def is_hidden(node: HtmlNode) -> bool:
    """Return whether an element is hidden by its own attributes."""
    if not _MAY_HIDE.search(node.inside):
        return False
    return (
        "hidden" in node.attributes
        or node.get("aria-hidden").lower() == "true"
        or _NOT_DISPLAYED.search(node.get("style")) is not None
    )


def _is_machinery(node: HtmlNode) -> bool:
    return (
        node.name in _MACHINERY
        or node.name in _AMP_MACHINERY
        or (node.name == "ins" and "adsbygoogle" in node.get("class"))
    )


def _prune(root: HtmlNode, unwanted: set[int]) -> None:
    if not unwanted:
        return
    for node in list(root.walk()):
        if any(isinstance(child, HtmlNode) and id(child) in unwanted for child in node.children):
            # Replaced by a space, which separates the words around it.
            node.children = [
                " " if isinstance(child, HtmlNode) and id(child) in unwanted else child
                for child in node.children
            ]
