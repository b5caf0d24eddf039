"""An error of the program's own: it ends in order, with a report and without a traceback on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from newsreader.ui.screens.main import MainScreen
from tests.builders import a_corpus
from tests.ui.harness import a_library, an_app, stories


def test_an_error_in_a_handler_ends_the_program_with_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: MainScreen) -> None:
        raise ZeroDivisionError("a secret of the reader's")

    monkeypatch.setattr(MainScreen, "action_help", broken)
    app = an_app(a_library(a_corpus(tmp_path, stories(2)), tmp_path / "cache"))

    async def press_the_key(pilot: Pilot[object]) -> None:
        await pilot.press("question_mark")

    app.run(headless=True, auto_pilot=press_the_key)
    assert "ZeroDivisionError: a secret of the reader's" in app.crash_report
    assert "in broken" in app.crash_report
    assert app.return_code == 1
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    assert "ZeroDivisionError" not in printed.out + printed.err


def test_an_orderly_end_leaves_no_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app = an_app(a_library(a_corpus(tmp_path, stories(2)), tmp_path / "cache"))

    async def press_the_key(pilot: Pilot[object]) -> None:
        await pilot.press("q")

    app.run(headless=True, auto_pilot=press_the_key)
    assert app.crash_report == ""
    assert app.return_code == 0
    printed = capsys.readouterr()
    assert printed.out + printed.err == ""
