"""Letters that stand beside rows and links and are typed to jump there."""

from __future__ import annotations

from typing import Final

_LETTERS: Final = "asdfghjklqwertyuiopzxcvbnm"
"""Those of the home row first."""


def jump_labels(count: int) -> list[str]:
    """Return as many labels, all of the same length: one letter each where letters suffice, else two."""
    if count <= len(_LETTERS):
        return list(_LETTERS[:count])
    pairs = [first + second for first in _LETTERS for second in _LETTERS]
    return pairs[:count]
