"""The order of the list, folding of stories in it, and why a record ranks where it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.app.list_state import FoldError, toggle_folding, toggle_story
from newsreader.domain.ranking import Order
from newsreader.domain.view import reordered
from newsreader.ui.controllers.list import ListController
from newsreader.ui.messages import Explained, handles

if TYPE_CHECKING:
    from newsreader.ui.controllers.context import ScreenContext


class FoldController:
    """Folds and unfolds stories in the list."""

    def __init__(self, context: ScreenContext, rows: ListController) -> None:
        self._context = context
        self._rows = rows

    def toggle_story(self) -> None:
        """Fold or unfold the story under the cursor."""
        lead, headline = self._rows.lead_id, self._rows.lead_headline
        if lead is None or headline is None:
            self._context.tell("There is no story here.")
            return
        try:
            view = toggle_story(self._rows.view, lead, headline)
        except FoldError as error:
            self._context.tell(str(error))
            return
        if lead not in view.unfolded:
            self._rows.go_to_lead()
        self._context.show_view(view)

    def toggle_all(self) -> None:
        """Show one row for each story, or one for each report."""
        view = toggle_folding(self._rows.view)
        self._context.show_view(view)
        self._context.tell(
            "Each story is one row." if view.is_folded else "Every report has a row of its own."
        )


class ViewController:
    """Changes the order of the view."""

    def __init__(self, context: ScreenContext) -> None:
        self._context = context

    def next(self) -> None:
        """Switch to the next order."""
        view = self._context.view
        self._set(view.shown_order.next(with_text=view.has_text))

    def choose(self) -> None:
        """Choose from the orders that apply."""
        from newsreader.ui.dialogs.chooser import Choice, ChooserScreen

        view = self._context.view
        orders = Order.offered(with_text=view.has_text)
        choices = [Choice(order, order.meaning) for order in orders]
        self._context.push(
            ChooserScreen("Order", choices, orders.index(view.shown_order)),
            lambda index: None if index is None else self._set(orders[index]),
        )

    def explain(self, record_id: int | None) -> None:
        """Explain why a record ranks where it does."""
        if record_id is None:
            self._context.tell("There is no story to explain.")
        else:
            self._context.client.explain(self._context.view, record_id)

    @handles(Explained)
    def show_explanation(self, answer: Explained) -> None:
        """Show the explanation of a rank."""
        from newsreader.ui.dialogs.explain import ExplainScreen

        if answer.explanation is None:
            self._context.tell("This record is gone from the corpus.")
        else:
            self._context.push(ExplainScreen(answer.explanation, answer.view))

    def _set(self, order: Order) -> None:
        view, words = reordered(self._context.view, order)
        self._context.show_view(view)
        self._context.tell(words)
