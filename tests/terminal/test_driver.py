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

from tests.terminal.driver import Terminal
from tests.terminal.emulator import Emulator, Modes, encode_keys, modes_after

pytestmark = pytest.mark.terminal

# A terminal that hands over each byte at once, as full-screen programs want it.
RAW = "import os, signal, sys, termios, time, tty\ntty.setraw(0)\n"


def python(code: str) -> list[str]:
    return [sys.executable, "-I", "-S", "-c", textwrap.dedent(code)]


def shell(code: str) -> list[str]:
    return ["/bin/sh", "-c", code]


def printing(text: str) -> list[str]:
    """A program that writes escape sequences, given as Python writes them, and then waits for a line."""
    return python(f"print({text!r}, end='', flush=True)\ninput()")


def raw_python(code: str) -> list[str]:
    return python(RAW + textwrap.dedent(code))


def exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


# ---- keys and screen


def test_what_is_typed_reaches_the_program_and_its_answer_the_screen() -> None:
    with Terminal(shell('echo ready; read line; echo "<$line>"')) as terminal:
        terminal.wait_for("^ready$")
        terminal.send("hello<enter>")
        assert terminal.wait_for("^<.*>$") == "<hello>"
        assert terminal.screen()[:3] == ["ready", "hello", "<hello>"]
        assert len(terminal.screen()) == 40
        assert terminal.wait_exit() == 0


def test_named_keys_arrive_as_a_terminal_sends_them() -> None:
    program = raw_python("""
        print("ready\\r")
        while True:
            print(os.read(0, 64).hex(), end="\\r\\n")
    """)
    with Terminal(program) as terminal:
        terminal.wait_for("ready")
        for name, sequence in (
            ("<pgdn>", "1b5b367e"),
            ("<esc>", "1b"),
            ("<ctrl+p>", "10"),
            ("é<lt>", "c3a93c"),
        ):
            terminal.send(name)
            terminal.wait_for(f"^{sequence}$")


@pytest.mark.parametrize(
    ("keys", "sequence"),
    [
        ("plain text", b"plain text"),
        ("<enter><tab><shift+tab><backspace><space>", b"\r\t\x1b[Z\x7f "),
        ("<up><down><left><right>", b"\x1b[A\x1b[B\x1b[D\x1b[C"),
        ("<home><end><pgup>", b"\x1b[H\x1b[F\x1b[5~"),
        ("<ctrl+a><ctrl+z><alt+x><alt+left>", b"\x01\x1a\x1bx\x1b[1;3D"),
        ("a < b", b"a < b"),
        ("\x1b[<0;3;4M\x1b[<0;3;4m", b"\x1b[<0;3;4M\x1b[<0;3;4m"),
    ],
)
def test_a_key_is_encoded_as_xterm_does(keys: str, sequence: bytes) -> None:
    assert encode_keys(keys) == sequence


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


def test_waiting_ends_when_a_text_has_come_or_gone() -> None:
    with Terminal(shell("printf one; read x; sleep 0.05; printf '\\033[2J\\033[Htwo'; read x")) as terminal:
        assert terminal.wait_for("o.e") == "one"
        terminal.send("<enter>")
        terminal.wait_gone("one")
        terminal.wait_for("two")


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
    started = time.monotonic()
    with (
        Terminal(shell("echo last words")) as terminal,
        pytest.raises(AssertionError, match=r"(?s)closed the terminal.*last words"),
    ):
        terminal.wait_for("more", timeout=30)
    assert time.monotonic() - started < 10


def test_settling_waits_for_a_pause() -> None:
    with Terminal(shell("for i in 1 2 3 4 5; do echo $i; sleep 0.03; done; read x")) as terminal:
        terminal.wait_for("1")
        terminal.settle(0.4)
        assert terminal.screen()[:5] == ["1", "2", "3", "4", "5"]


def test_settling_on_a_program_without_a_pause_fails() -> None:
    with (
        Terminal(shell("while :; do echo again; sleep 0.01; done")) as terminal,
        pytest.raises(AssertionError, match="never quiet"),
    ):
        terminal.wait_for("again")
        terminal.settle(5, timeout=0.05)


def test_a_program_that_writes_much_never_waits_for_the_test() -> None:
    with Terminal(python("print('x' * 1_000_000)")) as terminal:
        assert terminal.wait_exit() == 0
        assert terminal.raw.count(b"x") == 1_000_000


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


def test_modes_of_mouse_paste_focus_cursor_wrap_and_keyboard_are_seen() -> None:
    on = "\x1b[?1049h\x1b[?1000h\x1b[?1003;1006h\x1b[?2004h\x1b[?1004h\x1b[?25l\x1b[?7l\x1b[>25uready"
    with Terminal(printing(on)) as terminal:
        terminal.wait_for("^ready$")
        assert terminal.modes() == Modes(True, frozenset({1000, 1003, 1006}), True, True, False, False, 1)


