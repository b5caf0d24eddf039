"""A line of tags, completed from those that are in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from newsreader.domain.tags import complete_tag, with_completion
from newsreader.render.cells import fit
from newsreader.ui.dialogs.prompt import PromptScreen

_WIDTH = 70
"""Cells for the completions."""


class TagsScreen(PromptScreen):
    """Edits tags; the answer is the line, or None.

    Args:
        subject: What is tagged.
        text: The tags so far.
        known: The tags in use.

    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", show=False, priority=True)]

    def __init__(self, subject: str, text: str, known: Sequence[str]) -> None:
        super().__init__("Tags", text, about=subject)
        self._known = known

    def on_mount(self) -> None:
        """Put the cursor behind the tags, and offer others."""
        entry = self.query_one(Input)
        entry.select_on_focus = False
        entry.focus()
        entry.cursor_position = len(entry.value)
        self.query_one("#refusal", Static).update(self.remark(entry.value))

    def remark(self, text: str) -> Content:
        """Return the completions of a line of text."""
        offered = complete_tag(text, self._known)
        return Content.assemble(("tab ", "bold"), fit("  ".join(offered), _WIDTH)) if offered else Content("")

    def action_complete(self) -> None:
        """Insert the first completion."""
        entry = self.query_one(Input)
        if offered := complete_tag(entry.value, self._known):
            entry.value = with_completion(entry.value, offered[0])
            entry.cursor_position = len(entry.value)
