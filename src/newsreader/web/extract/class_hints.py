"""Hints in the classes, ids and roles of an element.

Sites use similar class names. These are split into words ("relatedArticles", "related-articles"), so that
"ad" is not found in "shadow".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from newsreader.web.extract.tree import HtmlNode

_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_NAMES_LIMIT: Final = 400
"""Characters of classes and ids that are checked."""

# fmt: off
_CONTENT: Final = frozenset({
    "article", "articlebody", "bodytext", "content", "entry", "fulltext", "hentry", "longform", "post",
    "prose", "richtext", "story", "storybody",
})
_DISTRACTION: Final = frozenset({
    "ad", "ads", "adsbygoogle", "adslot", "adunit", "advert", "advertisement", "advertisements",
    "adverts", "adwrapper", "amp-ad", "anzeige", "author-box", "authorbox", "banner", "bookmark",
    "breadcrumb", "breadcrumbs", "buttons", "byline", "carousel", "copyright", "credits", "crumbs",
    "dateline-block", "dfp", "disclaimer", "donate", "donation", "doubleclick", "editsection", "follow",
    "footer", "gutter", "header", "infobox", "inread", "interstitial", "jumplink", "lightbox", "lineno",
    "linenos", "linenumber", "linenumbers", "login", "masthead", "mega", "megamenu", "menu", "menus",
    "meta", "metadata", "modal", "mostread", "nav", "navbar", "navbox", "navigation", "newsletter",
    "newsletters", "noprint", "outbrain", "pager", "pagination", "paywall", "popover", "popular", "popup",
    "postmeta", "promo", "promos", "promoted", "promotion", "publicidad", "publicite", "pullquote",
    "rail", "rating", "ratings", "readmore", "readnext", "recirc", "recirculation", "recommendation",
    "recommendations", "recommended", "reklame", "related", "relatedposts", "search", "share", "sharebar",
    "sharedaddy", "shares", "sharing", "shop", "sidebar", "signin", "signup", "sitemap", "skip",
    "skyscraper", "social", "socials", "sponsor", "sponsored", "sponsors", "subnav", "subscribe",
    "subscription", "taboola", "tagcloud", "taglist", "tags", "teaser", "teasers", "ticker", "toast",
    "toc", "toolbar", "tools", "topbar", "trending", "upsell", "utility", "werbung", "widget", "widgets",
})
# Parts that may be longer than the article.
_NEVER: Final = frozenset({
    "comment", "commentlist", "comments", "consent", "cookie", "cookiebanner", "cookiebar",
    "cookieconsent", "cookies", "didomi", "disqus", "gdpr", "livefyre", "onetrust", "privacy", "replies",
    "respond", "responses", "sourcepoint", "usercentrics",
})
# Next to one of these, the words above describe the whole page, or come from a page builder.
_HARMLESS: Final = frozenset({"elementor", "has", "hide", "is", "no", "not", "show", "with", "without"})
# The ids of these are anchors, derived from their text.
_ANCHORS: Final = frozenset({"a", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "section"})
# Of a paragraph, or around a heading, these mean an introduction.
_HEADS: Final = frozenset({"banner", "header", "teaser"})
_HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})
_ROLES: Final = frozenset({
    "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu",
    "menubar", "toolbar", "tablist", "form", "alert", "tooltip", "button",
})
# fmt: on


@lru_cache(maxsize=4_096)
def words_of(names: str) -> frozenset[str]:
    """Split class names and ids into lower-case words; also includes each short name as a whole."""
    names = names[:_NAMES_LIMIT]
    words = {word.lower() for word in _WORD.findall(names)}
    return frozenset(words | {name.lower() for name in names.split() if len(name) <= 24})


def is_content(node: HtmlNode) -> bool:
    """Return whether an element is named as text."""
    return not _CONTENT.isdisjoint(words_of(f"{node.get('class')} {node.get('id')}"))


def is_distraction(node: HtmlNode) -> bool:
    """Return whether an element is named as a menu, box or bar next to the text."""
    if node.get("role").lower() in _ROLES:
        return True
    identity = "" if node.name in _ANCHORS else node.get("id")
    is_line = node.name == "p" or _has_heading(node)
    return _has_word(f"{node.get('class')} {identity}", _DISTRACTION - _HEADS if is_line else _DISTRACTION)


def is_head(node: HtmlNode) -> bool:
    """Return whether an element is the header of a section."""
    return node.name == "header" and _has_heading(node)


def _has_heading(node: HtmlNode) -> bool:
    return any(isinstance(child, HtmlNode) and child.name in _HEADINGS for child in node.children)


def is_never_text(node: HtmlNode) -> bool:
    """Return whether an element is named as comments, or as a consent or subscription wall."""
    identity = "" if node.name in _ANCHORS and node.name != "section" else node.get("id")
    return _has_word(f"{node.get('class')} {identity}", _NEVER)


def _has_word(names: str, words: frozenset[str]) -> bool:
    """Return whether one of the names has one of the words; ignores topics of blog posts."""
    return any(
        not words.isdisjoint(found) and _HARMLESS.isdisjoint(found)
        for name in names[:_NAMES_LIMIT].split()
        if not name.startswith(("category-", "tag-"))
        for found in (words_of(name),)
    )
