"""The order of the list, as a key cycles through it or a person chooses it, and why a record stands where."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsreader.domain.ranking import Order
from newsreader.domain.view import View, reordered
from newsreader.ui.controllers.list import ListController
from newsreader.ui.messages import Explained

if TYPE_CHECKING:
    from textual.screen import Screen


class FoldController:
    """Folds and unfolds stories in the list.

    Args:
        rows: What the list shows.
        show: Shows something else.
        tell: Says something to the reader.

    """

    def __init__(
        self, rows: ListController, show: Callable[[View], None], tell: Callable[[str], None]
    ) -> None:
        self._rows = rows
        self._show = show
        self._tell = tell

    def toggle_story(self) -> None:
        """Show the reports of the story under the cursor below it, or put them away."""
        view, lead = self._rows.view, self._rows.lead_id
        headline = self._rows.lead_headline
        if lead is None or headline is None:
            self._tell("There is no story here.")
        elif lead in view.unfolded:
            self._rows.go_to_lead()
            self._show(view._replace(unfolded=tuple(id_ for id_ in view.unfolded if id_ != lead)))
        elif headline.reports > 1:
            self._show(view._replace(unfolded=(*view.unfolded, lead)))
        elif headline.coverage:
            self._tell("Its other reports are not in this corpus; the story names them.")
        else:
            self._tell("No other report of this story is known.")

    def toggle_all(self) -> None:
        """One row a story, or one a report."""
        view = self._rows.view
        self._show(view._replace(fold=not view.is_folded, unfolded=()))
        self._tell("Every report has a row of its own." if view.is_folded else "Each story is one row.")


class ViewController:
    """Changes the order of the view.

    Args:
        screen: Over it the orders are offered.
        view: Gives what the list shows.
        show: Shows something else.
        ask_why: Asks why a record stands where it does; the answer comes to `show_explanation`.
        tell: Says something to the reader.

    """

    def __init__(
        self,
        screen: Screen[None],
        view: Callable[[], View],
        show: Callable[[View], None],
        ask_why: Callable[[View, int], None],
        tell: Callable[[str], None],
    ) -> None:
        self._screen = screen
        self._view = view
        self._show = show
        self._ask_why = ask_why
        self._tell = tell

    def next(self) -> None:
        """Go on to the next order."""
        view = self._view()
        self._set(view.shown_order.next(with_text=view.has_text))

    def choose(self) -> None:
        """Offer all orders that mean something now."""
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        view = self._view()
        orders = Order.offered(with_text=view.has_text)
        choices = [Choice(order, order.meaning) for order in orders]
        self._screen.app.push_screen(
            ChooserScreen("Order", choices, orders.index(view.shown_order)),
            lambda index: None if index is None else self._set(orders[index]),
        )

    def explain(self, record_id: int | None) -> None:
        """Find out why a record stands where it does."""
        if record_id is None:
            self._tell("There is no story to explain.")
        else:
            self._ask_why(self._view(), record_id)

    def show_explanation(self, answer: Explained) -> None:
        """It is known why a record stands where it does."""
        from newsreader.ui.dialogs.explain import ExplainScreen

        if answer.explanation is None:
            self._tell("This record is gone from the corpus.")
        else:
            self._screen.app.push_screen(ExplainScreen(answer.explanation, answer.view))

    def _set(self, order: Order) -> None:
        view, words = reordered(self._view(), order)
        self._show(view)
        self._tell(words)
