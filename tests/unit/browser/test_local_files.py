"""Which program opens a local file."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsreader.browser import BrowserError, commands_for_file

FILE = Path("/corpus/a b.md")
SCREEN = {"DISPLAY": ":0", "PATH": "/nowhere"}


@pytest.mark.parametrize(
    ("platform", "installed", "argv"),
    [
        ("linux", {"xdg-open", "gio"}, ("/bin/xdg-open", "/corpus/a b.md")),
        ("linux", {"gio"}, ("/bin/gio", "open", "/corpus/a b.md")),
        ("darwin", {"open", "xdg-open"}, ("/bin/open", "/corpus/a b.md")),
    ],
)
def test_the_opener_of_the_system_gets_the_path_as_one_argument(
    platform: str, installed: set[str], argv: tuple[str, ...]
) -> None:
    found = commands_for_file(
        FILE,
        environ={**SCREEN, "BROWSER": "firefox"},
        platform=platform,
        which=lambda name: f"/bin/{name}" if name in installed else None,
    )
    assert found.commands[0].argv == argv
    assert not found.commands[0].needs_terminal


def test_windows_opens_files_with_its_own_handler() -> None:
    found = commands_for_file(
        FILE, environ={"SYSTEMROOT": "C:\\W"}, platform="win32", which=lambda name: name
    )
    assert found.commands[0].argv == (
        "C:\\W\\System32\\rundll32.exe",
        "url.dll,FileProtocolHandler",
        str(FILE),
    )


def test_a_relative_path_could_be_an_option() -> None:
    with pytest.raises(BrowserError, match="full path"):
        commands_for_file(Path("-x.md"), environ=SCREEN, platform="linux")


def test_a_machine_without_a_screen_opens_no_file() -> None:
    with pytest.raises(BrowserError, match="no screen"):
        commands_for_file(FILE, environ={}, platform="linux")


def test_the_message_says_what_to_install() -> None:
    with pytest.raises(BrowserError, match="xdg-utils"):
        commands_for_file(FILE, environ=SCREEN, platform="linux")
