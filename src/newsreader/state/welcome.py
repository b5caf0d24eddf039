"""Whether the reader was welcomed before."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def note_welcome(path: Path) -> None:
    """Remember the welcome; where that is impossible, it comes again."""
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
