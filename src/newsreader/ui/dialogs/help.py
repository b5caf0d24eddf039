"""The keys that are in force and what they do, and the language of the filter; searched by typing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from newsreader.domain.query.fields import FIELDS
from newsreader.keymap.actions import ACTIONS, BY_ID, Action, Group
from newsreader.keymap.active import keymap
from newsreader.ui.keys.bindings import lend
from newsreader.ui.panes import Pane
from newsreader.ui.widgets.line_input import LineInput

_ABOUT = (
    "▲ is how hot a story is, +n how many other reports of it there are. Click selects, double click opens, "
    "the wheel scrolls. Keys are yours to change: newsreader config --init writes a file that lists them."
)

_FILTER = (
    "A filter narrows the list as you type: several words must all be there, “quotes” make a phrase, the "
    "word being typed matches as a beginning. -word excludes, OR or | offers alternatives, and "
    "parentheses group. tab completes. Ages are counted from the newest record."
)

_AT_HOME: dict[Pane, tuple[Group, ...]] = {
    Pane.TOPICS: (Group.SEARCHES,),
    Pane.LIST: (Group.LIST, Group.MARKS),
    Pane.STORY: (Group.STORY,),
}
"""What a reader in a pane is most likely to look for."""

_NO_KEY = "palette"


class HelpScreen(ModalScreen[None]):
    """The help. What is typed narrows it; `esc` takes that back, then closes it.

    Args:
        pane: Where the reader was; what belongs there comes first.

    """

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
        self._pane = pane

    def compose(self) -> ComposeResult:
        """The search, and a block for each group of actions."""
        with Vertical(id="help") as frame:
            frame.border_title = Content("Keys")
            yield LineInput(placeholder="type to search: a key, or what it does", compact=True)
            with VerticalScroll(can_focus=False):
                yield Static(Content(_ABOUT), classes="about")
                for title, actions in _sections(self._pane):
                    with _Section(title):
                        for action in actions:
                            keys = keymap().shown_keys(action.id) or _NO_KEY
                            yield _Line(keys, keymap().help_of(action), f"{action.label} {action.id}")
                with _Section("Filter"):
                    yield Static(Content(_FILTER), classes="about")
                    for field in FIELDS.values():
                        yield _Line(field.example, field.meaning)
                yield Static(Content("Nothing here has these words."), classes="about -nothing")
            yield Static(Content("type to search · ↑ ↓ scroll · esc goes back"), classes="hint")

    def on_mount(self) -> None:
        """Let letters search."""
        self._narrow("")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def search(self, event: Input.Changed) -> None:
        """Show what has the words that were typed."""
        event.stop()
        self._narrow(event.value)
        self.query_one(VerticalScroll).scroll_home(animate=False)

    @on(Input.Submitted)
    def close(self, event: Input.Submitted) -> None:
        """`enter` closes the help."""
        event.stop()
        self.dismiss()

    def action_step_back(self) -> None:
        """Take the search back, then close."""
        entry = self.query_one(Input)
        if entry.value:
            entry.value = ""
        else:
            self.dismiss()

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        area = self.query_one(VerticalScroll)
        area.scroll_relative(y=pages * max(1, area.size.height - 1), animate=False)

    def _narrow(self, text: str) -> None:
        """Show the lines that match, with the titles above them; all of them where nothing was typed."""
        terms = text.split()
        for line in self.query(_Line):
            line.display = line.matches(terms)
        for section in self.query(_Section):
            section.display = any(line.display for line in section.query(_Line))
        for about in self.query(".about"):
            about.display = not terms
        self.query_one(".-nothing").display = not any(section.display for section in self.query(_Section))


class _Section(Vertical):
    """A title and the lines below it."""

    def __init__(self, title: str) -> None:
        super().__init__(Static(Content(title), classes="group"), classes="section")


class _Line(Horizontal):
    """Something to press or to type, and what it does; `also` is found, but not shown."""

    def __init__(self, left: str, right: str, also: str = "") -> None:
        shown = (Static(Content(left), classes="keys"), Static(Content(right), classes="meaning"))
        super().__init__(*shown, classes="action")
        self._keys = left.split("  ")
        searched = f"{right} {also}".casefold()
        self._words = [*re.findall(r"[^\W_]+", searched), *also.casefold().split()]

    def matches(self, terms: list[str]) -> bool:
        """Whether each term is a key, or a word or its beginning."""
        return all(self._has(term) for term in terms) or " ".join(terms) in self._keys

    def _has(self, term: str) -> bool:
        folded = term.casefold()
        is_key = any(key == term or (len(term) > 1 and folded in key.casefold()) for key in self._keys)
        return is_key or any(word.startswith(folded) for word in self._words)


def _sections(pane: Pane) -> Iterator[tuple[str, list[Action]]]:
    """Titles and actions: first what belongs to the pane, then the rest, each action once."""
    at_home = _AT_HOME[pane]
    here = [action for action in ACTIONS if action.group in at_home]
    yield f"In this pane: {pane}", [BY_ID["activate"], *here]
    for group in Group:
        if group not in at_home:
            yield group, [action for action in ACTIONS if action.group is group and action.id != "activate"]
