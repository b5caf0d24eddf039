"""The picture that is painted before Textual is there, and how Textual takes over from it."""

from __future__ import annotations

import shutil
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.driver import Terminal

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_content"
pytestmark = pytest.mark.terminal

# The first frame stays until a file appears, and then Textual's own first picture stays: what the program
# reads and shows after it is left out. Window titles, which no screen shows, say how far the program is.
_SLOWLY = """
import os, pathlib, sys, time
from newsreader import cli
gate = pathlib.Path(sys.argv.pop(1))
run_app = cli._run_app
def held(*arguments, **more):
    os.write(1, b"\\x1b]2;first frame\\x07")
    while not gate.exists():
        time.sleep(0.01)
    {halfway}
    from newsreader.ui.screens.main import MainScreen
    MainScreen._go_on = lambda self: self.app._driver.write("\\x1b]2;Textual\\x07")
    return run_app(*arguments, **more)
cli._run_app = held
sys.exit(cli.main(sys.argv[1:]))
"""
_HELD, _PAINTED = b"]2;first frame\x07", b"]2;Textual\x07"


def _slowly(home: Path, halfway: str = "pass", columns: int = 120, rows: int = 40) -> Terminal:
    """Start the program and stop it at its first frame; a file `gate` in `home` lets it go on to Textual."""
    script = _SLOWLY.format(halfway=halfway)
    argv: list[str | Path] = [sys.executable, "-c", script, home / "gate", SAMPLE]
    terminal = Terminal(argv, columns=columns, rows=rows, cwd=ROOT, home=home)
    try:
        terminal.wait_for_output(_HELD)
    except AssertionError:
        terminal.close()
        raise
    return terminal


def _go_on(terminal: Terminal, home: Path) -> None:
    """Let the program go on, and wait until Textual has painted its first picture."""
    assert b"2026" not in terminal.raw  # Textual has not written anything yet
    (home / "gate").touch()
    terminal.wait_for_output(_PAINTED)
    assert b"2026" in terminal.raw


def _start_once(home: Path, columns: int = 120, rows: int = 40, keys: str = "") -> None:
    """Start the program, press keys, and quit."""
    argv: list[str | Path] = [sys.executable, "-m", "newsreader", SAMPLE]
    with Terminal(argv, columns=columns, rows=rows, cwd=ROOT, home=home) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.settle()  # the picture is kept when all of it is painted
        terminal.send(f"{keys}q")
        assert terminal.wait_exit() == 0


def _looks(terminal: Terminal) -> list[list[Any]]:
    """The cells; of a blank one only the background shows."""
    return [
        [cell if cell[0].strip() or cell[7] else (cell[0], cell[2]) for cell in line]
        for line in terminal.cells()
    ]


@pytest.fixture(scope="module")
def visited(indexed_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the sample was opened, so that it holds a first frame. Read-only."""
    folder = shutil.copytree(indexed_home, tmp_path_factory.mktemp("visited") / "home")
    _start_once(folder)
    assert len(list(folder.glob(".cache/newsreader/*.frame"))) == 1
    return folder


@pytest.fixture
def home(visited: Path, tmp_path: Path) -> Path:
    """A copy of `visited`."""
    return shutil.copytree(visited, tmp_path / "home")


def test_textual_takes_over_without_changing_a_cell(home: Path) -> None:
    with _slowly(home) as terminal:
        first = _looks(terminal)
        text = terminal.text()
        assert "1 of 40 " in text
        assert "OpenAI releases GPT-4" in text
        assert "╭─ Topics ─" in text
        _go_on(terminal, home)
        assert _looks(terminal) == first
        terminal.send("q")
        assert terminal.wait_exit() == 0


def test_it_fits_terminals_of_other_sizes(home: Path) -> None:
    _start_once(home, 60, 20)
    with _slowly(home, columns=60, rows=20) as terminal:
        assert "OpenAI releases" in terminal.text()
        first = _looks(terminal)
        _go_on(terminal, home)
        assert _looks(terminal) == first


def test_keys_that_are_typed_meanwhile_are_kept_and_do_not_show(home: Path) -> None:
    with _slowly(home) as terminal:
        before = terminal.screen()
        terminal.send("jj")
        (home / "gate").touch()
        terminal.wait_for("3 of 40 ")
        assert b"jj" not in terminal.raw
        assert "1 of 40 " in "\n".join(before)
        terminal.send("q")
        assert terminal.wait_exit() == 0
        assert terminal.modes().cursor_visible
        assert not terminal.modes().alternate_screen


def test_ctrl_q_that_is_typed_meanwhile_quits(home: Path) -> None:
    with _slowly(home) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.send("<ctrl+q>")
        (home / "gate").touch()
        assert terminal.wait_exit() == 0
        assert not terminal.modes().alternate_screen


@pytest.mark.parametrize("keys", ["G", "\x04\x04kkk"])
def test_it_shows_the_row_where_the_last_visit_ended(home: Path, keys: str) -> None:
    _start_once(home, keys=keys)
    with _slowly(home) as terminal:
        first = _looks(terminal)
        assert " of 40 " in terminal.text()
        _go_on(terminal, home)
        then = _looks(terminal)
        differing = {
            column for line in range(40) for column in range(120) if first[line][column] != then[line][column]
        }
        assert differing <= {76}  # the scroll bar


def test_a_damaged_picture_is_passed_over_and_made_anew(home: Path) -> None:
    (picture,) = (home / ".cache" / "newsreader").glob("*.frame")
    whole = picture.read_text(encoding="utf-8")
    picture.write_text("{", encoding="utf-8")
    _start_once(home)
    assert picture.read_text(encoding="utf-8") == whole


def test_rows_are_those_of_the_index_and_not_of_the_picture(home: Path) -> None:
    (picture,) = (home / ".cache" / "newsreader").glob("*.frame")
    old = picture.read_text(encoding="utf-8").replace("OpenAI", "Yester")
    picture.write_text(old, encoding="utf-8")
    with _slowly(home) as terminal:
        assert "OpenAI releases GPT-4" in terminal.text()
        assert "Yester" not in terminal.text()


def test_it_is_not_painted_at_another_size_or_when_it_is_switched_off(home: Path) -> None:
    with _slowly(home, columns=100) as terminal:
        assert terminal.text().strip() == ""
    settings = home / ".config" / "newsreader" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("first_frame = false\n", encoding="utf-8")
    with _slowly(home) as terminal:
        assert terminal.text().strip() == ""


def test_hints_of_other_keys_are_never_shown(home: Path) -> None:
    settings = home / ".config" / "newsreader" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[keys]\nfilter = "ctrl+f"\n', encoding="utf-8")
    with _slowly(home) as terminal:
        assert terminal.text().strip() == ""
        (home / "gate").touch()
        terminal.wait_for("ctrl.f filter")


def test_a_start_that_fails_half_way_leaves_the_terminal_clean(home: Path) -> None:
    with _slowly(home, halfway="raise RuntimeError('on purpose')") as terminal:
        (home / "gate").touch()
        assert terminal.wait_exit() == 1
        assert not terminal.modes().alternate_screen
        assert terminal.modes().cursor_visible


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_half_way_leaves_the_terminal_clean(home: Path, number: signal.Signals, status: int) -> None:
    with _slowly(home) as terminal:
        assert terminal.modes().alternate_screen
        terminal.signal(number)
        assert terminal.wait_exit() == status
        assert not terminal.modes().alternate_screen
        assert terminal.modes().cursor_visible
