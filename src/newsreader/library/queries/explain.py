"""Explain the rank of a record."""

from __future__ import annotations

from array import array
from collections.abc import Callable

from newsreader.domain.explanation import Explanation, Placing
from newsreader.domain.ranking import Order
from newsreader.domain.view import View
from newsreader.library.queries.unfold import position
from newsreader.library.sqlite.statements import Ask


def read_explanation(
    ask: Ask,
    ids_by: Callable[[Order], array[int]],
    view: View,
    record_id: int,
) -> Explanation | None:
    """Return the parts of a record's score and its position in each order; None if it was deleted.

    `ids_by` returns the ids of the view in an order.
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
    places: dict[Order, Placing] = {}
    first: tuple[float, int] | tuple[None, None] = None, None
    for order in (view.shown_order, *(order for order in offered if order is not view.shown_order)):
        ids = ids_by(order)
        place = position(ids, record_id)
        places[order] = Placing(order, None if place is None else place + 1, len(ids))
        if order is Order.TOP and ids:
            statement = "SELECT undated, top, published_at FROM record WHERE id = ?"
            is_undated, *dated = ask(statement, (ids[0],))[0]
            first = (None, None) if is_undated else (dated[0], dated[1])
    seconds = None if undated else published_at
    first_score, first_seconds = first
    listed = tuple(places.values())
    return Explanation(title, heat, quality, seconds, half_life, score, first_score, first_seconds, listed)
