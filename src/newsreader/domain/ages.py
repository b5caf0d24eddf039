"""What the ages in a filter (`newer:7d`) are counted from."""

from __future__ import annotations

from enum import StrEnum


class AgesFrom(StrEnum):
    """The moment that counts as now."""

    NEWEST = "newest"
    """The newest record that is not in the future: an archive can be asked as on its last day."""
    TODAY = "today"
    """The clock's."""
