"""Patterns for LIKE in SQL, with a backslash as the ESCAPE."""

from __future__ import annotations


def like(text: str) -> str:
    """A pattern that is a text as it stands."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
