"""Whether a record of another program is published, so that it belongs on the front page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from newsreader.corpus.mapping.keys import Keys

_HIDING: Final[Mapping[str, frozenset[str]]] = {
    "draft": frozenset(("true",)),
    "isdraft": frozenset(("true",)),
    "publish": frozenset(("false",)),
    "dgpublish": frozenset(("false",)),
    "published": frozenset(("false",)),
    "ispublished": frozenset(("false",)),
    "unlisted": frozenset(("true",)),
    "hidden": frozenset(("true",)),
    "private": frozenset(("true",)),
    "ignore": frozenset(("true",)),
    "eleventyexcludefromcollections": frozenset(("true",)),
    "permalink": frozenset(("false",)),
    "headless": frozenset(("true",)),
    "status": frozenset(("draft", "hidden", "private", "unpublished", "scheduled")),
    "visibility": frozenset(("private", "hidden", "unlisted")),
    "layout": frozenset(
        ("page", "404", "home", "default", "archive", "search", "redirect", "tag", "category")
    ),
    "type": frozenset(("page", "redirect")),
}
"""By folded key, the values that keep a record off the front page."""


def says_hidden(keys: Keys, *, is_dated: bool) -> bool:
    """Whether a key keeps a record off the front page.

    Args:
        keys: The metadata of the record.
        is_dated: Whether it has a date; the layout of a dated record says how it looks, not what it is.

    """
    for key, hiding in _HIDING.items():
        value = keys.get(key)
        if value is None or isinstance(value, dict | list):
            continue
        text = str(value).strip().casefold()
        if text in hiding:
            return key != "layout" or not is_dated or text in ("404", "redirect")
    return False
