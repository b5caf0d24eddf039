"""A terminal that is gone ends the program; one that is there, or was never there, does not."""

from __future__ import annotations

import os
import select
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsreader.app import terminal_loss
from newsreader.app.terminal_loss import HUNG_UP, end_with_terminal, watch

pytestmark = pytest.mark.skipif(not hasattr(select, "poll"), reason="the system cannot wait for a hangup")


@pytest.fixture
def pair() -> Iterator[tuple[int, int]]:
    """Both ends of a pseudo-terminal; the test closes the first."""
    master, terminal = os.openpty()
    yield master, terminal
    os.close(terminal)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, object]]:
    """What would be watched."""
    found: list[tuple[int, object]] = []

    class Watching(threading.Thread):
        def start(self) -> None:
            found.append(self._args)  # type: ignore[attr-defined]

    monkeypatch.setattr(terminal_loss, "Thread", Watching)
    return found


def test_a_closed_terminal_is_noticed(pair: tuple[int, int]) -> None:
    master, terminal = pair
    ended = threading.Event()
    watching = threading.Thread(target=watch, args=(terminal, ended.set))
    watching.start()
    assert not ended.is_set()
    os.close(master)
    watching.join()
    assert ended.is_set()


def test_a_descriptor_that_was_closed_is_no_lost_terminal(tmp_path: Path) -> None:
    ended = threading.Event()
    with (tmp_path / "file").open("wb") as file:
        number = file.fileno()
    watch(number, ended.set)
    assert not ended.is_set()


def test_the_first_terminal_of_the_standard_streams_is_watched(
    started: list[tuple[int, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_terminal(descriptor: int) -> bool:
        if descriptor == 0:
            raise OSError
        return descriptor == 2

    monkeypatch.setattr(os, "isatty", is_terminal)
    end_with_terminal()
    assert [descriptor for descriptor, _ in started] == [2]


def test_a_process_without_a_terminal_goes_on(
    started: list[tuple[int, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "isatty", lambda _: False)
    end_with_terminal()
    assert not started


def test_the_program_is_interrupted_then_ended(
    started: list[tuple[int, object]], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[object] = []
    monkeypatch.setattr(os, "isatty", lambda _: True)
    end_with_terminal()
    monkeypatch.setattr(os, "kill", lambda pid, number: done.append((pid, number)))
    monkeypatch.setattr(os, "_exit", done.append)
    monkeypatch.setattr(terminal_loss, "GRACE", 0)
    _, end = started[0]
    assert callable(end)
    end()
    assert done == [(os.getpid(), signal.SIGINT), HUNG_UP]
