"""Whether a record of another program is published, so that it belongs on the front page."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final

from newsreader.corpus.mapping.detection import Site
from newsreader.corpus.mapping.keys import Keys
from newsreader.corpus.mapping.paths import is_language

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


def is_other_language(site: Site, language: str, path_language: str) -> bool:
    """Whether a record is in another language than the one that is shown.

    Args:
        site: The site of the record.
        language: Of the record, empty if unknown.
        path_language: The language that its path names, empty if none.

    """
    shown = site.language or (users_language() if path_language else "")
    return bool(shown and language) and language[:2].casefold() != shown[:2].casefold()


def users_language() -> str:
    """Return the language of the user's locale."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "")
        if is_language(value[:2]) and value[2:3] in ("_", ".", ""):
            return value[:2]
    return "en"
