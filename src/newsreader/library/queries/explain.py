"""Explain the rank of a record."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence

from newsreader.domain.explanation import Explanation, Placing
from newsreader.domain.ranking import Order
from newsreader.domain.view import View
from newsreader.library.index.schema import ORDERINGS
from newsreader.library.queries.unfold import position
from newsreader.library.queries.view_sql import ViewQuery
from newsreader.library.sqlite.statements import Ask


def read_explanation(
    ask: Ask,
    compiled: ViewQuery,
    ids: Callable[[View, int, Order], array[int]],
    view: View,
    record_id: int,
) -> Explanation | None:
    """Return the parts of a record's score and its position in each order; None if it was deleted.

    `ids` returns the ids of a view in an order, as many as asked for or, below zero, all of them.
    """
    row = ask(
        "SELECT title, heat, quality, undated, published_at, top, (SELECT value FROM fact WHERE"
        " name = 'half_life') FROM record WHERE id = ?",
        (record_id,),
    )
    if not row:
        return None
    title, heat, quality, undated, published_at, score, half_life = row[0]
    offered = Order.offered(with_text=view.has_text)
    orders = [order for order in offered if order is not Order.MATCH]
    # An order alone is answered from its own index; a filter is evaluated once for all of them.
    groups = [orders] if view.is_narrowed or view.filter else [[order] for order in orders]
    places = {place.order: place for group in groups for place in _places(ask, compiled, group, record_id)}
    if Order.MATCH in offered:
        ranked = ids(view, -1, Order.MATCH)
        place = position(ranked, record_id)
        places[Order.MATCH] = Placing(Order.MATCH, None if place is None else place + 1, len(ranked))
    first_score = first_seconds = None
    for first in ids(view, 1, Order.TOP):
        statement = "SELECT undated, top, published_at FROM record WHERE id = ?"
        is_undated, *dated = ask(statement, (first,))[0]
        if not is_undated:
            first_score, first_seconds = dated
    seconds = None if undated else published_at
    listed = tuple(sorted(places.values(), key=lambda place: place.order is not view.shown_order))
    return Explanation(title, heat, quality, seconds, half_life, score, first_score, first_seconds, listed)


def _places(ask: Ask, compiled: ViewQuery, orders: Sequence[Order], record_id: int) -> Iterator[Placing]:
    """Count the records of a view that come before a record in some orders, without sorting any."""
    keys = [_sort_key(order) for order in orders]
    before = "".join(f", total(({key}) < (SELECT {key} FROM record WHERE id = ?))" for key in keys)  # noqa: S608
    statement = f"SELECT count(*), total(id = ?){before} FROM record WHERE {compiled.condition}"  # noqa: S608
    total, is_listed, *counts = ask(statement, (*[record_id] * (1 + len(orders)), *compiled.parameters))[0]
    for order, count in zip(orders, counts, strict=True):
        yield Placing(order, int(count) + 1 if is_listed else None, total)


def _sort_key(order: Order) -> str:
    """Return the terms of an order as values of which the smaller ones come first."""
    terms = (term.partition(" ") for term in ORDERINGS[order].split(", "))
    return ", ".join(f"-coalesce({name}, -9e999)" if descends else name for name, _, descends in terms)
