"""Suggestions for misspelled names."""

from __future__ import annotations

from collections.abc import Iterable

_COMPARED = 60
"""Characters of a name that are compared: the time grows with their square."""


def closest(text: str, names: Iterable[str], count: int = 1) -> list[str]:
    """Return the names most like a text, ignoring case, best first; none that is not close."""
    from difflib import get_close_matches  # only mistakes need it

    known = {name.casefold()[:_COMPARED]: name for name in names}
    return [
        known[name] for name in get_close_matches(text.casefold()[:_COMPARED], known, n=count, cutoff=0.5)
    ]


def suggest(text: str, names: Iterable[str]) -> str:
    """Ask whether the closest of some names was meant; empty where none is close."""
    return f"Did you mean “{found[0]}”?" if (found := closest(text, names)) else ""
