"""What the classes, ids and roles of an element say that it is.

Pages name their parts for their makers; the words that are used for it are much the same everywhere. Names
are cut into words ("relatedArticles", "related-articles"), so that "ad" is not found in "shadow".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from newsreader.web.extract.tree import HtmlNode

_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_NAMES_LIMIT: Final = 400
"""Characters of classes and ids that are looked at."""

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
# Parts that can be longer than the article, and never are it.
_NEVER: Final = frozenset({
    "comment", "commentlist", "comments", "consent", "cookie", "cookiebanner", "cookiebar",
    "cookieconsent", "cookies", "didomi", "disqus", "gdpr", "livefyre", "onetrust", "privacy", "replies",
    "respond", "responses", "sourcepoint", "usercentrics",
})
# With one of these beside them, the words above speak of the page as a whole, or come from a page builder.
_HARMLESS: Final = frozenset({"elementor", "has", "hide", "is", "no", "not", "show", "with", "without"})
# The ids of these are anchors, made of what is said there.
_ANCHORS: Final = frozenset({"a", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "section"})
# Around a heading, or of a paragraph, these words speak of what is said first.
_HEADS: Final = frozenset({"banner", "header", "teaser"})
_HEADINGS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})
# fmt: on
_ROLES: Final = frozenset(
    {
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
    }
    | {"toolbar", "tablist", "form", "alert", "tooltip", "button"}
)


@lru_cache(maxsize=4_096)
def words_of(names: str) -> frozenset[str]:
    """Return the words in the names of classes and ids, in lower case, and each short name as a whole."""
    names = names[:_NAMES_LIMIT]
    words = {word.lower() for word in _WORD.findall(names)}
    return frozenset(words | {name.lower() for name in names.split() if len(name) <= 24})


def is_content(node: HtmlNode) -> bool:
    """Tell whether the names of an element say that it is a text."""
    return not _CONTENT.isdisjoint(words_of(f"{node.get('class')} {node.get('id')}"))


def is_distraction(node: HtmlNode) -> bool:
    """Tell whether an element says of itself that it is beside the text: a menu, a box, a bar."""
    if node.get("role").lower() in _ROLES:
        return True
    identity = "" if node.name in _ANCHORS else node.get("id")
    is_line = node.name == "p" or _has_heading(node)
    return _says(f"{node.get('class')} {identity}", _DISTRACTION - _HEADS if is_line else _DISTRACTION)


def is_head(node: HtmlNode) -> bool:
    """Tell whether an element is a header around the heading of a section."""
    return node.name == "header" and _has_heading(node)


def _has_heading(node: HtmlNode) -> bool:
    return any(isinstance(child, HtmlNode) and child.name in _HEADINGS for child in node.children)


def is_never_text(node: HtmlNode) -> bool:
    """Tell whether an element says that it is what others wrote below the text, or a wall before it."""
    identity = "" if node.name in _ANCHORS and node.name != "section" else node.get("id")
    return _says(f"{node.get('class')} {identity}", _NEVER)


def _says(names: str, words: frozenset[str]) -> bool:
    """Tell whether one of the names has one of the words; topics that a blog gives its posts do not count."""
    return any(
        not words.isdisjoint(said) and _HARMLESS.isdisjoint(said)
        for name in names[:_NAMES_LIMIT].split()
        if not name.startswith(("category-", "tag-"))
        for said in (words_of(name),)
    )
