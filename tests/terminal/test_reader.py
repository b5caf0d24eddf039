"""The reader on a real pseudo-terminal, from start to a clean end."""

from __future__ import annotations

import signal
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.terminal.driver import Terminal

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_content"
pytestmark = pytest.mark.terminal

WHOLE_SCREEN = 30_000
"""Bytes that paint every cell of 120 by 40."""
ROWS_AND_PLACE = 3_000
"""Bytes that paint two rows of the list and the status line."""


def _reader(*arguments: str, home: Path, columns: int = 120, rows: int = 40, browser: str = "") -> Terminal:
    argv = [sys.executable, "-m", "newsreader", *arguments]
    return Terminal(argv, columns=columns, rows=rows, env={"BROWSER": browser}, cwd=ROOT, home=home)


def _assert_clean(terminal: Terminal) -> None:
    modes = terminal.modes()
    assert not modes.alternate_screen
    assert not modes.mouse
    assert not modes.bracketed_paste
    assert not modes.focus_events
    assert modes.cursor_visible
    assert modes.line_wrap
    assert modes.keyboard_depth == 0


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A browser that notes what it is asked to open: its command and its notes."""
    notes = tmp_path / "opened"
    script = tmp_path / "fake-browser"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >> "{notes}"\n', encoding="utf-8")
    script.chmod(0o755)
    yield str(script), notes


def test_a_session_from_start_to_quit_leaves_the_terminal_clean(
    home: Path, browser: tuple[str, Path]
) -> None:
    command, notes = browser
    with _reader(str(SAMPLE), home=home, browser=f"{command} --new-tab") as terminal:
        terminal.wait_for("1 of 40 · front page · top · all topics")
        terminal.send("/")
        terminal.wait_for("words, or a")
        terminal.send("pytorch gains")
        terminal.wait_for(r"1 of 1 · .*filter “pytorch gains”")
        terminal.send("<enter>")
        terminal.wait_for("heat 131 = quality 121")
        terminal.send("<enter>")
        terminal.send("G<enter>")
        terminal.wait_for("Learning From Microsoft’s Imagine Cup(?s:.*)part of a larger story")
        terminal.send("<backspace>")
        terminal.wait_for("heat 131 = quality 121")
        terminal.send("o")
        terminal.wait_for("Opened the original page at forbes.com with fake-browser")
        terminal.send("a")
        terminal.wait_for("Opened the AMP page")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        _assert_clean(terminal)
    base = "https://www.forbes.com/sites/janakirammsv/2021/06/27/pytorch-gains-momentum-with-push-from"
    page = f"{base}-facebook-and-microsoft/"
    assert notes.read_text(encoding="utf-8").splitlines() == ["--new-tab", page, "--new-tab", f"{page}amp/"]


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_ends_it_with_a_clean_terminal(home: Path, number: signal.Signals, status: int) -> None:
    with _reader(str(SAMPLE), home=home) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.settle(1)  # a program at rest has to wake up for it
        terminal.signal(number)
        assert terminal.wait_exit() == status
        _assert_clean(terminal)


def test_a_lost_terminal_ends_it(home: Path) -> None:
    with _reader(str(SAMPLE), home=home) as terminal:
        terminal.wait_for(r"1 of \d+")
        terminal.hang_up()
        terminal.wait_exit()


def test_an_error_of_its_own_leaves_a_clean_terminal_and_one_line(home: Path) -> None:
    script = (
        "import sys\n"
        "from newsreader.ui.widgets.headline_list import HeadlineList\n"
        "def broken(self, index, width): raise RuntimeError('on purpose')\n"
        "HeadlineList.row_lines = broken\n"
        "from newsreader.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    with Terminal([sys.executable, "-c", script, SAMPLE], cwd=ROOT, home=home) as terminal:
        assert terminal.wait_exit() == 1
        _assert_clean(terminal)
        text = terminal.text()
        assert "stopped by an error of its own" in text
        assert "crash.log" in text.replace("\n", "")
        assert "Traceback" not in text


def test_marks_that_cannot_be_written_in_time_are_reported(tmp_path: Path) -> None:
    with _reader(str(SAMPLE), home=tmp_path) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.send("f")
        terminal.wait_for("Starred ")
        (marks,) = tmp_path.rglob("marks.sqlite")
        with closing(sqlite3.connect(marks, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            terminal.send("f")
            terminal.settle(0.5)
            terminal.send("q")
            assert terminal.wait_exit() == 0
        _assert_clean(terminal)
        assert "could not be written in time" in terminal.text()


def test_a_browser_for_terminals_gets_the_screen_and_gives_it_back(home: Path, tmp_path: Path) -> None:
    script = tmp_path / "lynx"
    script.write_text('#!/bin/sh\necho "reading $1 in lynx"\nread answer\n', encoding="utf-8")
    script.chmod(0o755)
    with _reader(str(SAMPLE), home=home, browser=str(script)) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.send("o")
        terminal.wait_for("reading https://.* in lynx")
        assert not terminal.modes().mouse
        terminal.send("<enter>")
        terminal.wait_for("Opened the original page")
        terminal.send("j")
        terminal.wait_for(r"2 of \d+")
        terminal.send("q")
        assert terminal.wait_exit() == 0
        _assert_clean(terminal)


def test_a_resize_down_and_up_loses_nothing(home: Path) -> None:
    settings = home / ".config" / "newsreader" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('mark_read_after = "off"\n', encoding="utf-8")  # or a row changes as time goes by
    with _reader(str(SAMPLE), home=home, columns=200, rows=60) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.send("jjj")
        terminal.wait_for("4 of 40 ")
        terminal.wait_for("(?s)Sentient.*Sentient")  # in the list and in the story
        terminal.settle(0.5)
        before = terminal.screen()
        terminal.resize(40, 12)
        terminal.wait_gone("Topics")
        terminal.wait_for("4 of 40 ")
        terminal.resize(200, 60)
        terminal.wait_for_screen(before)
        terminal.send("q")
        assert terminal.wait_exit() == 0


def test_a_second_start_paints_from_the_index_and_finds_what_changed(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    front = "---\ntitle: {}\npublishedDateTime: 2021-06-0{}T10:00:00Z\nheat: {}\n---\n"
    for number in (1, 2, 3):
        (corpus / f"{number}.md").write_text(front.format(f"Story {number}", number, 50), encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    with _reader(str(corpus), home=home) as terminal:
        terminal.wait_for("1 of 3")
        terminal.send("q")
        terminal.wait_exit()
    (corpus / "4.md").write_text(front.format("Story 4", 4, 90), encoding="utf-8")
    (corpus / "1.md").unlink()
    (corpus / "2.md").write_text(front.format("Story 2 again", 2, 50), encoding="utf-8")
    with _reader(str(corpus), home=home) as terminal:
        terminal.wait_for("Story 4(?s:.*)Story 3(?s:.*)Story 2 again")
        assert "Story 1" not in terminal.text()
        # What was selected from the index stays selected: story 3 stood first.
        terminal.wait_for("2 of 3")
        terminal.send("q")
        assert terminal.wait_exit() == 0


def test_mistakes_in_the_keys_are_told_and_the_others_work(home: Path) -> None:
    settings = home / ".config" / "newsreader" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        '[keys]\nopen_orignal = "o"\nstar = "ctrl+i"\nlast = ["g e", "ctrl+e"]\n', encoding="utf-8"
    )
    with _reader(str(SAMPLE), home=home, columns=250) as terminal:
        told = r" config.toml:2: keys.open_orignal is not an action; did you mean open_original\? "
        terminal.wait_for(told + "newsreader config tells 1 more")
        terminal.wait_for("1 of 40 ")  # the list has its last row
        terminal.send("<ctrl+e>")
        terminal.wait_for(r"(\d+) of \1 ")
        terminal.send("<home>")
        terminal.wait_for(r" 1 of \d+ ")
        terminal.send("ge")
        terminal.wait_for(r"(\d+) of \1 ")
        terminal.send("<ctrl+q>")
        assert terminal.wait_exit() == 0
        _assert_clean(terminal)


def test_moving_the_cursor_writes_the_rows_and_the_story_not_the_screen(home: Path) -> None:
    with _reader(str(SAMPLE), home=home) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.send("j")
        terminal.wait_for("2 of 40 ")
        terminal.settle()
        before = len(terminal.raw)
        terminal.send("j")
        terminal.wait_for("3 of 40 ")
        terminal.settle()
        one = len(terminal.raw) - before
        assert one < WHOLE_SCREEN * 2 / 3
        terminal.send("j" * 10)
        terminal.wait_for("13 of 40 ")
        terminal.settle()
        many = len(terminal.raw) - before - one
        assert many < 10 * ROWS_AND_PLACE + 2 * WHOLE_SCREEN
