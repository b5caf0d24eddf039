"""Errors that a person can act on."""

from __future__ import annotations


class NewsreaderError(Exception):
    """The base of every error a person can act on; its text says what, where, and what to do."""
