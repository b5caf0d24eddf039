from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from newsreader.browser import BrowserCommand, BrowserError, commands_for, launch, run_in_foreground, running
from tests.unit.browser.fake_browsers import PATIENCE, URL, Desk

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the fake browsers are scripts for sh")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def eventually(happened: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.005)
    return True


@pytest.mark.parametrize("more", [{"DISPLAY": ""}, {"SSH_CONNECTION": "a 1 b 2"}])
def test_a_failure_without_a_screen_or_over_ssh_says_why(desk: Desk, more: dict[str, str]) -> None:
    desk.install("firefox", "exit 1")
    environ = {**desk.environ("firefox"), **more}
    candidates = commands_for(URL, environ=environ, platform="linux")
    with pytest.raises(BrowserError) as none:
        launch(candidates, environ=environ, grace=PATIENCE)
    assert str(none.value) == (
        "firefox exited with status 1. No browser on this machine's screen: "
        "set $BROWSER to a browser for terminals, such as w3m."
    )


def test_every_failure_is_reported_with_its_command(desk: Desk) -> None:
    desk.install("xdg-open", "exit 3")
    desk.install("gio", "kill -TERM $$")
    (desk.directory / "firefox").write_text("no program at all")
    (desk.directory / "firefox").chmod(0o755)
    broken = desk.install("chromium")
    broken.write_text("#!/nowhere/at/all\n")
    desk.install("w3m")
    with pytest.raises(BrowserError) as none:
        desk.open()
    assert str(none.value) == (
        "xdg-open exited with status 3; gio was ended by signal 15; "
        "firefox could not be started (Exec format error); "
        "chromium could not be started (No such file or directory); w3m needs the terminal. "
        "Install a browser or set $BROWSER or `browser` in the settings."
    )


def test_skipped_entries_are_reported_with_the_failures(desk: Desk) -> None:
    desk.install("second", "exit 4")
    with pytest.raises(BrowserError, match=r"^first was not found; second exited with status 4\. Correct"):
        desk.open(browser="first:second")


@pytest.mark.parametrize(
    ("remove", "reason"),
    [(Path.unlink, "No such file or directory"), (lambda path: path.chmod(0o644), "Permission denied")],
)
def test_a_program_can_disappear_before_it_is_started(
    desk: Desk, remove: Callable[[Path], None], reason: str
) -> None:
    program = desk.install("first")
    desk.install("second")
    both, one = desk.candidates(browser="first:second"), desk.candidates(setting=["first"])
    remove(program)
    assert launch(both, environ=desk.environ(), grace=PATIENCE).name == "second"
    with pytest.raises(BrowserError, match=rf"^first could not be started \({reason}\)\."):
        launch(one, environ=desk.environ())


def test_an_invalid_argument_is_reported_as_a_failure(desk: Desk) -> None:
    desk.install("firefox")
    with pytest.raises(BrowserError, match=r"^firefox could not be started \(embedded null byte\)\."):
        desk.open(setting=["firefox", "a\0b"])


# Graphical browsers


def test_the_next_candidate_is_tried_after_a_failure(desk: Desk) -> None:
    desk.install("xdg-open", "exit 3")
    desk.install("firefox")
    desk.install("chromium")
    assert desk.open().name == "firefox"
    assert [len(desk.received(name)) for name in ("xdg-open", "firefox", "chromium")] == [1, 1, 0]


def test_a_browser_still_running_after_the_grace_succeeds_without_a_zombie(desk: Desk) -> None:
    desk.install("firefox", f"echo $$ > {desk.directory}/pid; exec sleep 0.3")
    start = time.monotonic()
    assert desk.open(grace=0.1).name == "firefox"
    assert time.monotonic() - start < PATIENCE
    pid_file = desk.directory / "pid"
    assert eventually(lambda: pid_file.exists() and pid_file.read_text().strip() != "")
    pid = int(pid_file.read_text())

    def gone() -> bool:
        try:
            os.kill(pid, 0)  # a zombie would still take it
        except ProcessLookupError:
            return True
        return False

    assert eventually(gone)


@pytest.mark.parametrize(
    ("end", "reported_for", "reports"),
    [
        ("exit 7", PATIENCE, ["firefox exited with status 7"]),
        ("kill -TERM $$", PATIENCE, ["firefox was ended by signal 15"]),
        ("exit 0", PATIENCE, []),
        ("exit 7", 0.0, []),
    ],
)
def test_a_failure_soon_after_the_grace_is_reported(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, end: str, reported_for: float, reports: list[str]
) -> None:
    monkeypatch.setattr(running, "_REPORTED_FOR", reported_for)
    go_on = desk.directory / "go_on"
    desk.install("firefox", f"while [ ! -e {go_on} ]; do sleep 0.01; done; {end}")
    reported: list[str] = []
    before = set(threading.enumerate())
    candidates = desk.candidates(browser="firefox")
    launch(candidates, environ=desk.environ(), grace=0.01, on_late_failure=reported.append)
    (reaper,) = set(threading.enumerate()) - before
    go_on.touch()
    reaper.join(PATIENCE)
    assert not reaper.is_alive()
    assert reported == reports


