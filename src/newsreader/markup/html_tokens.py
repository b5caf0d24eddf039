"""HTML -> tags and stretches of text.

They are cut here rather than by the parser of the standard library, whose time grows with the square of the
length of broken markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from newsreader.markup.blocks import unescaped

# Their content is no markup, up to their end tag.
RAW_TAGS: Final = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp")
}
# An unquoted "<" ends a tag that lacks its ">". A quote that is never closed is a character like any other.
# What this matches is never read twice, so the time stays linear.
_MARKUP: Final = re.compile(
    r"""<(?:(/?)([a-zA-Z][a-zA-Z0-9:._-]*+)((?:[^<>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?|["'])*+)|[!?/])"""
)
_ATTRIBUTE: Final = re.compile(
    r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>][^\s>]*+))?)?"""
)
# "<!-->" and "<!--->" are whole comments; "--!>" ends one, too.
COMMENT_END: Final = re.compile(r"--!?>")
_MAX_ATTRIBUTES: Final = 64


def tag_attributes(inside: str) -> dict[str, str]:
    """Return the attributes in the inside of a tag by their names in lower case; the first of a name wins."""
    found: dict[str, str] = {}
    for part in islice(_ATTRIBUTE.finditer(inside), _MAX_ATTRIBUTES):
        found.setdefault(part[1].lower(), unescaped(part[2] or part[3] or part[4] or ""))
    return found


class Token(NamedTuple):
    """A stretch of text, or a tag with its name in lower case and what stands behind the name."""

    text: str = ""
    name: str = ""
    inside: str = ""
    ends: bool = False


def tokens(source: str) -> Iterator[Token]:
    """Yield the tags of a document and the stretches of text between them, in one pass."""
    place = 0
    while found := _MARKUP.search(source, place):
        start, stop = found.span()
        slash, name, inside = found.groups()
        if name is None:
            yield Token(source[place:start])
            place = _after_declaration(source, start)
            continue
        is_closed = source.startswith(">", stop)
        if not (is_closed or slash or "=" in inside):  # "a <b and c" is text
            yield Token(source[place:stop])
            place = stop
            continue
        yield Token(source[place:start])
        place = stop + is_closed
        name = name.lower()
        yield Token(name=name, inside=inside, ends=bool(slash))
        if name in RAW_TAGS and not slash and not inside.endswith("/"):
            end = RAW_TAGS[name].search(source, place)
            place = end.start() if end else len(source)
    yield Token(source[place:])


def _after_declaration(source: str, start: int) -> int:
    """Return the end of the comment, declaration or stray end tag at `start`."""
    if source.startswith("<![CDATA[", start):
        return start + len("<![CDATA[")
    if not source.startswith("<!--", start):
        end = source.find(">", start + 2)
        return end + 1 if end >= 0 else len(source)
    found = COMMENT_END.search(source, start + 2)
    return found.end() if found else len(source)
