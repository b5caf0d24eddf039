"""Text in XML: escaped, and without the characters that XML 1.0 has no place for."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text of an element."""
    return escape(_FORBIDDEN.sub("", text))


def xml_value(text: str) -> str:
    """The value of an attribute, in quotes."""
    return quoteattr(_FORBIDDEN.sub("", text))


def element(name: str, text: str) -> str:
    """An element that holds text."""
    return f"<{name}>{xml_text(text)}</{name}>"
