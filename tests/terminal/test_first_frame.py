"""The picture that is painted before Textual is there, and how Textual takes over from it."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.terminal.driver import Terminal

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_content"
pytestmark = pytest.mark.terminal

# Both pictures stay until a file appears: the first frame before Textual is imported, then Textual's own
# first picture, for which everything is left out that the program reads and shows after it.
_SLOWLY = """
import pathlib, sys, time
from newsreader import cli
gate = pathlib.Path(sys.argv.pop(1))
run_app = cli._run_app
def held(*arguments, **more):
    while not gate.exists():
        time.sleep(0.01)
    {halfway}
    from newsreader.ui.screens.main import MainScreen
    MainScreen._go_on = lambda self: None
    return run_app(*arguments, **more)
cli._run_app = held
sys.exit(cli.main(sys.argv[1:]))
"""


def _slowly(tmp_path: Path, halfway: str = "pass", columns: int = 120, rows: int = 40) -> Terminal:
    script = _SLOWLY.format(halfway=halfway)
    argv: list[str | Path] = [sys.executable, "-c", script, tmp_path / "gate", SAMPLE]
    return Terminal(argv, columns=columns, rows=rows, cwd=ROOT, home=tmp_path)


def _start_once(tmp_path: Path, columns: int = 120, rows: int = 40) -> None:
    """An ordinary start that ends when all is indexed; the next one has an index, but no fitting picture."""
    with Terminal(
        [sys.executable, "-m", "newsreader", SAMPLE], columns=columns, rows=rows, cwd=ROOT, home=tmp_path
    ) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.settle()
        terminal.send("q")
        terminal.wait_exit()


def _looks(terminal: Terminal) -> list[list[Any]]:
    """The cells; of a blank one only the background shows."""
    return [
        [cell if cell[0].strip() or cell[7] else (cell[0], cell[2]) for cell in line]
        for line in terminal.cells()
    ]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home in which the sample was opened before, so that a first frame is at hand."""
    _start_once(tmp_path)
    _start_once(tmp_path)
    return tmp_path


def test_textual_takes_over_without_changing_a_cell(home: Path) -> None:
    with _slowly(home) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.settle(0.3)
        first = _looks(terminal)
        assert b"2026" not in terminal.raw  # Textual has not said a word yet
        text = terminal.text()
        assert "OpenAI releases GPT-4" in text
        assert "╭─ Topics ─" in text
        (home / "gate").touch()
        terminal.settle(1)
        assert b"2026" in terminal.raw
        assert _looks(terminal) == first
        terminal.send("q")
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
def test_it_fits_terminals_of_other_sizes(tmp_path: Path, size: tuple[int, int]) -> None:
    _start_once(tmp_path, *size)
    _start_once(tmp_path, *size)
    with _slowly(tmp_path, columns=size[0], rows=size[1]) as terminal:
        terminal.wait_for("OpenAI releases")
        terminal.settle(0.3)
        first = _looks(terminal)
        (tmp_path / "gate").touch()
        terminal.settle(1)
        assert _looks(terminal) == first


def test_keys_that_are_typed_meanwhile_are_kept_and_do_not_show(home: Path) -> None:
    with _slowly(home) as terminal:
        terminal.wait_for("1 of 40 ")
        before = terminal.screen()
        terminal.send("jj")
        terminal.settle(0.3)
        assert terminal.screen() == before
        (home / "gate").touch()
        terminal.wait_for("3 of 40 ")
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


@pytest.mark.parametrize("keys", ["jj", "G", "\x04\x04kkk"])
def test_it_shows_the_row_where_the_last_visit_ended(home: Path, keys: str) -> None:
    with Terminal([sys.executable, "-m", "newsreader", SAMPLE], cwd=ROOT, home=home) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.send(keys)
        terminal.settle()
        terminal.send("q")
        assert terminal.wait_exit() == 0
    with _slowly(home) as terminal:
        terminal.wait_for(" of 40 ")
        terminal.settle(0.3)
        assert b"2026" not in terminal.raw  # Textual has not said a word yet
        first = _looks(terminal)
        (home / "gate").touch()
        terminal.settle(1)
        then = _looks(terminal)
        differing = {
            column for line in range(40) for column in range(120) if first[line][column] != then[line][column]
        }
        assert differing <= {76}  # the scroll bar


def test_another_size_has_no_first_frame(home: Path) -> None:
    with _slowly(home, columns=100) as terminal:
        terminal.settle(0.5)
        assert terminal.text().strip() == ""
        (home / "gate").touch()
        terminal.wait_for("1 of 40 ")


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"surroundings": [], "template": {}}'])
def test_a_damaged_picture_is_passed_over_and_made_anew(home: Path, kept: str) -> None:
    (picture,) = (home / ".cache" / "newsreader").glob("*.frame")
    whole = picture.read_text(encoding="utf-8")
    picture.write_text(kept, encoding="utf-8")
    _start_once(home)
    assert picture.read_text(encoding="utf-8") == whole


def test_rows_are_those_of_the_index_and_not_of_the_picture(home: Path) -> None:
    (picture,) = (home / ".cache" / "newsreader").glob("*.frame")
    old = picture.read_text(encoding="utf-8").replace("OpenAI", "Yester")
    picture.write_text(old, encoding="utf-8")
    with _slowly(home) as terminal:
        terminal.wait_for("OpenAI releases GPT-4")
        assert "Yester" not in terminal.text()


def test_it_can_be_switched_off(home: Path) -> None:
    settings = home / ".config" / "newsreader" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("first_frame = false\n", encoding="utf-8")
    with _slowly(home) as terminal:
        terminal.settle(0.5)
        assert terminal.text().strip() == ""


def test_hints_of_other_keys_are_never_shown(home: Path) -> None:
    settings = home / ".config" / "newsreader" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('[keys]\nfilter = "ctrl+f"\n', encoding="utf-8")
    with _slowly(home) as terminal:
        terminal.settle(0.5)
        assert terminal.text().strip() == ""
        (home / "gate").touch()
        terminal.wait_for("ctrl.f filter")


def test_a_start_that_fails_half_way_leaves_the_terminal_clean(home: Path) -> None:
    with _slowly(home, halfway="raise RuntimeError('on purpose')") as terminal:
        terminal.wait_for("1 of 40 ")
        (home / "gate").touch()
        assert terminal.wait_exit() == 1
        assert not terminal.modes().alternate_screen
        assert terminal.modes().cursor_visible


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_half_way_leaves_the_terminal_clean(home: Path, number: signal.Signals, status: int) -> None:
    with _slowly(home) as terminal:
        terminal.wait_for("1 of 40 ")
        terminal.signal(number)
        assert terminal.wait_exit() == status
        assert not terminal.modes().alternate_screen
        assert terminal.modes().cursor_visible
