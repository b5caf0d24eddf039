"""The files that could not be read as they should: listed over the main screen, each a way to its story."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from newsreader.ui.controllers.panes import PanesController
from newsreader.ui.controllers.story import StoryController
from newsreader.ui.panes import Pane

if TYPE_CHECKING:
    from textual.screen import Screen

    from newsreader.domain.checks.problem import ListedProblem


class ProblemsController:
    """Shows the problems of the corpus.

    Args:
        screen: Over it they are listed.
        stories: Shows the story of a file with a problem.
        panes: Brings that story into sight.
        read: Reads the problems; the answer comes to `show`.

    """

    def __init__(
        self, screen: Screen[None], stories: StoryController, panes: PanesController, read: Callable[[], None]
    ) -> None:
        self._screen = screen
        self._stories = stories
        self._panes = panes
        self.ask = read
        """Reads the problems."""

    def show(self, problems: Sequence[ListedProblem]) -> None:
        """The problems were read."""
        from newsreader.ui.dialogs.problems import ProblemsScreen

        def show_record(record_id: int | None) -> None:
            if record_id is not None:
                self._stories.preview(record_id)
                self._stories.enter()
                self._panes.go_to(Pane.STORY)

        self._screen.app.push_screen(ProblemsScreen(problems), show_record)
