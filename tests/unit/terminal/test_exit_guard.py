"""An exit that takes too long is cut short."""

from __future__ import annotations

from queue import SimpleQueue

from newsreader.ui.terminal.exit_guard import ExitGuard

PATIENCE = 60.0


def test_it_restores_reports_and_leaves_once_with_the_first_status() -> None:
    done: SimpleQueue[object] = SimpleQueue()
    guard = ExitGuard(timeout=0.01, leave=done.put)
    guard.restore = lambda: done.put("restored")
    guard.report = lambda: done.put("reported")
    guard.start(3)
    guard.start(4)
    assert [done.get(timeout=PATIENCE) for _ in range(3)] == ["restored", "reported", 3]
    assert done.empty()


def test_failures_at_the_end_do_not_keep_the_process() -> None:
    def fail() -> None:
        raise OSError("the terminal is gone")

    done: SimpleQueue[object] = SimpleQueue()
    guard = ExitGuard(timeout=0.01, leave=done.put)
    guard.restore = guard.report = fail
    guard.start()
    assert done.get(timeout=PATIENCE) == 0
