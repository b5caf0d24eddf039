"""What the controllers of the main screen share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.screen import Screen

from newsreader.domain.view import View

if TYPE_CHECKING:
    from textual.message import Message

    from newsreader.library import Library
    from newsreader.settings.model import Settings
    from newsreader.ui.widgets.status_line import StatusLine
    from newsreader.ui.workers.library_client import LibraryClient


class ViewScreen(Screen[None]):
    """What controllers need of the main screen besides Textual's own interface."""

    @property
    def view(self) -> View:
        """What the list shows, or is about to."""
        raise NotImplementedError

    def show_view(self, view: View) -> None:
        """Show other records, or the same ones in another order."""
        raise NotImplementedError


class ScreenContext(NamedTuple):
    """The main screen as its controllers see it.

    `screen` runs workers and timers, receives their messages, and is what dialogs are opened over. `client`
    queries the library in background threads.
    """

    screen: ViewScreen
    library: Library
    settings: Settings
    client: LibraryClient
    status: StatusLine

    @property
    def view(self) -> View:
        """What the list shows, or is about to."""
        return self.screen.view

    def show_view(self, view: View) -> None:
        """Show other records, or the same ones in another order."""
        self.screen.show_view(view)

    def tell(self, message: str) -> None:
        """Show a message on the status line."""
        self.status.show_message(message)

    def post(self, message: Message) -> None:
        """Post a message to the main screen. Safe from any thread."""
        self.screen.post_message(message)

    def run_in_thread(self, work: Callable[[], None], group: str) -> None:
        """Run `work` in a thread; an exception in it does not end the program."""
        self.screen.run_worker(work, thread=True, group=group, exit_on_error=False)

    def push(self, dialog: Screen[Any], on_result: Callable[[Any], None] | None = None) -> None:
        """Open a dialog; `on_result` is called with its result, None if it was cancelled."""
        self.screen.app.push_screen(dialog, on_result)

    @property
    def is_uncovered(self) -> bool:
        """Whether no dialog lies over the main screen."""
        return self.screen.app.screen is self.screen
