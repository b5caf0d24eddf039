"""The theme that was chosen last, and the background of the terminal."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Literal, cast

Background = Literal["dark", "light", ""]
"""Empty where it is not known."""

_MAX_LENGTH = 100
_LIGHT_NUMBERS = frozenset({"7", *map(str, range(9, 16))})
"""Of the sixteen colours, those that are light; 8 is a dark grey."""


def chosen_theme(path: Path) -> str:
    """Return the name of the theme that was chosen last, or empty."""
    return _word(path)


def keep_theme(path: Path, name: str) -> None:
    """Store the name of a theme, if possible."""
    _keep(path, name)


def known_background(path: Path, environ: Mapping[str, str]) -> Background:
    """Return the background that the terminal reported last, or else that of `COLORFGBG`.

    That variable, which rxvt and Konsole set, names the colours of text and background by their numbers.
    """
    if (kept := _word(path)) in {"dark", "light"}:
        return cast("Background", kept)
    number = environ.get("COLORFGBG", "").rpartition(";")[2]
    if not number.isdecimal():
        return ""
    return "light" if number in _LIGHT_NUMBERS else "dark"


def keep_background(path: Path, background: Background) -> None:
    """Store a background, if possible."""
    _keep(path, background)


def _word(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(_MAX_LENGTH).strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _keep(path: Path, word: str) -> None:
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{word}\n", encoding="utf-8")
