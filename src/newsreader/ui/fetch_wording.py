"""What is said of fetching: how far it is, what came of it, and what can be done next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.domain.page_text import PageText, minutes_to_read
from newsreader.domain.text import shorten
from newsreader.domain.urls import host_of
from newsreader.keymap.live import key_of
from newsreader.ui.copy_desk import counted

if TYPE_CHECKING:
    from newsreader.web.wire import Failed

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


def failed(failure: Failed, *, of_copy: bool = False) -> str:
    """What went wrong, and the next step; `of_copy` where an archived copy was asked for."""
    step = f"{key_of('archived')} opens it in the browser" if of_copy else _next_step(failure)
    return f"{failure.words}; {step}."


def failed_elsewhere(title: str, failure: Failed) -> str:
    """The same of a story that the reader has left."""
    return f"“{shorten(title, _TITLE)}” has no text: {failure.words}."


def is_dead(failure: Failed) -> bool:
    """Whether every page of the story is gone or cannot be reached, so that a copy is worth looking for."""
    return bool(failure.verdicts) and all(verdict.outcome.is_dead for verdict in failure.verdicts)


def summary(total: int, unchanged: int, failures: int, lacking: int) -> str:
    """What came of fetching the texts of several stories."""
    read = total - unchanged - failures
    parts = [f"{counted(read, 'page')} read"]
    parts += [f"{unchanged:,} unchanged"] if unchanged else []
    parts += [f"{failures:,} failed"] if failures else []
    parts += [f"{lacking:,} without a page"] if lacking else []
    return ", ".join(parts) + "."


def _next_step(failure: Failed) -> str:
    from newsreader.web.errors import Failure

    again, original, copy = key_of("readable_text"), key_of("open_original"), key_of("archived")
    if failure.kind in (Failure.GONE, Failure.UNREACHABLE):
        # Without a verdict on any page it was the network itself.
        return f"{copy} opens the archived copy" if failure.verdicts else f"{again} tries again"
    return {
        Failure.REFUSED: f"{original} opens it in the browser",
        Failure.BUSY: f"{again} tries again",
        Failure.BROKEN: f"{again} tries again",
        Failure.UNSAFE: "private_addresses in the settings allows addresses of this network"
        if "private" in failure.words
        else f"{original} opens it in the browser",
        Failure.UNREADABLE: f"{original} opens it in the browser",
    }[failure.kind]
