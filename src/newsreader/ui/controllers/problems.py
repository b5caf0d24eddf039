"""The files that could not be read as they should: listed over the main screen, each a way to its story."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.ui.controllers.panes import PanesController
from newsreader.ui.controllers.story import StoryController
from newsreader.ui.message_router import handles
from newsreader.ui.messages import ProblemsRead
from newsreader.ui.panes import Pane

if TYPE_CHECKING:
    from newsreader.ui.controllers.context import ScreenContext


class ProblemsController:
    """Shows the problems of the corpus.

    Args:
        context: Of the main screen.
        stories: Shows the story of a file with a problem.
        panes: Brings that story into sight.

    """

    def __init__(self, context: ScreenContext, stories: StoryController, panes: PanesController) -> None:
        self._context = context
        self._stories = stories
        self._panes = panes

    @handles(ProblemsRead)
    def show(self, message: ProblemsRead) -> None:
        """List the problems; one that is chosen leads to its story."""
        from newsreader.ui.dialogs.problems import ProblemsScreen

        def show_record(record_id: int | None) -> None:
            if record_id is not None:
                self._stories.preview(record_id)
                self._stories.enter()
                self._panes.go_to(Pane.STORY)

        self._context.push(ProblemsScreen(message.problems), show_record)
