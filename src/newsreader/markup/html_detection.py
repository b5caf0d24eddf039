"""Tell HTML bodies from Markdown ones."""

from __future__ import annotations

import re
from typing import Final

from newsreader.markup.html_tags import BLOCK_NAMES, PHRASE_NAMES

_COMMENTS: Final = r"\s*+(?:<!--.*?-->\s*+)*+"
_DOCUMENT: Final = re.compile(_COMMENTS + r"<(?:!doctype|html|head|body)(?=[\s>])", re.IGNORECASE | re.DOTALL)
_ANY_TAG_FIRST: Final = re.compile(
    rf"{_COMMENTS}<(?:{BLOCK_NAMES}|{PHRASE_NAMES})(?=[\s/>])", re.IGNORECASE | re.DOTALL
)
_BLOCK_TAG: Final = re.compile(rf"(?<!`)</?(?:{BLOCK_NAMES})(?:>|[\s/][^<>]*+>)(?!`)", re.IGNORECASE)
_MARKDOWN_SIGN: Final = re.compile(r"^ {0,3}(?:#{1,6} +\S|```|~~~)|\]\((?:https?:|/|#)", re.MULTILINE)


def looks_like_html(source: str) -> bool:
    """Tell whether a body is HTML rather than Markdown.

    It is when it starts as a document does, or with a tag, or when at least half of its parts between blank
    lines hold block-level tags. Markdown with pieces of HTML in it is Markdown.
    """
    if "<" not in source:
        return False
    if _DOCUMENT.match(source):
        return True
    if _MARKDOWN_SIGN.search(source):
        return False
    parts = [part for part in source.split("\n\n") if part and not part.isspace()]
    with_blocks = sum("<" in part and _BLOCK_TAG.search(part) is not None for part in parts)
    if not with_blocks:
        return len(parts) == 1 and _ANY_TAG_FIRST.match(source) is not None
    return 2 * with_blocks >= len(parts)
