"""Copying with programs of the system."""

from __future__ import annotations

import os
import signal
import stat
from pathlib import Path

import pytest

from newsreader.app.clipboard import ClipboardTool, clipboard_tools, copy_with


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs before all others; what they copy is in its file `copied`."""
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return tmp_path


def put(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\ncd {folder}\n{script}\n")
    (folder / name).chmod(stat.S_IRWXU)


@pytest.mark.parametrize(
    ("environ", "platform", "names"),
    [
        ({}, "linux", []),
        (
            {"WAYLAND_DISPLAY": "w", "DISPLAY": ":0", "TMUX": "t"},
            "linux",
            ["wl-copy", "xclip", "xsel", "tmux"],
        ),
        ({"TMUX": "t"}, "darwin", ["pbcopy", "tmux"]),
        ({"WSL_DISTRO_NAME": "d"}, "linux", ["clip.exe"]),
        ({"TERMUX_VERSION": "1"}, "linux", ["termux-clipboard-set"]),
    ],
)
def test_programs_are_those_of_the_display(environ: dict[str, str], platform: str, names: list[str]) -> None:
    assert [tool.name for tool in clipboard_tools(environ, platform)] == names


def test_the_first_program_that_has_copied_counts(programs: Path) -> None:
    put(programs, "forgets", "cat > /dev/null; echo other")
    put(programs, "fails", "exit 1")
    put(programs, "copies", "cat > copied")
    put(programs, "pastes", "cat copied")
    tools = [
        ClipboardTool(("no-such-program",)),
        ClipboardTool(("fails",)),
        ClipboardTool(("forgets",), ("forgets",)),
        ClipboardTool(("forgets",), ("fails",)),
        ClipboardTool(("copies",), ("pastes",)),
        ClipboardTool(("fails",)),
    ]
    assert copy_with(tools, "naïve $(id) \n") == "copies"
    assert (programs / "copied").read_text() == "naïve $(id) \n"
    assert copy_with(tools[:4], "a") == ""


def test_a_program_that_cannot_be_asked_is_believed(programs: Path) -> None:
    put(programs, "copies", "cat > copied")
    assert copy_with([ClipboardTool(("copies",), encoding="utf-16")], "ä") == "copies"
    assert (programs / "copied").read_bytes().decode("utf-16") == "ä"


def test_a_program_that_stays_with_the_text_is_not_waited_for(programs: Path) -> None:
    put(programs, "copies", "cat > copied; sleep 60 & echo $! > pid")
    put(programs, "pastes", "cat copied")
    assert copy_with([ClipboardTool(("copies",), ("pastes",))], "a") == "copies"
    os.kill(int((programs / "pid").read_text()), signal.SIGKILL)
