"""Links that the terminal itself can open (OSC 8).

The form is described at https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda. Terminals that do
not know it pass over it, but for consoles that print what they do not know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from rich.style import Style

from newsreader.domain.urls import is_openable
from newsreader.ui.style.painter import NO_STYLE

_WITHOUT = re.compile(r"linux|vt[0-9]|ansi|cons25|dumb")
_LONGEST = 2_083
"""Characters of an address that terminals are known to take."""


def has_hyperlinks(wanted: bool, environ: Mapping[str, str]) -> bool:
    """Whether links are told to the terminal: where that is wanted, and the terminal has a use for it."""
    return wanted and not _WITHOUT.match(environ.get("TERM", ""))


def hyperlink(url: str) -> Style:
    """What makes a text a link; nothing for an address that a terminal must not get."""
    is_safe = url.isascii() and url.isprintable() and len(url) <= _LONGEST and is_openable(url)
    return Style(link=url) if is_safe else NO_STYLE
