"""A tree without what no reader came for: scripts, forms, hidden parts, menus, boxes, bars, banners."""

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
# Never taken away: all of the page is in them, or they are a part of a line.
_KEPT: Final = frozenset({"", "b", "body", "em", "h1", "html", "i", "main", "strong", "table", "tbody"})
# fmt: on
_NOT_DISPLAYED: Final = re.compile(r"(?:display\s*+:\s*+none|visibility\s*+:\s*+hidden)", re.IGNORECASE)
_MENU_DENSITY: Final = 0.4
"""Part of a header that is links: with more, it is that of the site rather than that of the article."""

_MAY_HIDE: Final = re.compile("hidden|none", re.IGNORECASE)


def prune_machinery(root: HtmlNode) -> None:
    """Take away what is never text, wherever it stands."""
    _prune(root, {id(node) for node in root.walk() if _is_machinery(node)})


def prune_distractions(root: HtmlNode) -> None:
    """Take away what is hidden, and what names itself a part beside the text.

    A part that holds more than half of what the page says stays, whatever its name is. So does one that the
    page calls the text of its article, and a header around the headline, which often has the first paragraph.
    """
    measures = TextDensities(root)
    half = measures[root].prose / 2
    _prune(root, {id(node) for node in root.walk() if _is_unwanted(node, measures[node], half)})


def _is_unwanted(node: HtmlNode, measure: TextDensity, half: float) -> bool:
    if node.name in _KEPT or is_declared_text(node):
        return False
    is_main = measure.prose > half > 0
    if is_hidden(node) or is_never_text(node):
        return not (is_main and measure.headlines)
    if is_main:
        return False
    if measure.headlines and node.name != "nav" and measure.link_density < _MENU_DENSITY:
        return False
    if is_head(node) and measure.link_density < _MENU_DENSITY:
        return is_distraction(node)
    return node.name in _BESIDE or is_distraction(node)


def is_declared_text(node: HtmlNode) -> bool:
    """Tell whether a page calls an element the text of its article."""
    return "articlebody" in f"{node.get('itemprop')} {node.get('name')}".lower()


def is_hidden(node: HtmlNode) -> bool:
    """Tell whether an element says in its own tag that it is not shown."""
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
            # A space in its place, so that the words around it stay apart.
            node.children = [
                " " if isinstance(child, HtmlNode) and id(child) in unwanted else child
                for child in node.children
            ]
