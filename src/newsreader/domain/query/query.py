"""The parsed form of a filter, and the error for an invalid one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.sanitize import clean_line

if TYPE_CHECKING:
    from newsreader.domain.query.ast import Node
    from newsreader.domain.ranking import Order


class QueryError(NewsreaderError):
    """An invalid filter; `start` and `end` are the span of the error in its text."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(clean_line(message))  # it quotes what was typed
        self.start = start
        self.end = end


class Query(NamedTuple):
    """A parsed filter. `str` returns equivalent filter text.

    `condition` is None if it matches every record. `order` and `limit` are set by `sort:` and `limit:`.
    """

    condition: Node | None = None
    order: Order | None = None
    limit: int | None = None

    def __str__(self) -> str:
        parts = [str(self.condition)] if self.condition else []
        if self.order:
            parts.append(f"sort:{self.order}")
        if self.limit is not None:
            parts.append(f"limit:{self.limit}")
        return " ".join(parts)

    @property
    def has_free_text(self) -> bool:
        """Whether it searches for words, so that matches have a relevance."""
        if self.condition is None:
            return False
        from newsreader.domain.query.highlights import wanted_terms

        return any(term.words for term in wanted_terms(self.condition))

    def highlights(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of `text` that the searched words match, sorted and without overlaps."""
        if self.condition is None or not text:
            return []
        from newsreader.domain.query.highlights import spans

        return spans(self.condition, text)
