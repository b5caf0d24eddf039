"""What the desks need of the prompt: where words go, and an answer to a question."""

from __future__ import annotations

from collections.abc import Callable

Ask = Callable[[str], bool]
"""Asks a question that is answered by yes or no; no answer is a no."""
