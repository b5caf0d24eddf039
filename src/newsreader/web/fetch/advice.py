"""What a reader can do next where a page could not be fetched."""

from __future__ import annotations

from collections.abc import Callable

from newsreader.web.fetch.protocol import Failed
from newsreader.web.http.errors import Failure


def failed_in_words(failure: Failed, key_of: Callable[[str], str], *, of_copy: bool = False) -> str:
    """What went wrong, and the next step, on one line.

    Args:
        failure: What went wrong.
        key_of: What is to be pressed or typed for an action by its id.
        of_copy: Whether an archived copy was asked for.

    """
    step = f"{key_of('archived')} opens it in the browser" if of_copy else _next_step(failure, key_of)
    return f"{failure.words}; {step}."


def is_dead(failure: Failed) -> bool:
    """Whether every page of the story is gone or cannot be reached, so that a copy is worth looking for."""
    return bool(failure.verdicts) and all(verdict.outcome.is_dead for verdict in failure.verdicts)


def _next_step(failure: Failed, key_of: Callable[[str], str]) -> str:
    again, copy = f"{key_of('readable_text')} tries again", f"{key_of('archived')} opens the archived copy"
    if failure.kind in (Failure.BUSY, Failure.BROKEN):
        return again
    if failure.kind in (Failure.GONE, Failure.UNREACHABLE):
        return copy if failure.verdicts else again  # without a verdict it was the network itself
    if failure.kind is Failure.UNSAFE and "private" in failure.words:
        return "private_addresses in the settings allows it"
    return f"{key_of('open_original')} opens it in the browser"
