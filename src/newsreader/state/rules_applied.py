"""Up to which arrival the rules were applied to a corpus."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from newsreader.state.atomic_file import write_whole

_MAX_BYTES = 30


def applied_until(file: Path) -> int | None:
    """Return the arrival of the last record that the rules were applied to, in milliseconds since 1970 UTC.

    None if they never were, or the file is invalid.
    """
    try:
        with file.open("rb") as stream:
            return int(stream.read(_MAX_BYTES))
    except (OSError, ValueError):
        return None


def keep_applied_until(file: Path, arrival: int) -> None:
    """Store an arrival atomically, if possible."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, lambda stream: stream.write(f"{arrival}\n"), replace=True)
