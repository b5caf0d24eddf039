"""The terminal driver tells the truth about the programs that it drives."""

from __future__ import annotations

import os
import signal
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from tests.terminal.driver import PATIENCE, Terminal
from tests.terminal.emulator import Emulator, Modes, encode_keys, modes_after

pytestmark = pytest.mark.terminal

KEYS = {
    "plain text": b"plain text",
    "<enter><tab><shift+tab><backspace><space>": b"\r\t\x1b[Z\x7f ",
    "<up><down><left><right>": b"\x1b[A\x1b[B\x1b[D\x1b[C",
    "<home><end><pgup><pgdn><esc>": b"\x1b[H\x1b[F\x1b[5~\x1b[6~\x1b",
    "<ctrl+a><ctrl+z><alt+x><alt+left>": b"\x01\x1a\x1bx\x1b[1;3D",
    "a < b é<lt>": b"a < b \xc3\xa9<",
    "\x1b[<0;3;4M\x1b[<0;3;4m": b"\x1b[<0;3;4M\x1b[<0;3;4m",
}
MODES = {
    b"": Modes(),
    b"\x1b[?1000h\x1b[?1000l": Modes(),
    b"\x1b[>1u\x1b[>u\x1b[<u": Modes(keyboard_depth=1),
    b"\x1b[>1u\x1b[>3u\x1b[<2u": Modes(),
    b"\x1b[<u": Modes(),
    # Popped too late: the entry stays on the stack of the alternate screen.
    b"\x1b[?1049h\x1b[>1u\x1b[?1049l\x1b[<u": Modes(keyboard_depth=1),
    b"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[>1u\x1bc": Modes(),
    b"\x1b[4h\x1b[25l": Modes(),
    b"\x1b[?1049h\x1b[?1000h\x1b[?1003;1006h\x1b[?2004h\x1b[?1004h\x1b[?25l\x1b[?7l\x1b[>25u": Modes(
        True, frozenset({1000, 1003, 1006}), True, True, False, False, 1
    ),
}
SEQUENCES = (
    "\x1b[>1u",
    "\x1b[<u",
    "\x1b[?2026$p",
    "\x1b[>4;2m",
    "\x1b[?4m",
    "\x1b[4:3m",
    "\x1b[2 q",
    "\x1b]0;a title\x07",
    "\x1b]8;;https://example.org\x1b\\",
    "\x1b]52;c;\x1b[31m",
    "\x1bP+q544e\x1b\\",
    "\x1b=",
    "\x1b[38;2;1;2;3m",
    "\x1b[?25l",
)


def python(code: str) -> list[str]:
    return [sys.executable, "-I", "-S", "-c", textwrap.dedent(code)]


def shell(code: str) -> list[str]:
    return ["/bin/sh", "-c", code]


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


# ---- keys and screen


def test_keys_are_encoded_as_xterm_does() -> None:
    assert {keys: encode_keys(keys) for keys in KEYS} == KEYS


def test_a_key_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="<entr>"):
        encode_keys("<entr>")


def test_the_program_has_the_size_and_the_environment_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setenv("SSH_TTY", "/dev/pts/77")
    (tmp_path / "here").mkdir()
    with Terminal(
        shell("stty size; pwd; env; echo done"),
        columns=70,
        rows=33,
        env={"EXTRA": "yes"},
        cwd=tmp_path / "here",
        home=tmp_path / "h",
    ) as terminal:
        terminal.wait_for("^done$")
        output = terminal.raw.decode().splitlines()
    environment = dict(line.split("=", 1) for line in output if "=" in line)
    assert output[:2] == ["33 70", str(tmp_path / "here")]
    assert environment["HOME"] == str(tmp_path / "h")
    assert all(
        environment[f"XDG_{name}_HOME"].startswith(f"{tmp_path}/h/")
        for name in ("CACHE", "CONFIG", "DATA", "STATE")
    )
    assert (environment["TERM"], environment["COLORTERM"], environment["EXTRA"]) == (
        "xterm-256color",
        "truecolor",
        "yes",
    )
    assert not {"DISPLAY", "SSH_TTY"} & environment.keys()


# ---- waiting


