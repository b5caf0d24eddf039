"""The order of the list, as a key cycles through it or a person chooses it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsreader.domain.query import parse
from newsreader.domain.ranking import Order
from newsreader.domain.view import View

if TYPE_CHECKING:
    from textual.screen import Screen


class OrderDesk:
    """Changes the order of the view.

    Args:
        screen: Over it the orders are offered.
        view: Gives what the list shows.
        show: Shows something else.
        tell: Says something to the reader.

    """

    def __init__(
        self,
        screen: Screen[None],
        view: Callable[[], View],
        show: Callable[[View], None],
        tell: Callable[[str], None],
    ) -> None:
        self._screen = screen
        self._view = view
        self._show = show
        self._tell = tell

    def next(self) -> None:
        """Go on to the next order."""
        view = self._view()
        self._set(view.shown_order.next(with_text=view.has_text))

    def choose(self) -> None:
        """Offer all orders that mean something now."""
        from newsreader.ui.screens.chooser import Choice, ChooserScreen

        view = self._view()
        orders = Order.offered(with_text=view.has_text)
        choices = [Choice(order, order.meaning) for order in orders]
        self._screen.app.push_screen(
            ChooserScreen("Order", choices, orders.index(view.shown_order)),
            lambda index: None if index is None else self._set(orders[index]),
        )

    def _set(self, order: Order) -> None:
        view = self._view()
        if wanted := parse(view.filter).order:
            self._tell(f"The filter says sort:{wanted}; without that the order can be chosen here.")
            return
        self._show(view._replace(order=order, order_chosen=True))
        self._tell(f"Order: {order}, {order.meaning}.")
