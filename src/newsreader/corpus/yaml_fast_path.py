"""The YAML that most records are made of, read line by line: three times as fast as by a whole parser.

A line here is `key: value`, `key:`, `- value`, `- key: value` or blank, and a value is plain text, or quoted
text without an escape. A text with any other line, or with an indentation that does not fit, is left to the
parser that knows all of YAML; so nothing is understood here in another way than there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from newsreader.domain.sanitize import has_only_settled_characters, special_characters

LONGEST: Final = 200_000
"""Most characters of a text that is read here."""

CLEAN_LIMIT: Final = 100_000
"""Most characters of a text whose values are known to be short enough, see `frontmatter.STRING_LIMIT`."""

DEEPEST: Final = 16
"""Most collections within one another; real records need 5."""

_KEY: Final = r"(?!(?:true|false|null):)[A-Za-z_][A-Za-z0-9_-]{0,80}"
# Begins with nothing that means something in YAML, and has no ": " and no "#".
_PLAIN: Final = r"(?:[A-Za-z0-9/(]|-(?=[0-9])|[^\x00-\x7f])[^\n:#]*+(?::(?=[^ \n])[^\n:#]*+)*+"
_LINE_RE: Final = re.compile(
    rf"""^( *+)(- )?(?:({_KEY}):(?: ++|$))?("[^"\\\n]*+"|'[^'\n]*+'|{_PLAIN})?$""", re.MULTILINE
)


class CleanValues(dict[str, Any]):
    """Values of which each text is as `sanitize.clean_line` would return it."""


def read_plain(text: str, meaning: Callable[[str], object]) -> dict[str, Any] | None:
    """The keys and values of a text; None where it is not as plain as that; `CleanValues` if they are clean.

    Args:
        text: Of one document.
        meaning: Tells what a value without quotation marks stands for.

    """
    if len(text) > LONGEST or " \n" in text or text.endswith(" "):
        return None
    special = special_characters(text)
    if not special.isprintable():
        return None
    lines = _LINE_RE.findall(text)
    if len(lines) <= text.count("\n"):
        return None
    values = _built(lines, meaning)
    if not values:
        return None
    is_clean = len(text) <= CLEAN_LIMIT and has_only_settled_characters(special) and _has_single_blanks(lines)
    return CleanValues(values) if is_clean else values


def _has_single_blanks(lines: list[tuple[str, str, str, str]]) -> bool:
    """Whether `clean_line` would change the blanks of no value."""
    # Between blanks and without quotation marks, a blank at either end of a value makes two.
    values = f" {' '.join([line[3] for line in lines if line[3]])} "
    return "  " not in values.replace('"', "").replace("'", "")


def _built(lines: list[tuple[str, str, str, str]], meaning: Callable[[str], object]) -> dict[str, Any] | None:
    """What lines say; each has an indentation, a dash, a key and a value, which are empty where they lack."""
    root: dict[str, Any] = {}
    around: list[tuple[Any, int]] = []
    here: Any = root  # the collection that a line adds to, unless its indentation tells of another one
    indent = 0
    waiting = ""  # the key of a map whose value may stand on the lines below
    for spaces, dash, key, value in lines:
        if not (dash or key):
            if value:
                return None
            continue
        column = len(spaces)
        kind: type[Any] = list if dash else dict
        if column != indent or type(here) is not kind:
            if waiting and (column > indent or (dash and column == indent)):
                here[waiting] = kind()
                around.append((here, indent))
                here, indent = here[waiting], column
            while column != indent or type(here) is not kind:
                if not around:
                    return None
                here, indent = around.pop()
        if dash and key:
            here.append({})
            around.append((here, indent))
            here, indent = here[-1], column + 2
        if len(around) > DEEPEST or not (key or value):
            return None
        parsed = None if not value else value[1:-1] if value[0] in "\"'" else meaning(value)
        if key:
            here[key] = parsed
        else:
            here.append(parsed)
        waiting = "" if value else key
    return root
