"""All keys and what they do, and the language of the filter, made from their registries."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from newsreader.domain.query.fields import FIELDS
from newsreader.ui.keys import ACTIONS, Group

_ABOUT = (
    "▲ is how hot a story is, +n how many other reports of it there are. Click selects, double click opens, "
    "the wheel scrolls."
)

_FILTER = (
    "A filter narrows the list as you type: several words must all be there, “quotes” make a phrase, the "
    "word being typed matches as a beginning. -word excludes, OR or | offers alternatives, and "
    "parentheses group. tab completes. Ages are counted from the newest record."
)


class HelpScreen(ModalScreen[None]):
    """The help; any of its keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1,enter,backspace", "dismiss", show=False),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
        Binding("space", "scroll(10)", show=False),
    ]

    def compose(self) -> ComposeResult:
        """One block for each group of actions."""
        with Vertical(id="help") as frame:
            frame.border_title = Content("Keys")
            with VerticalScroll():
                yield Static(Content(_ABOUT), classes="about")
                for group in Group:
                    yield Static(Content(group), classes="group")
                    for action in ACTIONS:
                        if action.group is group:
                            yield _line(action.shown_keys, action.help)
                yield Static(Content("Filter"), classes="group")
                yield Static(Content(_FILTER), classes="about")
                for field in FIELDS.values():
                    yield _line(field.example, field.meaning)
            yield Static(Content("j k scroll · esc goes back"), classes="hint")

    def on_mount(self) -> None:
        """Let the keys scroll."""
        self.query_one(VerticalScroll).focus()

    def action_scroll(self, lines: int) -> None:
        """Scroll by lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def _line(left: str, right: str) -> Horizontal:
    """Something to type, and what it does."""
    return Horizontal(
        Static(Content(left), classes="keys"), Static(Content(right), classes="meaning"), classes="action"
    )