def test_a_browser_can_be_launched_from_a_worker_thread(desk: Desk) -> None:
    desk.install("firefox")
    desk.install("w3m")
    opened: list[str] = []

    def work() -> None:
        opened.append(desk.open(browser="firefox").name)
        opened.append(desk.open(browser="w3m", run_in_terminal=run_in_foreground).name)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(PATIENCE)
    assert opened == ["firefox", "w3m"]


def test_a_graphical_browser_is_detached_from_the_terminal(
    desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    program = desk.directory / "firefox"
    program.write_text(
        f"#!{sys.executable} -SE\n"
        "import os, sys\n"
        "print('noise'); print('noise', file=sys.stderr)\n"
        "nowhere = os.stat(os.devnull).st_rdev\n"
        "apart = all(os.fstat(number).st_rdev == nowhere for number in (0, 1, 2))\n"
        "sys.exit(0 if apart and os.getsid(0) == os.getpid() and 'HOME' not in os.environ else 9)\n"
    )
    program.chmod(0o755)
    ours, (reading, writing) = os.dup(0), os.pipe()
    os.dup2(reading, 0)  # test runners close it, and it is to differ from what the browser gets
    try:
        desk.open(setting=["firefox"])
    finally:
        os.dup2(ours, 0)
        for number in (ours, reading, writing):
            os.close(number)
    assert capfd.readouterr() == ("", "")


# Browsers for the terminal


def test_a_terminal_browser_runs_in_the_foreground(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    desk.install("w3m", "echo a page; echo a complaint >&2; sleep 0.1; echo $PAGER")
    run: list[BrowserCommand] = []

    def in_terminal(command: BrowserCommand) -> int:
        run.append(command)
        return run_in_foreground(command, environ={"PAGER": "less", **desk.environ()})

    command = desk.open(screen=False, run_in_terminal=in_terminal)
    assert run == [command]
    assert capfd.readouterr() == ("a page\nless\n", "a complaint\n")


def test_an_early_failure_in_the_terminal_tries_the_next(desk: Desk) -> None:
    desk.install("w3m", "exit 7")
    desk.install("lynx")
    assert desk.open(screen=False, run_in_terminal=run_in_foreground).name == "lynx"


def test_no_other_browser_follows_a_late_failure_in_the_terminal(desk: Desk) -> None:
    desk.install("w3m", "sleep 0.05; exit 7")
    desk.install("lynx")
    with pytest.raises(BrowserError, match=r"^w3m exited with status 7\. "):
        desk.open(screen=False, grace=0.01, run_in_terminal=run_in_foreground)
    assert desk.received("lynx") == []


@pytest.mark.parametrize("end", ["exit 0", "exit 130", "kill -INT $$"])
def test_quitting_a_browser_with_ctrl_c_is_no_failure(desk: Desk, end: str) -> None:
    desk.install("w3m", end)
    desk.install("lynx")
    assert desk.open(screen=False, run_in_terminal=run_in_foreground).name == "w3m"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (BrowserError("The screen cannot be put away."), "w3m: The screen cannot be put away; "),
        (PermissionError(13, "Permission denied"), r"w3m could not be started \(Permission denied\); "),
    ],
)
def test_an_error_of_the_caller_is_reported_as_a_failure(desk: Desk, error: Exception, words: str) -> None:
    desk.install("w3m")
    desk.install("lynx")

    def refuse(command: BrowserCommand) -> int:
        raise error

    with pytest.raises(BrowserError, match=rf"^{words}lynx.*\. No browser on this machine's screen"):
        desk.open(screen=False, run_in_terminal=refuse)


def in_a_process_of_its_own(code: str, *arguments: str) -> str:
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", ["INT", "QUIT"])
def test_interrupts_reach_only_the_browser(desk: Desk, name: str) -> None:
    program = desk.install("w3m", f"kill -{name} $PPID; sleep 0.05; kill -{name} $$; sleep 10")
    code = (
        "import signal, sys\n"
        "from newsreader.browser import BrowserCommand, run_in_foreground\n"
        "before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGQUIT)]\n"
        "print(run_in_foreground(BrowserCommand((sys.argv[1], 'x'), True)))\n"
        "print(before == [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGQUIT)])\n"
    )
    number = signal.Signals[f"SIG{name}"].value
    assert in_a_process_of_its_own(code, str(program)).split() == [f"-{number}", "True"]


def test_the_browser_package_imports_no_heavy_module() -> None:
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "import newsreader.browser\n"
        "print(*(set(sys.modules) - before))\n"
    )
    loaded = set(in_a_process_of_its_own(code).split())
    assert "newsreader.browser" in loaded
    heavy = {
        "textual",
        "rich",
        "subprocess",
        "shlex",
        "shutil",
        "tempfile",
        "threading",
        "webbrowser",
        "signal",
    }
    assert loaded.isdisjoint(heavy)
