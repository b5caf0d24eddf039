"""Which records a list shows and in what order: one frozen value."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from newsreader.domain.query import parse
from newsreader.domain.ranking import Order


class AgesFrom(StrEnum):
    """The moment that counts as now."""

    NEWEST = "newest"
    """The newest record that is not in the future: an archive can be asked as on its last day."""
    TODAY = "today"
    """The clock's."""


class Scope(StrEnum):
    """How much of the corpus is in view."""

    FRONT = "front page"
    EVERYTHING = "everything"

    def other(self) -> Scope:
        """The scope that one key toggles to."""
        return Scope.EVERYTHING if self is Scope.FRONT else Scope.FRONT


class View(NamedTuple):
    """Scope; topic, type or provider; filter text and order of a list.

    `topic` is the name of a topic; the records of the topics below it belong to it too. `type` narrows to one
    type of record (`video`, `course` …), `provider` to one provider by the short name that rows show. Empty
    strings do not narrow. `filter` is in the language of `domain/query`. `order_chosen` tells that a person
    chose the order: otherwise words in the filter bring the best match to the top. `fold` tells whether each
    story is one row; None leaves it to the scope, and on the front page to `folds_front`. `unfolded` are the
    leads whose stories are open in place.
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

    @property
    def part(self) -> tuple[str, str, str]:
        """The part of the corpus that is in view, by topic, type and provider."""
        return self.topic.casefold(), self.type, self.provider.casefold()

    @property
    def is_narrowed(self) -> bool:
        """Whether only a part of the scope is in view, the filter aside."""
        return any(self.part)

    @property
    def is_folded(self) -> bool:
        """Whether each story is one row."""
        return self.scope is Scope.FRONT and self.folds_front if self.fold is None else self.fold

    def in_scope(self, scope: Scope) -> View:
        """The same in another scope, with stories as that scope shows them."""
        return self if scope is self.scope else self._replace(scope=scope, fold=None, unfolded=())

    @property
    def has_text(self) -> bool:
        """Whether the filter has words that records can match better or worse."""
        return bool(self.filter) and parse(self.filter).has_free_text

    @property
    def shown_order(self) -> Order:
        """The order that the list is in."""
        if not self.filter:
            return Order.TOP if self.order is Order.MATCH else self.order
        query = parse(self.filter)
        wanted = query.order or (self.order if self.order_chosen else Order.MATCH)
        if wanted is Order.MATCH and not query.has_free_text:
            return Order.TOP if self.order is Order.MATCH else self.order
        return wanted

    def describe(self) -> str:
        """The view in words, for the status line."""
        return " · ".join(self.in_words())

    def in_words(self) -> list[str]:
        """The view in words: scope, order, place, and what else is special about it."""
        place = self.topic or (f"type {self.type}" if self.type else self.provider or "all topics")
        parts = [str(self.scope), str(self.shown_order), place]
        if self.is_folded != self._replace(fold=None).is_folded:
            parts.append("one row a story" if self.is_folded else "every report")
        if self.filter.strip():
            parts.append(f"filter “{self.filter.strip()}”")
        return parts


class Reordered(NamedTuple):
    """A view in another order, or as it was where that cannot be; and what to say of it."""

    view: View
    words: str


def reordered(view: View, order: Order) -> Reordered:
    """The view in the order that a reader chooses; an order that the filter asks for stays."""
    if wanted := parse(view.filter).order:
        return Reordered(view, f"The filter says sort:{wanted}; without that the order can be chosen here.")
    chosen = view._replace(order=order, order_chosen=True)
    return Reordered(chosen, f"Order: {order}, {order.meaning}.")
