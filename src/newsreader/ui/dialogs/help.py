"""The keys that are in force and what they do, and the language of the filter; searched by typing."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from newsreader.keymap.actions import Group
from newsreader.keymap.active import keymap
from newsreader.keymap.help_content import HelpEntry, HelpSection, help_sections, search
from newsreader.ui.keys.bindings import lend
from newsreader.ui.panes import Pane
from newsreader.ui.widgets.help_view import HelpView
from newsreader.ui.widgets.line_input import LineInput

_GROUPS_OF: dict[Pane, tuple[Group, ...]] = {
    Pane.TOPICS: (Group.SEARCHES,),
    Pane.LIST: (Group.LIST, Group.MARKS),
    Pane.STORY: (Group.STORY,),
}
"""What a reader in a pane is most likely to look for."""


class HelpScreen(ModalScreen[None]):
    """The help. Typing narrows it; `esc` clears the search, then closes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "step_back", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        # Those of them that are letters go into the search.
        lend(self, "dismiss", "help")
        lend(self, "step_back", "step_back")
        lend(self, "scroll(1)", "cursor_down")
        lend(self, "scroll(-1)", "cursor_up")
        lend(self, "page(1)", "page_down", "half_page_down")
        lend(self, "page(-1)", "page_up", "half_page_up")
        self._sections = help_sections(keymap(), f"In this pane: {pane}", _GROUPS_OF[pane])
        self._view = HelpView(self._sections)

    def compose(self) -> ComposeResult:
        """The search, and the help below it."""
        with Vertical(id="help") as frame:
            frame.border_title = Content("Keys")
            yield LineInput(placeholder="Type to search: a key, or what it does", compact=True)
            yield self._view
            yield Static(Content("↑ ↓: scroll · esc: back"), classes="hint")

    def on_mount(self) -> None:
        """Let letters search."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def search(self, event: Input.Changed) -> None:
        """Show what matches the words that were typed."""
        event.stop()
        self._view.show(search(self._sections, event.value) or _nothing(event.value))

    @on(Input.Submitted)
    def close(self, event: Input.Submitted) -> None:
        """Close the help."""
        event.stop()
        self.dismiss()

    def action_step_back(self) -> None:
        """Clear the search, or close where there is none."""
        entry = self.query_one(Input)
        if entry.value:
            entry.value = ""
        else:
            self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self._view.scroll_to_line(self._view.scroll_offset.y + lines)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self.action_scroll(pages * self._view.rows_per_page)


def _nothing(text: str) -> tuple[HelpSection, ...]:
    return (HelpSection("", (HelpEntry((), f"Nothing matches “{text.strip()}”. Esc clears the search."),)),)
