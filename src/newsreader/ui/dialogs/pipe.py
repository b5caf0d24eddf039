"""A line for a command that reads the story."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from newsreader.domain.external_command import StoryForm
from newsreader.ui.dialogs.prompt import PromptScreen


class PipeScreen(PromptScreen):
    """Asks for a command; the answer is the line, or None. `form` is what the command is to read.

    Args:
        subject: The story.
        text: The command to begin with.
        form: The form to begin with.
        refuse: Says what is wrong with a command; empty where nothing is.

    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "next_form", show=False, priority=True)]

    def __init__(self, subject: str, text: str, form: StoryForm, refuse: Callable[[str], str]) -> None:
        super().__init__("Pipe the story to a command", text, about=subject, refuse=refuse)
        self.form = form

    def on_mount(self) -> None:
        """Name the form."""
        self.query_one("#refusal", Static).update(self.remark(self.query_one(Input).value))

    def remark(self, text: str) -> Content:
        """Return what is wrong with the command, or what it reads."""
        mistake = self._refuse(text) if text.strip() else ""
        return Content(mistake) if mistake else Content.assemble(("tab ", "bold"), f"as {self.form}")

    def action_next_form(self) -> None:
        """Choose the next form."""
        forms = list(StoryForm)
        self.form = forms[(forms.index(self.form) + 1) % len(forms)]
        self.on_mount()
