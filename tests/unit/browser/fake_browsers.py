"""Browsers for tests: small scripts that write down what they were called with."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

from newsreader.browser import BrowserCommand, Candidates, commands_for, launch

URL = "https://example.com/story?id=4&x=y"
SCREEN = {"DISPLAY": ":0"}
PATIENCE = 10.0  # seconds; far more than a fake browser needs to end, even on a busy machine


class Desk:
    """A directory of fake browsers, which is also the PATH they are found in."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def install(self, name: str, body: str = "") -> Path:
        """Add a browser that writes its arguments down and then does `body`."""
        program = self.directory / name
        record = shlex.quote(f"{program}.argv")
        program.write_text(f"#!/bin/sh\nprintf '%s\\0' \"$@\" >> {record}\n{body}\n")
        program.chmod(0o755)
        return program

    def received(self, name: str) -> list[str]:
        """What a browser was called with; empty if it never was."""
        record = self.directory / f"{name}.argv"
        return os.fsdecode(record.read_bytes()).split("\0")[:-1] if record.exists() else []

    def environ(self, browser: str = "", *, screen: bool = True) -> dict[str, str]:
        return {"PATH": f"{self.directory}:/usr/bin:/bin", "BROWSER": browser, **(SCREEN if screen else {})}

    def only_here(self, program: str) -> str | None:
        """Find what was installed here, so that the machine's own browsers are never run."""
        path = self.directory / program
        return str(path) if path.exists() and os.access(path, os.X_OK) else None

    def candidates(
        self, url: str = URL, *, setting: Sequence[str] = (), browser: str = "", screen: bool = True
    ) -> Candidates:
        environ = self.environ(browser, screen=screen)
        return commands_for(url, setting=setting, environ=environ, platform="linux", which=self.only_here)

    def open(
        self,
        url: str = URL,
        *,
        setting: Sequence[str] = (),
        browser: str = "",
        screen: bool = True,
        grace: float = PATIENCE,
        run_in_terminal: Callable[[BrowserCommand], int] | None = None,
    ) -> BrowserCommand:
        candidates = self.candidates(url, setting=setting, browser=browser, screen=screen)
        return launch(candidates, environ=self.environ(), grace=grace, run_in_terminal=run_in_terminal)


def having(*programs: str) -> Callable[[str], str | None]:
    """Return a search that finds these programs and no other."""
    return lambda program: f"/fake/{program}" if program in programs else None


def names_of(candidates: Candidates) -> list[str]:
    return [command.name for command in candidates.commands]
