"""The base class of the program's errors."""

from __future__ import annotations


class NewsreaderError(Exception):
    """An error to show to the user; its message says what happened, where, and what to do."""
