"""The messages of this session, in full."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from newsreader.ui.keys.bindings import lend
from newsreader.ui.widgets.status_line import ShownMessage

NONE = "No message has been shown yet."


class MessagesScreen(ModalScreen[None]):
    """Lists messages of the status line, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", show=False)]

    def __init__(self, shown: Iterable[ShownMessage]) -> None:
        super().__init__()
        lend(self, "close", "quit", "step_back", "back", "pane_left", "messages")
        lines = [f"{_clock_time(message.at)}  {message.words}" for message in shown]
        self._text = "\n".join(reversed(lines)) or NONE

    def compose(self) -> ComposeResult:
        """Compose a frame with the messages."""
        with Vertical(id="messages") as frame:
            frame.border_title = Content("Messages")
            with VerticalScroll():
                yield Static(Content(self._text))
            yield Static(Content("esc: back"), classes="hint")

    def on_mount(self) -> None:
        """Let the keys scroll."""
        self.query_one(VerticalScroll).focus()

    def action_close(self) -> None:
        """Close the dialog."""
        self.dismiss()


def _clock_time(seconds: float) -> str:
    return time.strftime("%H:%M:%S", time.localtime(seconds))
