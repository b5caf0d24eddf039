"""Reading from a descriptor in a thread."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Thread

import pytest
from textual.events import Key, Paste
from textual.message import Message

from newsreader.ui.terminal.input_reader import InputReader

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes cannot be selected there")

PATIENCE = 60.0


@contextmanager
def _reading() -> Iterator[tuple[int, SimpleQueue[Message | None], Callable[[], None]]]:
    """The writing end, what arrives (None for the end), and what stops the reader."""
    read, write = os.pipe()
    arrived: SimpleQueue[Message | None] = SimpleQueue()
    reader = InputReader(read, arrived.put, lambda: arrived.put(None))
    thread = Thread(target=reader.run)
    thread.start()

    def stop() -> None:
        reader.stop()
        thread.join(PATIENCE)
        assert not thread.is_alive()

    yield write, arrived, stop
    stop()
    os.close(read)


def _key(message: Message | None) -> str:
    assert isinstance(message, Key)
    return message.key


def test_keys_arrive_and_the_reader_stops_when_asked() -> None:
    with _reading() as (write, arrived, stop):
        os.write(write, b"j\x1b[A\xe9")
        assert [_key(arrived.get(timeout=PATIENCE)) for _ in range(2)] == ["j", "up"]
        os.write(write, b"\x1b")
        assert _key(arrived.get(timeout=PATIENCE)) not in ("escape", "j")  # the letter that is no UTF-8
        assert _key(arrived.get(timeout=PATIENCE)) == "escape"  # after its delay, though nothing follows
        stop()
        os.close(write)
    assert arrived.empty()


def test_the_end_of_the_input_is_reported_once() -> None:
    with _reading() as (write, arrived, _):
        os.close(write)
        assert arrived.get(timeout=PATIENCE) is None
    assert arrived.empty()


def test_a_descriptor_that_cannot_be_read_is_like_the_end() -> None:
    arrived: SimpleQueue[Message | None] = SimpleQueue()
    folder = os.open("/", os.O_RDONLY)  # always ready, never readable
    reader = InputReader(folder, arrived.put, lambda: arrived.put(None))
    reader.run()
    reader.stop()
    os.close(folder)
    assert arrived.get(timeout=PATIENCE) is None


def test_a_flood_arrives_in_one_piece() -> None:
    with _reading() as (write, arrived, _):
        os.write(write, b"some words " * 5000)
        paste = arrived.get(timeout=PATIENCE)
        assert isinstance(paste, Paste)
        assert len(paste.text) >= 1024
        os.close(write)
