"""The bar at the bottom: hints or a message, and the place in the list."""

from __future__ import annotations

import time
from collections import deque
from typing import ClassVar, NamedTuple

from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from newsreader.domain.view import Scope
from newsreader.keymap.action import Action
from newsreader.keymap.actions import FOOTER
from newsreader.keymap.active import keymap
from newsreader.render.cells import cell_len, fit, pad, steady, wrap
from newsreader.render.headline_row import Span
from newsreader.ui.style.painter import StylePainter

SAID_FOR = 8.0
"""Seconds that a message stays."""

LOGGED = 100
"""Number of messages that can be read again."""

LAST_TO_GO = frozenset({"help", "quit"})
"""Actions whose hints stay on the narrowest screens."""


class ShownMessage(NamedTuple):
    """A message, and when it was shown, in seconds since 1970 UTC."""

    at: float
    words: str


def hint_label(action: Action, *, in_story: bool, scope: Scope) -> str:
    """Return the label of an action in the footer: what its key would do now."""
    if action.id == "filter" and in_story:
        return "find"
    return scope.other().value if action.id == "toggle_scope" else action.label


class StatusLine(Widget):
    """Shows pending keys, else a message, fetching, progress or hints; and always the place."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status-line--key",
        "status-line--fetching",
        "status-line--hint",
        "status-line--message",
        "status-line--place",
        "status-line--progress",
    }

    waiting_keys: reactive[str] = reactive("")
    """The keys of a sequence that was begun, and how it may go on."""

    message: reactive[str] = reactive("")
    """Words about the last key, until the next one."""

    fetching: reactive[str] = reactive("")
    """What is fetched from the network, and how that is stopped."""

    progress: reactive[str] = reactive("")
    """What goes on in the background."""

    place: reactive[str] = reactive("")
    """The place in the list, the order and the filter, in words."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.painter = StylePainter(self)
        self.shown: deque[ShownMessage] = deque(maxlen=LOGGED)
        """The last messages, the newest last."""
        self._hints: list[tuple[Action, str, str]] = []
        self.show_hints(in_story=False, scope=Scope.FRONT)
        self._silence: Timer | None = None

    def show_message(self, words: str) -> None:
        """Show a message for a while."""
        self.message = words
        if words:
            self.shown.append(ShownMessage(time.time(), words))
        if self._silence is not None:
            self._silence.stop()
        self._silence = self.set_timer(SAID_FOR, self.clear_message)

    def show_hints(self, *, in_story: bool, scope: Scope) -> None:
        """Show what the keys do where the focus is."""
        # The keymap is in force before the first widget is made.
        actions = sorted((*FOOTER, *keymap().own), key=lambda action: action.footer)
        keys = ((action, keymap().shown_key(action.id)) for action in actions)
        labels = {action: hint_label(action, in_story=in_story, scope=scope) for action in actions}
        hints = [(action, key, f" {labels[action]} ") for action, key in keys if key]
        if hints != self._hints:
            self._hints = hints
            self.refresh()

    def clear_message(self) -> None:
        """Clear the message."""
        self.message = ""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of a part of the bar."""
        self.painter.reset()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Both parts on one line, or, where the bar is two lines high, one below the other."""
        width = self.size.width
        if self.size.height == 1:
            return self._joined(width)
        said = steady(self._words)
        if said and cell_len(said) > width - 2:  # what has no room goes on beside the place
            _, end = wrap(said, width - 2)[0]
            if y == 0:
                return self.painter.paint((Span(" ", "blank"), Span(said[:end], self._role)), width)
            rest = said[end:].lstrip()
            place = fit(steady(self.place), max(width // 3, width - cell_len(rest) - 4))
            room = width - cell_len(place) - 4
            shown = pad(fit(rest, room), room)
            spans = Span(" ", "blank"), Span(shown, self._role), Span("  ", "blank"), Span(place, "place")
            return self.painter.paint(spans, width)
        if y == 0:
            return self.painter.paint(tuple(self._left(width - 1)), width)
        return self.painter.paint(
            (Span(" ", "blank"), Span(fit(steady(self.place), width - 2), "place")), width
        )

    def _joined(self, width: int) -> Strip:
        place = steady(self.place)
        said = self._words
        # A message may shorten the place to its position in the list; hints may not.
        position = cell_len(place.partition(" · ")[0])
        short = max(position, min(width // 3, max(width // 8, width - cell_len(steady(said)) - 4)))
        reserved = min(cell_len(place), short) if said else cell_len(place)
        left = self._left(max(0, width - reserved - 3))
        used = sum(cell_len(span.text) for span in left)
        place = fit(place, width - used - 2)
        gap = " " * max(0, width - used - cell_len(place) - 1)
        return self.painter.paint(
            (*left, Span(gap, "blank"), Span(place, "place"), Span(" ", "blank")), width
        )

    def _left(self, room: int) -> list[Span]:
        said = self._words
        return self._said(said, room) if said else self._shown_hints(room)

    @property
    def _words(self) -> str:
        return self.waiting_keys or self.message or self.fetching or self.progress

    def _said(self, said: str, room: int) -> list[Span]:
        return [Span(" ", "blank"), Span(fit(steady(said), room), self._role), Span("  ", "blank")]

    @property
    def _role(self) -> str:
        if self.waiting_keys or self.message:
            return "message"
        return "fetching" if self.fetching else "progress"

    def _shown_hints(self, room: int) -> list[Span]:
        """As many hints as fit, the most useful first; those that stay are given room before."""
        widths = [1 + cell_len(key) + cell_len(text) for _, key, text in self._hints]
        fitting: set[int] = set()
        for stays in (True, False):
            for index, (action, _, _) in enumerate(self._hints):
                if (action.id in LAST_TO_GO) is stays:
                    if widths[index] > room:
                        break
                    fitting.add(index)
                    room -= widths[index]
        spans: list[Span] = []
        for index in sorted(fitting):
            _, key, text = self._hints[index]
            spans += [Span(" ", "blank"), Span(key, "key"), Span(text, "hint")]
        return spans
