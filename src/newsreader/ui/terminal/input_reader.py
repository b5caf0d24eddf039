"""Read the terminal in a thread of its own, which sleeps until something arrives."""

from __future__ import annotations

import codecs
import os
import selectors
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from textual import constants
from textual.message import Message

from newsreader.ui.terminal.key_parser import KeyParser
from newsreader.ui.terminal.sequence_filter import SequenceFilter, Token

_ERRORS: Final = "newsreader.terminal"
_CSI_BYTE: Final = b"\x9b"
_CHUNK: Final = 65_536
_FLOOD: Final = 1024
"""Bytes in one read that are followed by more: what a paste brings, and no key."""
_MAX_FLOOD: Final = 1_000_000


def decoder() -> codecs.IncrementalDecoder:
    """Return a decoder for what terminals send: UTF-8 with replacement, except for the 8-bit form of CSI."""
    codecs.register_error(_ERRORS, _replace)
    return codecs.getincrementaldecoder("utf-8")(_ERRORS)


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "\x9b" if wrong == _CSI_BYTE else "\ufffd", error.end


class InputReader:
    """Reads one terminal until it is stopped, or the terminal is gone.

    Args:
        file: The descriptor of the terminal.
        handle: Called with every event, in the thread that runs `run`.
        on_gone: Called once at the end of the input, or when it cannot be read any more.
        debug: Whether Textual keeps a log of the keys.

    """

    def __init__(
        self,
        file: int,
        handle: Callable[[Message], None],
        on_gone: Callable[[], None],
        *,
        debug: bool = False,
    ) -> None:
        self._file = file
        self._handle = handle
        self._on_gone = on_gone
        self._parser = KeyParser(debug)
        self._filter = SequenceFilter(constants.ESCAPE_DELAY)
        self._decoder = decoder()
        self._wake_read, self._wake_write = os.pipe()

    def run(self) -> None:
        """Read until `stop`."""
        with selectors.SelectSelector() as selector:  # the only kind that knows terminals on macOS
            try:
                selector.register(self._wake_read, selectors.EVENT_READ)
                selector.register(self._file, selectors.EVENT_READ)
                while self._read_once(selector):
                    pass
            except OSError:
                self._on_gone()
            finally:
                os.close(self._wake_read)

    def stop(self) -> None:
        """End `run`, from any thread."""
        file, self._wake_write = self._wake_write, -1
        if file >= 0:
            with suppress(BrokenPipeError):  # `run` is over
                os.write(file, b"!")
            os.close(file)

    def _read_once(self, selector: selectors.BaseSelector) -> bool:
        """Handle input or a timeout; return False at the end of the input."""
        ready = [key.fd for key, _ in selector.select(self._filter.timeout)]
        if self._wake_read in ready:
            return False
        if not ready:
            self._deliver(self._filter.expire())
            return True
        data = self._available()
        if not data:
            self._on_gone()
            return False
        self._deliver(self._filter.feed(self._decoder.decode(data)))
        return True

    def _available(self) -> bytes:
        """Return what can be read now: in one piece, if it is a flood."""
        data = chunk = os.read(self._file, _CHUNK)
        while len(chunk) >= _FLOOD and len(data) < _MAX_FLOOD and self._has_more():
            chunk = os.read(self._file, _CHUNK)
            data += chunk
        return data

    def _has_more(self) -> bool:
        with selectors.SelectSelector() as selector:
            selector.register(self._file, selectors.EVENT_READ)
            return bool(selector.select(0))

    def _deliver(self, tokens: list[Token]) -> None:
        for token in tokens:
            for event in self._parser.events(token):
                self._handle(event)
