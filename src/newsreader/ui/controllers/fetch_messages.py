"""The progress message of a request."""

from __future__ import annotations

from newsreader.keymap.active import key_of


def under_way(stage: str) -> str:
    """Return a progress message with the key that stops the request."""
    return f"{stage.removesuffix('…').rstrip()} …; {key_of('step_back')} stops it"
