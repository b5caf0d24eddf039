"""Trends over the main screen: each week that is looked at narrows the list below."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.view import View
from newsreader.render.glyphs import glyphs_for

if TYPE_CHECKING:
    from newsreader.ui.controllers.context import ScreenContext
    from newsreader.ui.dialogs.trends import TrendsChoice


class WeekFilter(NamedTuple):
    """What the list shows because a week was chosen, that week, and what it showed before."""

    view: View
    week: int | None
    before: View


class TrendsController:
    """Opens the trends, and remembers the week that was chosen in them."""

    def __init__(self, context: ScreenContext, go_to: Callable[[int], None]) -> None:
        self._context = context
        self._glyphs = glyphs_for(context.settings.glyphs, os.environ)
        self._go_to = go_to
        self._narrowing: WeekFilter | None = None

    def open(self) -> None:
        """Show the trends of the list: of all weeks, if it shows a week that was chosen in them."""
        from newsreader.ui.dialogs.trends import TrendsScreen

        shown = self._context.view
        known = self._narrowing
        if known is None or known.view != shown:
            known = WeekFilter(shown, None, shown)

        def narrow(view: View, week: int | None) -> None:
            self._narrowing = WeekFilter(view, week, known.before)
            self._context.show_view(view)

        def leave(outcome: TrendsChoice | None) -> None:
            if outcome is None:
                self._narrowing = known
                self._context.show_view(shown)
            else:
                self._context.show_view(outcome.view)
                if outcome.record_id is not None:
                    self._go_to(outcome.record_id)

        screen = TrendsScreen(self._context.library, known.before, known.week, self._glyphs, narrow)
        self._context.push(screen, leave)
