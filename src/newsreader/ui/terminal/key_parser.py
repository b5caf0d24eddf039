"""Turn tokens of terminal input into Textual's events."""

from __future__ import annotations

from typing import Final

from textual._xterm_parser import XTermParser
from textual.events import Paste as PasteEvent
from textual.message import Message

from newsreader.ui.messages import BackgroundReported
from newsreader.ui.terminal.reports import is_dark, normalize
from newsreader.ui.terminal.sequence_filter import Background, Chord, Paste, Text, Token

FLOOD: Final = 64
"""Characters that arrive at once and are therefore pasted, whether the terminal says so or not."""

MAX_REPEATED: Final = 1024
"""Equal characters that may arrive at once from a key that is held down."""

_CONTROLS: Final = {code: None for code in (*range(32), *range(127, 160)) if chr(code) not in "\t\n\r"}
"""Control characters, which must not reach the screen with a pasted text."""


class KeyParser(XTermParser):
    """Textual's parser, fed with one complete sequence at a time.

    A sequence that it does not know, or that it fails on, is dropped.
    """

    def events(self, token: Token) -> list[Message]:
        """Return what a token means."""
        if isinstance(token, Paste):
            return [_paste(token.text)]
        if isinstance(token, Background):
            dark = is_dark(token.colour)
            return [] if dark is None else [BackgroundReported(dark)]
        if isinstance(token, Text):
            return self._typed(token.text)
        if isinstance(token, Chord):
            return self._parse(token.text, is_chord=True)
        known = normalize(token.text)
        if isinstance(known, Text):
            return self._typed(known.text)
        return [] if known is None else self._parse(known.text)

    def _typed(self, text: str) -> list[Message]:
        """Return a key for each character, or one paste for so many that nobody typed them."""
        if len(text) >= FLOOD and (len(set(text)) > 1 or len(text) > MAX_REPEATED):
            return [_paste(text)]
        return self._parse(text)

    def _parse(self, text: str, *, is_chord: bool = False) -> list[Message]:
        try:
            if text[0] != "\x1b":
                return list(self.feed(text))
            if len(text) > 1 and (list(self.feed(text[:-1])) or not self._is_waiting):
                return self._restart()  # it took the beginning for something else
            events = list(self.feed(text[-1]))
            if self._is_waiting and is_chord:
                self._timeout_time = 0.0
                events += self.tick()
            return self._restart(events) if self._is_waiting else events
        except Exception:  # noqa: BLE001 - whatever is wrong with a sequence, only that one is dropped
            return self._restart()

    @property
    def _is_waiting(self) -> bool:
        """Whether a sequence has begun; only inside of one the parser has a timeout."""
        return self._awaiting.timeout is not None

    def _restart(self, events: list[Message] | None = None) -> list[Message]:
        self._tokens.clear()
        self._timeout_time = None
        self._gen = self.parse(self._tokens.append)
        self._awaiting = next(self._gen)
        return events or []


def _paste(text: str) -> PasteEvent:
    return PasteEvent(text.translate(_CONTROLS))
