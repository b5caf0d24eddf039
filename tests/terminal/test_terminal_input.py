"""What terminals send on a real pseudo-terminal: nothing ends the reader, nothing but keys acts."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from tests.terminal.driver import Terminal

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_content"
pytestmark = pytest.mark.terminal

_BROKEN = """
import sys
from newsreader.ui.terminal.input_reader import InputReader
def broken(self, tokens):
    raise ZeroDivisionError("on purpose")
InputReader._deliver = broken
from newsreader.cli import main
sys.exit(main(sys.argv[1:]))
"""

_STUCK = """
import sys, threading
from newsreader.ui.screens.main import MainScreen
MainScreen.action_help = lambda self: threading.Event().wait()
MainScreen.on_unmount = lambda self: threading.Event().wait()
from newsreader.cli import main
sys.exit(main(sys.argv[1:]))
"""


def _reader(tmp_path: Path, columns: int = 120, rows: int = 40) -> Terminal:
    argv = [sys.executable, "-m", "newsreader", str(SAMPLE)]
    return Terminal(argv, columns=columns, rows=rows, cwd=ROOT, home=tmp_path)


def _send(terminal: Terminal, data: bytes) -> None:
    terminal._write(data)


def test_strange_bytes_and_late_replies_change_nothing(tmp_path: Path) -> None:
    settings = tmp_path / ".config" / "newsreader" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('mark_read_after = "off"\n', encoding="utf-8")  # or the story would become read
    with _reader(tmp_path) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.wait_for("heat 402")
        terminal.settle(0.5)
        before = terminal.screen()
        _send(terminal, b"\xe9\x9b\x1b[M#\x84*\x1b[106;1:3u\x1b[99999999999u\x1b[200~caf\xe9 x\x1b[201~")
        _send(
            terminal, b"\x1bP>|Konsole 24.02.1\x1b\\\x1b[6;20;10t\x1bP1$r0m\x1b\\\x1b[?1u\x1b[?2;0;800;600S"
        )
        for first, second in ((b"\x1b]11;rgb:1e1e", b"/1e1e/1e1e\x07"), (b"\x1b[6;20", b";10t")):
            _send(terminal, first)
            time.sleep(0.3)  # longer than the escape key takes
            _send(terminal, second)
        terminal.settle(0.5)
        assert terminal.screen() == before
        terminal.send("j")
        terminal.wait_for("2 of 40 ")
        terminal.send("q")
        assert terminal.wait_exit() == 0


def test_escape_is_a_key(tmp_path: Path) -> None:
    with _reader(tmp_path) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.send("/")
        terminal.wait_for("words, or a")
        terminal.send("<esc>")
        terminal.wait_gone("words, or a")
        terminal.send("q")
        assert terminal.wait_exit() == 0


def test_a_flood_of_text_reaches_the_filter_as_one_paste(tmp_path: Path) -> None:
    with _reader(tmp_path) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.send("/")
        terminal.wait_for("words, or a")
        terminal.settle()
        _send(terminal, b"a few words " * 2000)
        terminal.wait_for("few words a few words")
        terminal.send("<ctrl+q>")
        assert terminal.wait_exit() == 0


def test_an_absurd_size_is_clamped(tmp_path: Path) -> None:
    with _reader(tmp_path) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.settle()
        _send(terminal, b"\x1b[48;99999;99999;0;0t")
        _send(terminal, b"\x1b[48;40;120;0;0t")
        terminal.send("j")
        terminal.wait_for("2 of 40 ")
        terminal.send("q")
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize("size", [(1, 1), (200, 1)])
def test_a_terminal_of_one_row_starts_and_ends(tmp_path: Path, size: tuple[int, int]) -> None:
    for _ in range(2):
        with _reader(tmp_path, *size) as terminal:
            terminal.settle(1)
            terminal.send("<ctrl+q>")
            assert terminal.wait_exit() == 0


def test_an_error_in_the_input_thread_ends_with_a_report(tmp_path: Path) -> None:
    with Terminal([sys.executable, "-c", _BROKEN, str(SAMPLE)], cwd=ROOT, home=tmp_path) as terminal:
        assert terminal.wait_exit() == 1  # already the answers of the terminal are input
        assert not terminal.modes().alternate_screen
        assert "stopped by an error of its own" in terminal.text()
        assert "Traceback" not in terminal.text()
    assert "ZeroDivisionError: on purpose" in (tmp_path / ".local/state/newsreader/crash.log").read_text(
        encoding="utf-8"
    )


def test_an_exit_that_hangs_is_cut_short_and_restores_the_terminal(tmp_path: Path) -> None:
    with Terminal([sys.executable, "-c", _STUCK, str(SAMPLE)], cwd=ROOT, home=tmp_path) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.send("<ctrl+q>")
        assert terminal.wait_exit() == 0
        modes = terminal.modes()
        assert not modes.alternate_screen
        assert not modes.mouse
        assert modes.cursor_visible


def test_input_that_was_not_read_does_not_reach_the_shell(tmp_path: Path) -> None:
    script = f'{sys.executable} -m newsreader "{SAMPLE}"; echo ready; read -r line; echo "got<$line>"'
    with Terminal(["/bin/sh", "-c", script], cwd=ROOT, home=tmp_path) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.settle()
        _send(terminal, b"q" + b"\x1b[<35;10;10M" * 200 + b"\r")
        terminal.wait_for("ready")
        terminal.send("x\r")
        terminal.wait_for("got<x>")


def test_the_theme_follows_the_background_that_the_terminal_reports(tmp_path: Path) -> None:
    light, dark = b"48;2;251;250;247", b"48;2;20;24;29"
    with _reader(tmp_path) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.wait_for_output(b"\x1b]11;?\x1b\\")
        assert dark in terminal.raw
        _send(terminal, b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\")
        terminal.wait_for_output(light)
        terminal.send("q")
        assert terminal.wait_exit() == 0
    with _reader(tmp_path) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.wait_for_output(b"\x1b]11;?\x1b\\")
        assert dark not in terminal.raw
