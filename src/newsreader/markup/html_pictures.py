"""Describe pictures, videos and embedded pages in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import unquote

from newsreader.domain.urls import host_of
from newsreader.markup.blocks import address, relative_target
from newsreader.markup.template_links import resolved_target

MEDIA_TAGS: Final = {"audio": "Audio", "iframe": "Embedded", "img": "Picture", "video": "Video"}

_TINY: Final = frozenset({"0", "1", "0px", "1px"})
_FILE_NAME: Final = re.compile(r"([^/?#]{1,80})/?(?:[?#].*)?\Z", re.DOTALL)


def is_tiny(attributes: Mapping[str, str]) -> bool:
    """Check whether a picture has the size of a tracking pixel."""
    return bool(_TINY & {attributes.get("width"), attributes.get("height")})


def picture_words(name: str, attributes: Mapping[str, str]) -> tuple[str, str, bool]:
    """Return the text for a picture, its target, and whether that is a file of the corpus.

    The text is empty for decoration, which has an empty `alt`, and for tracking pixels.
    """
    if is_tiny(attributes) or attributes.get("alt") == "":
        return "", "", False
    source = resolved_target(attributes.get("src", "") or attributes.get("data-src", ""))
    url = address(source)
    target = "" if url else relative_target(source)
    texts = [attributes.get("alt", "").strip(), attributes.get("title", "").strip()]
    words = " – ".join(dict.fromkeys(filter(None, texts)))
    if not words and (url or target):
        found = _FILE_NAME.search(source) if name == "img" else None
        words = unquote(found[1]) if found else host_of(url)
    return (f"[{MEDIA_TAGS[name]}: {words}]" if words else ""), url or target, bool(target)
