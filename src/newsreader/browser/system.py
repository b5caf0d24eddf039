"""What a platform opens web pages with, and whether a window would be seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from newsreader.browser.template import TERMINAL_BROWSERS

# fmt: off
_OPENERS: Final[tuple[tuple[str, ...], ...]] = (
    ("xdg-open",), ("gio", "open"), ("wslview",),
    ("x-www-browser",), ("sensible-browser",), ("www-browser",),
    ("firefox",), ("chromium",), ("chromium-browser",), ("google-chrome",), ("google-chrome-stable",),
    ("brave-browser",), ("microsoft-edge",), ("vivaldi",), ("librewolf",),
    ("epiphany",), ("falkon",), ("konqueror",), ("qutebrowser",),
)
# fmt: on
_SCREENS: Final = ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "WSL_INTEROP")


def system_templates(environ: Mapping[str, str], platform: str) -> Sequence[Sequence[str]]:
    """Return the commands, without the URL, that a platform may have: its own opener first."""
    if platform == "win32":
        # By its full path, as a bare name is looked for in the current directory first.
        root = environ.get("SYSTEMROOT") or "C:\\Windows"
        return ((f"{root}\\System32\\rundll32.exe", "url.dll,FileProtocolHandler"),)
    terminal_browsers = tuple((name,) for name in TERMINAL_BROWSERS)
    return (("open",), *terminal_browsers) if platform == "darwin" else (*_OPENERS, *terminal_browsers)


def has_screen(environ: Mapping[str, str], platform: str) -> bool:
    """Tell whether a window can be shown, and where every program has one, whether it would be seen."""
    if platform in ("darwin", "win32"):
        return not is_remote(environ)
    return any(environ.get(name) for name in _SCREENS)


def is_remote(environ: Mapping[str, str]) -> bool:
    """Tell whether the person sits at another machine, as far as SSH says so."""
    return bool(environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"))
