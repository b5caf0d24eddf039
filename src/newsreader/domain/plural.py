"""Format counts in messages."""

from __future__ import annotations


def counted(count: int, singular: str, plural: str = "") -> str:
    """Format a count with its noun; `plural` defaults to the singular with an s."""
    return f"{count:,} {singular if count == 1 else plural or f'{singular}s'}"


def without(lacking: int) -> str:
    """Format the end of a sentence about stories that lack something."""
    return f"; {counted(lacking, 'story has', 'stories have')} none." if lacking else "."
