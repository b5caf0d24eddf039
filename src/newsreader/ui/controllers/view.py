"""The order of the list, as a key cycles through it or a person chooses it, and why a record stands where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.domain.ranking import Order
from newsreader.domain.view import reordered
from newsreader.ui.controllers.list import ListController
from newsreader.ui.message_router import handles
from newsreader.ui.messages import Explained

if TYPE_CHECKING:
    from newsreader.ui.controllers.context import ScreenContext


class FoldController:
    """Folds and unfolds stories in the list.

    Args:
        context: Of the main screen.
        rows: What the list shows.

    """

    def __init__(self, context: ScreenContext, rows: ListController) -> None:
        self._context = context
        self._rows = rows

    def toggle_story(self) -> None:
        """Show the reports of the story under the cursor below it, or put them away."""
        view, lead = self._rows.view, self._rows.lead_id
        headline = self._rows.lead_headline
        if lead is None or headline is None:
            self._context.tell("There is no story here.")
        elif lead in view.unfolded:
            self._rows.go_to_lead()
            self._context.show_view(
                view._replace(unfolded=tuple(id_ for id_ in view.unfolded if id_ != lead))
            )
        elif headline.reports > 1:
            self._context.show_view(view._replace(unfolded=(*view.unfolded, lead)))
        elif headline.coverage:
            self._context.tell("Its other reports are not in this corpus; the story names them.")
        else:
            self._context.tell("No other report of this story is known.")

    def toggle_all(self) -> None:
        """One row a story, or one a report."""
        view = self._rows.view
        self._context.show_view(view._replace(fold=not view.is_folded, unfolded=()))
        self._context.tell(
            "Every report has a row of its own." if view.is_folded else "Each story is one row."
        )


class ViewController:
    """Changes the order of the view.

    Args:
        context: Of the main screen.

    """

    def __init__(self, context: ScreenContext) -> None:
        self._context = context

    def next(self) -> None:
        """Go on to the next order."""
        view = self._context.view
        self._set(view.shown_order.next(with_text=view.has_text))

    def choose(self) -> None:
        """Offer all orders that mean something now."""
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        view = self._context.view
        orders = Order.offered(with_text=view.has_text)
        choices = [Choice(order, order.meaning) for order in orders]
        self._context.push(
            ChooserScreen("Order", choices, orders.index(view.shown_order)),
            lambda index: None if index is None else self._set(orders[index]),
        )

    def explain(self, record_id: int | None) -> None:
        """Find out why a record stands where it does."""
        if record_id is None:
            self._context.tell("There is no story to explain.")
        else:
            self._context.client.explain(self._context.view, record_id)

    @handles(Explained)
    def show_explanation(self, answer: Explained) -> None:
        """It is known why a record stands where it does."""
        from newsreader.ui.dialogs.explain import ExplainScreen

        if answer.explanation is None:
            self._context.tell("This record is gone from the corpus.")
        else:
            self._context.push(ExplainScreen(answer.explanation, answer.view))

    def _set(self, order: Order) -> None:
        view, words = reordered(self._context.view, order)
        self._context.show_view(view)
        self._context.tell(words)
