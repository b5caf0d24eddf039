"""The line in which the filter is typed, and below it what is wrong with it or how it may go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.highlighter import Highlighter
from rich.style import Style
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from newsreader.domain.query import QueryError
from newsreader.domain.query.completion import Completion
from newsreader.render.cells import fit
from newsreader.state.filter_history import FilterHistory
from newsreader.ui.widgets.line_input import LineInput

Completer = Callable[[str, int], Sequence[Completion]]


class _Marker(Highlighter):
    """Marks one part of a text; none where `end` is 0."""

    def __init__(self) -> None:
        self.start = self.end = 0
        self.style = Style()

    def highlight(self, text: Text) -> None:
        """Mark the part."""
        text.stylize(self.style, self.start, self.end)


class FilterBar(Vertical):
    """A prompt and an input; open while it is typed into, and in sight while it narrows the list."""

    class Changed(Message):
        """The text of the filter changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

        def can_replace(self, message: Message) -> bool:
            """Only the newest text matters."""
            return isinstance(message, FilterBar.Changed)

    class Accepted(Message):
        """The filter is to stay; the reader wants the list."""

    class Moved(Message):
        """The reader wants to move in the list while typing."""

        def __init__(self, direction: int) -> None:
            super().__init__()
            self.direction = direction

    COMPONENT_CLASSES: ClassVar[set[str]] = {"filter-bar--wrong"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "newer", show=False),
        Binding("up", "older", show=False),
        Binding("tab", "complete", show=False),
    ]

    def __init__(self, history: FilterHistory, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._history = history
        self._moved = 0
        self._completer: Completer = lambda _text, _cursor: ()
        self._offered: Sequence[Completion] = ()
        self._error: QueryError | None = None
        self._marker = _Marker()

    def compose(self) -> ComposeResult:
        """Prompt and input, and a line below them for words about the text."""
        with Horizontal(id="filter-line"):
            yield Static(Content("/"), id="filter-prompt")
            yield LineInput(
                placeholder="words, or a “phrase”, or topic:nlp quality>=90",
                compact=True,
                id="filter-input",
                highlighter=self._marker,
                select_on_focus=False,
            )
        yield Static(id="filter-note")

    @property
    def text(self) -> str:
        """What has been typed."""
        return self.query_one(Input).value

    @property
    def error(self) -> QueryError | None:
        """What is wrong with the text."""
        return self._error

    def open(self) -> None:
        """Show the bar and type into it."""
        self.display = True
        self.query_one(Input).focus()

    def set_text(self, text: str) -> None:
        """Put a text in without telling anyone."""
        entry = self.query_one(Input)
        with self.prevent(Input.Changed):
            entry.value = text
            entry.cursor_position = len(text)
        self.show_error(None)
        self.display = bool(text) or entry.has_focus

    def complete_with(self, completer: Completer) -> None:
        """Set the function that completes a text."""
        self._completer = completer

    def show_error(self, error: QueryError | None) -> None:
        """Mark what is wrong with the text and say what is; None where nothing is."""
        self._error = error
        self._marker.start, self._marker.end = (error.start, error.end) if error else (0, 0)
        self._marker.style = self.get_component_rich_style("filter-bar--wrong", partial=True)
        self.set_class(error is not None, "-error")
        self.query_one(Input).refresh()
        self._show_note()

    @on(events.DescendantBlur)
    def hide_if_empty(self) -> None:
        """Without text the bar is in sight only while it is typed into."""
        # Nothing has the focus while the terminal itself is in the background.
        if self.screen.focused is not None:
            self._show_note()
            if not self.text:
                self.display = False

    @on(events.DescendantFocus)
    def show_note(self) -> None:
        """Show completions again."""
        self._show_note()

    @on(Input.Changed)
    def post_change(self, event: Input.Changed) -> None:
        """Pass a change on as this bar's own message."""
        event.stop()
        self._moved = 0
        self.post_message(self.Changed(event.value))

    @on(Input.Submitted)
    def accept(self, event: Input.Submitted) -> None:
        """`enter` keeps the filter."""
        event.stop()
        if self._error is None:
            self._history.add(event.value)
        self.post_message(self.Accepted())

    def action_older(self) -> None:
        """Move back up in the list; from where typing began, recall an older filter."""
        text = None if self._moved else self._history.older(self.text)
        self._recall(text, -1)

    def action_newer(self) -> None:
        """Recall a newer filter; at the newest, move down in the list without leaving the input."""
        self._recall(self._history.newer(self.text), 1)

    def _recall(self, text: str | None, direction: int) -> None:
        if text is None:
            self._moved = max(0, self._moved + direction)
            self.post_message(self.Moved(direction))
        else:
            entry = self.query_one(Input)
            entry.value = text
            entry.cursor_position = len(text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where nothing can be completed the key means what it means elsewhere."""
        return bool(self._offered) if action == "complete" else super().check_action(action, parameters)

    def action_complete(self) -> None:
        """Insert the first completion."""
        entry, chosen = self.query_one(Input), self._offered[0]
        rest = entry.value[entry.cursor_position :]
        entry.value = entry.value[: chosen.start] + chosen.text + rest
        entry.cursor_position = chosen.start + len(chosen.text)

    def _show_note(self) -> None:
        entry, note = self.query_one(Input), self.query_one("#filter-note", Static)
        is_typing = entry.has_focus
        self._offered = self._completer(entry.value, entry.cursor_position) if is_typing else ()
        width = max(10, self.size.width - 2)
        if self._offered:
            labels = "  ".join(completion.label for completion in self._offered)
            note.update(Content.assemble(("tab ", "bold"), fit(labels, width - 4)))
        elif self._error is not None:
            note.update(Content(fit(str(self._error), width)))
        note.display = bool(self._offered) or self._error is not None
