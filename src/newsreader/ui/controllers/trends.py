"""Trends over the main screen: each week that is looked at narrows the list below."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.setting_values import GlyphSet
from newsreader.domain.view import View
from newsreader.library import Library
from newsreader.render.glyphs import glyphs_for

if TYPE_CHECKING:
    from textual.screen import Screen

    from newsreader.ui.dialogs.trends import TrendsChoice


class WeekFilter(NamedTuple):
    """What the list shows because a week was chosen, that week, and what it showed before."""

    view: View
    week: int | None
    before: View


class TrendsController:
    """Opens the trends, and remembers the week that was chosen in them.

    Args:
        screen: Over it they are shown.
        library: Counts.
        glyphs: What bars are drawn with.
        view: Gives what the list shows.
        show: Shows something else, with the cursor on a record if one is given.

    """

    def __init__(
        self,
        screen: Screen[None],
        library: Library,
        glyphs: GlyphSet,
        *,
        view: Callable[[], View],
        show: Callable[[View, int | None], None],
    ) -> None:
        self._screen = screen
        self._library = library
        self._glyphs = glyphs_for(glyphs, os.environ)
        self._view = view
        self._show = show
        self._narrowing: WeekFilter | None = None

    def open(self) -> None:
        """Show the trends of the list: of all weeks, if it shows a week that was chosen in them."""
        from newsreader.ui.dialogs.trends import TrendsScreen

        shown = self._view()
        known = self._narrowing
        if known is None or known.view != shown:
            known = WeekFilter(shown, None, shown)

        def narrow(view: View, week: int | None) -> None:
            self._narrowing = WeekFilter(view, week, known.before)
            self._show(view, None)

        def leave(outcome: TrendsChoice | None) -> None:
            if outcome is None:
                self._narrowing = known
                self._show(shown, None)
            else:
                self._show(*outcome)

        screen = TrendsScreen(self._library, known.before, known.week, self._glyphs, narrow)
        self._screen.app.push_screen(screen, leave)
