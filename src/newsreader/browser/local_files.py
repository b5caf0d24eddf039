"""Opening a file of this machine with the program that the system uses for it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from newsreader.browser.commands import (
    BrowserCommand,
    BrowserError,
    Candidates,
    has_screen,
    search_path_of,
    windows_opener,
)

_OPENERS: Final = (("xdg-open",), ("gio", "open"), ("wslview",))


def commands_for_file(
    path: Path,
    *,
    environ: Mapping[str, str],
    platform: str = sys.platform,
    which: Callable[[str], str | None] | None = None,
) -> Candidates:
    """Find the commands that open a file. Browsers of the settings are for web pages and are not asked.

    Args:
        path: Absolute, so that no program can take it for an option.
        environ: For PATH, and whether there is a screen.
        platform: As in `sys.platform`.
        which: Returns the path of a program, or None; by default it searches the PATH of `environ`.

    Raises:
        BrowserError: There is nothing to run.

    """
    if not path.is_absolute():
        raise BrowserError("Only the full path of a file is opened.")
    if not has_screen(environ, platform):
        raise BrowserError("This machine has no screen that another program could show the file on.")
    search = which or search_path_of(environ)
    openers = {"win32": (windows_opener(environ),), "darwin": (("open",),)}.get(platform, _OPENERS)
    commands = tuple(
        BrowserCommand((found, *opener[1:], str(path)), needs_terminal=False)
        for opener in openers
        if (found := search(opener[0]))
    )
    if not commands:
        raise BrowserError("No program was found that opens files; install xdg-utils.")
    return Candidates(commands)
