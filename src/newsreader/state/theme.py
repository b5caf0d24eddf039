"""The theme that was chosen last."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

_MAX_LENGTH = 100


def chosen_theme(path: Path) -> str:
    """Return the name of the theme that was chosen last, or empty."""
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(_MAX_LENGTH).strip()
    except (OSError, UnicodeDecodeError):
        return ""


def keep_theme(path: Path, name: str) -> None:
    """Store the name of a theme, if possible."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}\n", encoding="utf-8")
