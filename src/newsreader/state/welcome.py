"""Whether the welcome dialog was shown."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def note_welcome(path: Path) -> None:
    """Record that the welcome was shown, if possible."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
