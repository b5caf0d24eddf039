"""Stories folded into one row, and unfolded in place."""

from __future__ import annotations

from collections.abc import Callable

from newsreader.domain.view import View
from newsreader.ui.list_desk import ListDesk


class FoldDesk:
    """Folds and unfolds stories in the list.

    Args:
        rows: What the list shows.
        show: Shows something else.
        tell: Says something to the reader.

    """

    def __init__(self, rows: ListDesk, show: Callable[[View], None], tell: Callable[[str], None]) -> None:
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
