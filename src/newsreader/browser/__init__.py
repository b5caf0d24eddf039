"""Opens a URL in a browser: finds the commands that may open it, and tries them in order.

Nothing is passed to a shell, and only plain `http` and `https` URLs and paths of files of the corpus are
passed to a process.
"""

from __future__ import annotations

from newsreader.browser.commands import BrowserCommand, BrowserError, Candidates, UnsafeUrlError, commands_for
from newsreader.browser.local_files import commands_for_file
from newsreader.browser.running import call_in_foreground, launch, run_in_foreground

__all__ = [
    "BrowserCommand",
    "BrowserError",
    "Candidates",
    "UnsafeUrlError",
    "call_in_foreground",
    "commands_for",
    "commands_for_file",
    "launch",
    "run_in_foreground",
]
