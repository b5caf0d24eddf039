"""Hands a URL to the system's browser: finds the programs that may take it, and tries them in order.

Nothing here is given to a shell, and a URL that is not plain `http` or `https` reaches no process at all.
"""

from __future__ import annotations

from newsreader.browser.choosing import commands_for
from newsreader.browser.command import BrowserCommand, BrowserError, Candidates, UnsafeUrlError
from newsreader.browser.running import launch, run_in_foreground

__all__ = [
    "BrowserCommand",
    "BrowserError",
    "Candidates",
    "UnsafeUrlError",
    "commands_for",
    "launch",
    "run_in_foreground",
]
