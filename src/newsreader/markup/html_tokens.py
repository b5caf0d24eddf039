"""Split HTML into tags and text.

The parser of the standard library takes quadratic time for malformed markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from newsreader.markup.blocks import unescaped

# Elements whose content is not markup, with their end tags.
RAW_TAGS: Final = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp")
}
# An unquoted "<" ends an unclosed tag. An unclosed quote is an ordinary character. No character is matched
# twice, so the time is linear.
_MARKUP: Final = re.compile(
    r"""<(?:(/?)([a-zA-Z][a-zA-Z0-9:._-]*+)((?:[^<>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?|["'])*+)|[!?/])"""
)
_ATTRIBUTE: Final = re.compile(
    r"""([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>][^\s>]*+))?)?"""
)
# "<!-->" and "<!--->" are complete comments; "--!>" ends a comment, too.
COMMENT_END: Final = re.compile(r"--!?>")
_MAX_ATTRIBUTES: Final = 64


def tag_attributes(inside: str) -> dict[str, str]:
    """Parse the attributes of a tag by lower-case name; the first of a name wins."""
    found: dict[str, str] = {}
    for part in islice(_ATTRIBUTE.finditer(inside), _MAX_ATTRIBUTES):
        found.setdefault(part[1].lower(), unescaped(part[2] or part[3] or part[4] or ""))
    return found


class Token(NamedTuple):
    """A run of text, or a tag with its lower-case name and attributes."""

    text: str = ""
    name: str = ""
    inside: str = ""
    ends: bool = False


def tokens(source: str) -> Iterator[Token]:
    """Yield the tags of a document and the text between them."""
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
