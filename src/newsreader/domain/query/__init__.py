"""The filter language: parse the text of a filter to a `Query`.

Words are ANDed and searched in all text fields; the last word, still being typed, matches as a prefix. Quotes
make a phrase, `-` excludes, `OR` or `|` separates alternatives, parentheses group. `field:value` searches one
field; `fields.py` lists them. Text that only resembles the syntax (`C++`, `a:b`, an unclosed quote) is
searched literally; an invalid filter raises `QueryError`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newsreader.domain.query.query import Query, QueryError

__all__ = ["Query", "QueryError", "parse"]


_NOT_TEXT = re.compile(r"[\ud800-\udfff]+")
"""How Python decodes bytes of a command line that are not UTF-8."""


@lru_cache(maxsize=256)
def parse(text: str) -> Query:
    """Parse a filter.

    Raises:
        QueryError: the filter is invalid.

    """
    if not text or text.isspace():
        return Query()
    if not text.isascii() and (invalid := _NOT_TEXT.search(text)):
        raise QueryError("the filter is not valid UTF-8", *invalid.span())
    from newsreader.domain.query.parser import read  # only once there is a filter

    return read(text)
