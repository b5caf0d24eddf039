"""The value that a filter is parsed to, and the error of one that makes no sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.errors import NewsreaderError

if TYPE_CHECKING:
    from newsreader.domain.query.ast import Node
    from newsreader.domain.ranking import Order


class QueryError(NewsreaderError):
    """A filter that makes no sense.

    Args:
        words: What is wrong and what is needed, for a person.
        start: Where in the text the trouble begins.
        end: Where it ends.

    """

    def __init__(self, words: str, start: int, end: int) -> None:
        super().__init__(words)
        self.start = start
        self.end = end


class Query(NamedTuple):
    """What a filter asks for. `str` gives a text that asks for the same.

    `condition` is None where every record is meant. `order` and `limit` are set by `sort:` and `limit:`.
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
        """Whether it asks for words that can be more or less relevant."""
        if self.condition is None:
            return False
        from newsreader.domain.query.highlights import wanted_terms

        return any(term.words for term in wanted_terms(self.condition))

    def highlights(self, text: str) -> list[tuple[int, int]]:
        """The spans of `text` that the words asked for match, in order and without overlaps."""
        if self.condition is None or not text:
            return []
        from newsreader.domain.query.highlights import spans

        return spans(self.condition, text)
