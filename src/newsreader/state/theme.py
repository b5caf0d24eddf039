"""The theme that was chosen last, kept from one start to the next."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

_LONGEST = 100


def chosen_theme(path: Path) -> str:
    """The name of the theme that was chosen last; empty where none was."""
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(_LONGEST).strip()
    except (OSError, UnicodeDecodeError):
        return ""


def keep_theme(path: Path, name: str) -> None:
    """Keep the name of a theme; where that is impossible, the next start has the old one."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{name}\n", encoding="utf-8")