@pytest.mark.parametrize(
    ("output", "modes"),
    [
        (b"", Modes()),
        (b"\x1b[?1000h\x1b[?1000l", Modes()),
        (b"\x1b[>1u\x1b[>u\x1b[<u", Modes(keyboard_depth=1)),
        (b"\x1b[>1u\x1b[>3u\x1b[<2u", Modes()),
        (b"\x1b[<u", Modes()),
        # Popped too late: the entry stays on the stack of the alternate screen.
        (b"\x1b[?1049h\x1b[>1u\x1b[?1049l\x1b[<u", Modes(keyboard_depth=1)),
        (b"\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[>1u\x1bc", Modes()),
        (b"\x1b[4h\x1b[25l", Modes()),
    ],
)
def test_modes_follow_from_what_was_written(output: bytes, modes: Modes) -> None:
    assert modes_after(output) == modes


@pytest.mark.parametrize(
    "sequence",
    [
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
    ],
)
def test_a_sequence_leaves_nothing_on_the_screen_however_it_is_cut(sequence: str) -> None:
    output = f"é{sequence}z".encode()
    for cut in range(len(output) + 1):
        emulator = Emulator(20, 2)
        emulator.feed(output[:cut])
        emulator.feed(output[cut:])
        assert emulator.lines() == ["éz", ""]


def test_wide_characters_take_two_columns() -> None:
    emulator = Emulator(20, 1)
    emulator.feed("世界\x1b[6Gx".encode())
    assert emulator.lines() == ["世界 x"]


def test_questions_of_the_program_are_answered() -> None:
    program = raw_python("""
        got = b""
        print("\\x1b[?2026$p\\x1b[?20", end="", flush=True)
        time.sleep(0.05)
        print("48$p\\x1b[c", end="", flush=True)
        while not got.endswith(b"c"):
            got += os.read(0, 64)
        print(got.decode()[1:].replace("\\x1b", "|"), end="\\r\\n")
    """)
    with Terminal(program) as terminal:
        assert terminal.wait_for(r"^\[.*c$") == "[?2026;0$y|[?2048;0$y|[?62;22c"


# ---- size, signals, end


def test_a_new_size_is_announced_by_a_signal() -> None:
    program = python("""
        import os, signal
        def announce(*_):
            os.write(1, b"%d %d\\n" % os.get_terminal_size())
        signal.signal(signal.SIGWINCH, announce)
        os.write(1, b"ready\\n")
        while True:
            signal.pause()
    """)
    with Terminal(program) as terminal:
        terminal.wait_for("ready")
        terminal.resize(66, 22)
        terminal.wait_for("^66 22$")
        assert len(terminal.screen()) == 22


@pytest.mark.parametrize("status", [0, 1, 75])
def test_the_exit_status_is_that_of_the_program(status: int) -> None:
    with Terminal(shell(f"exit {status}")) as terminal:
        assert terminal.wait_exit() == status


def test_a_program_that_cannot_be_found_exits_with_127() -> None:
    with Terminal(["no-such-program-anywhere"]) as terminal:
        assert terminal.wait_exit() == 127
        assert "no-such-program-anywhere: No such file" in terminal.text()


def test_a_signal_ends_the_program_with_a_negative_status() -> None:
    with Terminal(shell("echo ready; read x")) as terminal:
        terminal.wait_for("ready")
        terminal.signal(signal.SIGTERM)
        assert terminal.wait_exit() == -signal.SIGTERM


def test_the_interrupt_key_signals_the_program() -> None:
    with Terminal(["/bin/cat"]) as terminal:
        terminal.send("hello<enter>")
        terminal.wait_for("hello\nhello")
        terminal.send("<ctrl+c>")
        assert terminal.wait_exit() == -signal.SIGINT


def test_a_lost_terminal_hangs_up_on_the_program(tmp_path: Path) -> None:
    program = python("""
        import os, signal, sys
        def lost(*_):
            open("lost", "w").close()
            sys.exit(3)
        signal.signal(signal.SIGHUP, lost)
        print("ready", flush=True)
        signal.pause()
    """)
    with Terminal(program, cwd=tmp_path) as terminal:
        terminal.wait_for("ready")
        terminal.hang_up()
        assert terminal.wait_exit() == 3
    assert (tmp_path / "lost").exists()


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
    deadline = time.monotonic() + 5
    while runs(child) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not runs(child)


def test_a_textual_program_is_driven_from_start_to_end() -> None:
    program = """
from textual.app import App
from textual.widgets import Input, Label

class Small(App):
    BINDINGS = [("escape", "quit")]
    def compose(self):
        yield Input()
        yield Label("nothing")
    def on_input_changed(self, event):
        self.query_one(Label).update(f"typed {event.value} at {self.size.width}")

sys.exit(Small().run() or 5)
"""
    with Terminal([sys.executable, "-c", "import sys" + program], columns=60, rows=12) as terminal:
        terminal.wait_for("nothing")
        terminal.send("abc")
        terminal.wait_for("typed abc at 60")
        terminal.resize(50, 10)
        terminal.settle(0.05)
        terminal.send("d")
        terminal.wait_for("typed abcd at 50")
        modes = terminal.modes()
        assert modes.alternate_screen and modes.bracketed_paste and modes.focus_events
        assert modes.mouse >= {1000, 1006}
        assert modes.keyboard_depth == 1
        terminal.send("<esc>")
        assert terminal.wait_exit() == 5
        assert terminal.modes() == Modes()
        assert terminal.text().strip() == ""
