"""Limits of what is kept of the metadata of one file, whatever its format."""

from __future__ import annotations

from math import isfinite
from typing import Any

from newsreader.corpus.yaml_loader import MAX_DEPTH

LONGEST = 200_000
"""Most characters of metadata other than YAML; the longest seen has 20,000."""

_LARGEST = 10**18


class TooDeepError(ValueError):
    """Values are nested deeper than in any real record."""


def bounded(value: Any, depth: int = 0) -> Any:
    """Return values without numbers that cannot be printed or stored: those become text.

    Raises:
        TooDeepError: they are nested more than `MAX_DEPTH` deep.

    """
    if depth > MAX_DEPTH:
        raise TooDeepError(f"nested more than {MAX_DEPTH} deep")
    if isinstance(value, dict):
        return {key: bounded(inner, depth + 1) for key, inner in value.items()}
    if isinstance(value, list):
        return [bounded(inner, depth + 1) for inner in value]
    if isinstance(value, int) and abs(value) >= _LARGEST:
        return hex(value)[:100]  # Python refuses to print huge numbers in decimal
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value
