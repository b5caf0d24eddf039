"""The filter language: text that a person types -> `Query`, a value that the library and the rows understand.

Plain words are ANDed and looked for everywhere; a word that is still being typed matches as a prefix. Quotes
make a phrase, `-` excludes, `OR` or `|` offers alternatives, parentheses group. `field:value` asks for one
field, `fields.py` lists them. A text that only looks like the language (`C++`, `a:b`, a quote that nobody
closes) is found as text; one that is the language and makes no sense raises `QueryError`.
"""

from __future__ import annotations

from functools import lru_cache

from newsreader.domain.query.query import Query, QueryError

__all__ = ["Query", "QueryError", "parse"]


@lru_cache(maxsize=256)
def parse(text: str) -> Query:
    """Read a filter.

    Raises:
        QueryError: it is written in the language and makes no sense.

    """
    if not text or text.isspace():
        return Query()
    from newsreader.domain.query.parser import read  # a start without a filter need not wait for it

    return read(text)
