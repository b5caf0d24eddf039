"""Intervals as the settings write them, such as `30m`."""

from __future__ import annotations

import re
from typing import Any, Final

_UNITS: Final = {"m": 60, "h": 3_600, "d": 86_400}
_SHORTEST: Final = 300
_LONGEST: Final = 30 * 86_400

NEEDED: Final = 'an interval from 5m to 30d is needed, such as "30m", "2h" or "1d", or "off"'
"""What a message about an invalid interval says."""


def read_interval(value: Any) -> int | None:
    """Return an interval in seconds, 0 for "off", None if it is invalid."""
    if value == "off":
        return 0
    found = re.fullmatch(r"([0-9]{1,5})([mhd])", value) if isinstance(value, str) else None
    seconds = int(found[1]) * _UNITS[found[2]] if found else 0
    return seconds if _SHORTEST <= seconds <= _LONGEST else None


def written_interval(seconds: int) -> str:
    """Return an interval as `read_interval` reads it."""
    unit = next((unit for unit in "dh" if seconds % _UNITS[unit] == 0), "m")
    return f"{seconds // _UNITS[unit]}{unit}" if seconds else "off"
