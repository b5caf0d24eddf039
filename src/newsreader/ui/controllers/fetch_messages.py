"""What is said of fetching: how far it is, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.domain.page_text import PageText, minutes_to_read
from newsreader.domain.sanitize import shorten
from newsreader.domain.urls import host_of
from newsreader.keymap.active import key_of
from newsreader.ui.controllers.copying import counted

if TYPE_CHECKING:
    from newsreader.web.fetch.protocol import Failed

_TITLE = 40
"""Characters of a title in a message."""


def under_way(words: str) -> str:
    """How far a request is, and how it is stopped."""
    return f"{words.removesuffix('…').rstrip()} …; {key_of('step_back')} stops it"


def fetched(text: PageText) -> str:
    """What came."""
    minutes = counted(minutes_to_read(text.words), "minute")
    return f"{counted(text.words, 'word')} from {host_of(text.url)}, {minutes} to read."


def fetched_elsewhere(title: str) -> str:
    """What came for a story that the reader has left."""
    return f"The text of “{shorten(title, _TITLE)}” is kept."


def failed_elsewhere(title: str, failure: Failed) -> str:
    """The same of a story that the reader has left."""
    return f"“{shorten(title, _TITLE)}” has no text: {failure.words}."


def summary(total: int, unchanged: int, failures: int, lacking: int) -> str:
    """What came of fetching the texts of several stories."""
    read = total - unchanged - failures
    parts = [f"{counted(read, 'page')} read"]
    parts += [f"{unchanged:,} unchanged"] if unchanged else []
    parts += [f"{failures:,} failed"] if failures else []
    parts += [f"{lacking:,} without a page"] if lacking else []
    return ", ".join(parts) + "."
