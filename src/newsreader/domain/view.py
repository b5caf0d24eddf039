"""The view of a list: which records, in which order."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from newsreader.domain.languages import ALL, language_name
from newsreader.domain.query import parse
from newsreader.domain.ranking import Order


class AgesFrom(StrEnum):
    """The time that counts as now."""

    NEWEST = "newest"
    """The newest record that is not in the future, so that an archive is shown as of its last day."""
    TODAY = "today"
    """The current time."""


class Scope(StrEnum):
    """The scope of a view."""

    FRONT = "front page"
    EVERYTHING = "everything"

    def other(self) -> Scope:
        """Return the other scope."""
        return Scope.EVERYTHING if self is Scope.FRONT else Scope.FRONT


class View(NamedTuple):
    """Scope; topic, type or provider; filter and order of a list.

    `topic` includes its subtopics. `type` selects one type of record (`video`, `course` …), `provider` one
    provider by its label. Empty strings select everything. `filter` is in the language of `domain/query`.
    `order_chosen` means that the user chose the order; otherwise words in the filter sort by best match.
    `fold` shows each story as one row; None depends on the scope, and on the front page on `folds_front`.
    `unfolded` are the leads of stories expanded in place. `language` is that of the records to show, `all`
    for every one; if empty, the front page shows that of the corpus.
    """

    scope: Scope = Scope.FRONT
    topic: str = ""
    type: str = ""
    filter: str = ""
    order: Order = Order.TOP
    order_chosen: bool = False
    fold: bool | None = None
    unfolded: tuple[int, ...] = ()
    provider: str = ""
    folds_front: bool = True
    language: str = ""

    @property
    def part(self) -> tuple[str, str, str]:
        """The selected topic, type and provider, case-folded."""
        return self.topic.casefold(), self.type, self.provider.casefold()

    @property
    def is_narrowed(self) -> bool:
        """Whether a topic, type or provider is selected."""
        return any(self.part)

    @property
    def is_folded(self) -> bool:
        """Whether each story is shown as one row."""
        return self.scope is Scope.FRONT and self.folds_front if self.fold is None else self.fold

    def in_scope(self, scope: Scope) -> View:
        """Return the view in another scope, with that scope's default folding."""
        return self if scope is self.scope else self._replace(scope=scope, fold=None, unfolded=())

    @property
    def has_text(self) -> bool:
        """Whether the filter searches for words, so that matches have a relevance."""
        return bool(self.filter) and parse(self.filter).has_free_text

    @property
    def shown_order(self) -> Order:
        """The effective order."""
        if not self.filter:
            return Order.TOP if self.order is Order.MATCH else self.order
        query = parse(self.filter)
        requested = query.order or (self.order if self.order_chosen else Order.MATCH)
        if requested is Order.MATCH and not query.has_free_text:
            return Order.TOP if self.order is Order.MATCH else self.order
        return requested

    def describe(self) -> str:
        """Describe the view, for the status line."""
        return " · ".join(self.in_words())

    def in_words(self) -> list[str]:
        """Describe scope, order, selection, and whatever else differs from the default."""
        place = self.topic or (f"type {self.type}" if self.type else self.provider or "all topics")
        parts = [str(self.scope), str(self.shown_order), place]
        if self.language:
            parts.append(language_name(self.language) if self.language != ALL else "all languages")
        if self.is_folded != self._replace(fold=None).is_folded:
            parts.append("one row a story" if self.is_folded else "every report")
        if self.filter.strip():
            parts.append(f"filter “{self.filter.strip()}”")
        return parts


class Reordered(NamedTuple):
    """A view in a new order, or unchanged if that is impossible, with a message."""

    view: View
    words: str


def reordered(view: View, order: Order) -> Reordered:
    """Change the order of a view, unless the filter sets it."""
    if order_in_filter := parse(view.filter).order:
        message = f"The filter says sort:{order_in_filter}; without that the order can be chosen here."
        return Reordered(view, message)
    chosen = view._replace(order=order, order_chosen=True)
    return Reordered(chosen, f"Order: {order}, {order.meaning}.")
