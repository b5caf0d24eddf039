"""Put text on the clipboard with a program of the system, and find out whether it is there.

A terminal can be asked to do so (OSC 52), but does not say whether it has; tmux ignores such a request of a
program by default. So the programs come first.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from tempfile import TemporaryFile
from typing import NamedTuple

_PATIENCE = 3.0
"""Seconds that a program may take."""


class ClipboardTool(NamedTuple):
    """A program that copies its standard input.

    `reads` is the command that prints what was copied, empty where there is none. `encoding` is that of the
    input.
    """

    copies: tuple[str, ...]
    reads: tuple[str, ...] = ()
    encoding: str = "utf-8"

    @property
    def name(self) -> str:
        """The name of the program."""
        return self.copies[0]


def clipboard_tools(environ: Mapping[str, str], platform: str) -> list[ClipboardTool]:
    """Return the programs that may work here, in the order to try them.

    Args:
        environ: Tells which display and multiplexer there are.
        platform: As `sys.platform` has it.

    """
    tools = []
    if platform == "darwin":
        tools.append(ClipboardTool(("pbcopy",), ("pbpaste",)))
    if environ.get("WAYLAND_DISPLAY"):
        tools.append(ClipboardTool(("wl-copy",), ("wl-paste", "--no-newline")))
    if environ.get("DISPLAY"):
        xclip = ("xclip", "-selection", "clipboard")
        tools.append(ClipboardTool(xclip, (*xclip, "-o")))
        tools.append(ClipboardTool(("xsel", "--clipboard", "--input"), ("xsel", "--clipboard", "--output")))
    if environ.get("WSL_DISTRO_NAME"):
        tools.append(ClipboardTool(("clip.exe",), encoding="utf-16"))
    if environ.get("TERMUX_VERSION"):
        tools.append(ClipboardTool(("termux-clipboard-set",), ("termux-clipboard-get",)))
    if environ.get("TMUX"):
        tools.append(ClipboardTool(("tmux", "load-buffer", "-w", "-"), ("tmux", "save-buffer", "-")))
    return tools


def copy_with(tools: Sequence[ClipboardTool], text: str) -> str:
    """Copy a text with the first program that works; return its name, empty if none does."""
    return next((tool.name for tool in tools if _copies(tool, text)), "")


def _copies(tool: ClipboardTool, text: str) -> bool:
    if _run(tool.copies, text.encode(tool.encoding, "replace")) is None:
        return False
    if not tool.reads:
        return True
    there = _run(tool.reads, b"")
    return there is not None and there.decode(tool.encoding, "replace").strip() == text.strip()


def _run(argv: Sequence[str], given: bytes) -> bytes | None:
    """Run a command; return what it prints, None if it fails."""
    # Some stay in the background to hold the text, with the output still open: a file, unlike a pipe, does
    # not wait for them.
    with TemporaryFile() as printed:
        try:
            subprocess.run(
                argv,
                input=given,
                stdout=printed,
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE,
                check=True,
                start_new_session=True,
            )
        except (OSError, subprocess.SubprocessError):
            return None
        printed.seek(0)
        return printed.read()
