"""The paths of files in a corpus."""

from __future__ import annotations

RECORD_SUFFIXES = (".md", ".markdown", ".txt", ".html")


def display_path(path: bytes) -> str:
    r"""The path as text; bytes that are not text are shown as `\xNN`."""
    return path.decode("utf-8", errors="backslashreplace")
