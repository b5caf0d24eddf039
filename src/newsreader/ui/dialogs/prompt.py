"""Dialogs that ask for a line of text."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from newsreader.ui.widgets.line_input import LineInput


class PromptScreen(ModalScreen[str | None]):
    """Asks for a line of text; the answer is that line, or None.

    Args:
        title: What is asked for.
        text: What stands there to begin with.
        about: What it is for.
        refuse: Says what is wrong with a text; empty where nothing is.

    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    def __init__(
        self, title: str, text: str, *, about: str = "", refuse: Callable[[str], str] = lambda _: ""
    ) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._about = about
        self._refuse = refuse

    def compose(self) -> ComposeResult:
        """A frame with the line and words on how to use it."""
        with Vertical(id="prompt") as frame:
            frame.border_title = Content(self._title)
            if self._about:
                yield Static(Content(self._about), classes="about")
            yield LineInput(self._text, compact=True)
            yield Static(id="refusal")
            yield Static(Content("enter: accept · esc: cancel"), classes="hint")

    @on(Input.Changed)
    def check(self, event: Input.Changed) -> None:
        """Say at once what is wrong."""
        event.stop()
        self.query_one("#refusal", Static).update(self.remark(event.value))

    def remark(self, text: str) -> Content:
        """Return what stands below a line of text."""
        return Content(self._refuse(text))

    @on(Input.Submitted)
    def accept(self, event: Input.Submitted) -> None:
        """Answer with the line, unless something is wrong with it."""
        event.stop()
        if not self._refuse(event.value):
            self.dismiss(event.value)

    def action_cancel(self) -> None:
        """Answer with nothing."""
        self.dismiss(None)


class FindScreen(ModalScreen[str | None]):
    """Asks for words to find in a pane, at the lower edge; the answer is the text, or None for no search.

    Args:
        words: The initial text.
        placeholder: What the words are looked for in.
        find: Called with the text when it changes; returns what it finds, in words.

    """

    BINDINGS: ClassVar[list[BindingType]] = PromptScreen.BINDINGS

    def __init__(self, words: str, placeholder: str, find: Callable[[str], str]) -> None:
        super().__init__()
        self._words = words
        self._placeholder = placeholder
        self._find = find

    def compose(self) -> ComposeResult:
        """A prompt, the words, and how often they are there."""
        with Horizontal(id="find"):
            yield Static(Content("/"), id="find-prompt")
            yield LineInput(self._words, placeholder=self._placeholder, compact=True, id="find-input")
            yield Static(id="find-count")

    @on(Input.Changed)
    def search(self, event: Input.Changed) -> None:
        """Find what has been typed so far."""
        event.stop()
        found = self._find(event.value)
        self.query_one("#find-count", Static).update(Content(found if event.value.strip() else ""))

    @on(Input.Submitted)
    def accept(self, event: Input.Submitted) -> None:
        """Answer with the words."""
        event.stop()
        self.dismiss(event.value)

    def action_cancel(self) -> None:
        """`esc` ends the search."""
        self.dismiss(None)