def test_waiting_in_vain_shows_the_screen() -> None:
    with Terminal(shell("echo what there is; read x")) as terminal:
        terminal.wait_for("there")
        with pytest.raises(
            AssertionError, match=r"(?s)'what there was' did not appear within.*what there is"
        ):
            terminal.wait_for("what there was", timeout=0.05)
        with pytest.raises(AssertionError, match="did not go away within"):
            terminal.wait_gone("there", timeout=0.05)
        with pytest.raises(AssertionError, match="still running"):
            terminal.wait_exit(timeout=0.05)


def test_waiting_for_a_program_that_has_ended_fails_at_once() -> None:
    with (
        Terminal(shell("echo last words")) as terminal,
        pytest.raises(AssertionError, match=r"(?s)closed the terminal.*last words"),
    ):
        terminal.wait_for("more", timeout=3_600)


# ---- modes and escape sequences


def test_the_alternate_screen_covers_the_main_one_and_gives_it_back() -> None:
    program = shell(
        "printf 'before\\n'; printf '\\033[?1049h\\033[Hinside'; read x; printf '\\033[?1049lafter'; read x"
    )
    with Terminal(program) as terminal:
        terminal.wait_for("inside")
        assert "before" not in terminal.text()
        assert terminal.modes() == Modes(alternate_screen=True)
        terminal.send("<enter>")
        terminal.wait_for("after")
        assert terminal.screen()[:2] == ["before", "after"]
        assert terminal.modes() == Modes()


def test_modes_follow_from_what_was_written() -> None:
    assert {output: modes_after(output) for output in MODES} == MODES


def test_a_sequence_leaves_nothing_on_the_screen_however_it_is_cut() -> None:
    for sequence in SEQUENCES:
        output = f"é{sequence}z".encode()
        for cut in range(len(output) + 1):
            emulator = Emulator(20, 2)
            emulator.feed(output[:cut])
            emulator.feed(output[cut:])
            assert emulator.lines() == ["éz", ""], (sequence, cut)


def test_wide_characters_take_two_columns() -> None:
    emulator = Emulator(20, 1)
    emulator.feed("世界\x1b[6Gx".encode())
    assert emulator.lines() == ["世界 x"]


# ---- size, signals, end


def test_the_interrupt_key_signals_the_program() -> None:
    with Terminal(["/bin/cat"]) as terminal:
        terminal.send("hello<enter>")
        terminal.wait_for("hello\nhello")
        terminal.send("<ctrl+c>")
        assert terminal.wait_exit() == -signal.SIGINT


# ---- nothing is left behind


def open_files() -> list[str]:
    folder = Path("/proc/self/fd" if Path("/proc/self/fd").exists() else "/dev/fd")
    return sorted(entry.name for entry in folder.iterdir())


def test_nothing_is_left_when_a_test_fails_in_the_middle() -> None:
    files, threads = open_files(), threading.active_count()
    with (
        pytest.raises(ZeroDivisionError),
        Terminal(shell("trap '' HUP TERM; echo home=$HOME; while :; do sleep 1; done")) as terminal,
    ):
        home = Path(terminal.wait_for("home=.*").removeprefix("home="))
        assert home.is_dir()
        raise ZeroDivisionError
    assert not exists(terminal.pid)
    assert not home.exists()
    assert (open_files(), threading.active_count()) == (files, threads)
    terminal.close()


def test_nothing_is_left_when_the_program_cannot_be_started(tmp_path: Path) -> None:
    files, threads = open_files(), threading.active_count()
    with pytest.raises(FileNotFoundError):
        Terminal(["/bin/cat"], cwd=tmp_path / "missing")
    assert (open_files(), threading.active_count()) == (files, threads)


def runs(pid: int) -> bool:
    """Tell whether a process is there and no mere entry that nobody has asked about yet."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in {"X", "Z"}


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs the kernel's list of children")
def test_a_child_with_a_session_of_its_own_ends_with_the_program() -> None:
    program = python("""
        import subprocess, sys
        child = subprocess.Popen(["/bin/sleep", "60"], start_new_session=True)
        print("child", child.pid, flush=True)
        child.wait()
    """)
    with Terminal(program) as terminal:
        child = int(terminal.wait_for("child [0-9]+").split()[1])
        assert exists(child)
    deadline = time.monotonic() + PATIENCE  # the kernel ends it in its own time
    while runs(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not runs(child)
