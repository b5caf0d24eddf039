"""Results of fetching readable texts: one by one, and as a batch."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.page_text import minutes_to_read
from newsreader.domain.plural import counted
from newsreader.domain.record import Link
from newsreader.domain.sanitize import shorten
from newsreader.domain.story_page import StoryPage
from newsreader.domain.urls import host_of

if TYPE_CHECKING:
    from newsreader.web.fetch.protocol import Failed

STOPPED = "Stopped; nothing was changed."
UNCHANGED = "The page is unchanged; this is its newest text."

_TITLE = 40
"""Characters of a title in a message."""


class FetchOutcome(StrEnum):
    """The outcome of fetching the text of one story."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    """The stored text is the newest."""
    KEPT = "kept"
    """The text was there before and was not requested."""
    FAILED = "failed"


class PageResult(NamedTuple):
    """The result of fetching the text of one story.

    `page` is the story as it was requested, `updated` the same with the new text and link statuses.
    `failure` is set if the outcome is FAILED, and `copy` then links to the archived copy worth offering.
    `warning` says why the result could not be kept; empty otherwise.
    """

    page: StoryPage
    updated: StoryPage
    outcome: FetchOutcome
    failure: Failed | None = None
    copy: Link | None = None
    warning: str = ""
    tried_copy: bool = False

    def message(self, key_of: Callable[[str], str]) -> str:
        """Describe the result, with the next step after a failure.

        `key_of` returns what to press or type for an action.
        """
        if self.failure is not None and _is_offline(self.failure):
            again = key_of("readable_text")
            return self._joined(
                f"No connection: {self.failure.words}; {again} tries again once there is one."
            )
        if self.failure is not None:
            return self._joined(f"{self.failure.words}; {_next_step(self.failure, key_of, self.tried_copy)}.")
        text = self.updated.text
        if self.outcome is FetchOutcome.UNCHANGED or text is None:
            return self._joined(UNCHANGED)
        minutes = counted(minutes_to_read(text.words), "minute")
        return self._joined(f"{counted(text.words, 'word')} from {host_of(text.url)}, {minutes} to read.")

    def message_elsewhere(self) -> str:
        """Describe the result for a reader who has moved on to another story."""
        title = f"“{shorten(self.page.record.title, _TITLE)}”"
        if self.failure is not None:
            return self._joined(f"{title} has no text: {self.failure.words}.")
        if self.outcome is FetchOutcome.UNCHANGED:
            return self._joined(UNCHANGED)
        return self._joined(f"The text of {title} is kept.")

    def _joined(self, message: str) -> str:
        return f"{message} {self.warning}".rstrip()


class FetchBatch:
    """Counts the results of several requests."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything; later results are ignored."""
        self._total = self._done = self._unchanged = self._lacking = 0
        self._warning = ""
        self.failures: list[PageResult] = []

    @property
    def is_active(self) -> bool:
        """Whether some requests have no result yet."""
        return self._done < self._total

    def add(self, requests: int, lacking: int) -> None:
        """Add some requests, and stories that have no page."""
        self._total += requests
        self._lacking += lacking

    def count(self, result: PageResult) -> bool:
        """Count a result; return whether it was the last."""
        if not self.is_active:
            return False
        self._done += 1
        self._unchanged += result.outcome is FetchOutcome.UNCHANGED
        self._warning = self._warning or result.warning
        if result.failure is not None:
            self.failures.append(result)
        return not self.is_active

    def progress(self, stage: str = "") -> str:
        """Describe the progress, with the stage of the latest request."""
        done = f"fetched {self._done:,} of {self._total:,} pages"
        return f"{done} · {stage}" if stage else done

    def summary(self) -> str:
        """Summarize the results."""
        read = self._done - self._unchanged - len(self.failures)
        parts = [f"{counted(read, 'page')} read"]
        parts += [f"{self._unchanged:,} unchanged"] if self._unchanged else []
        parts += [f"{len(self.failures):,} failed"] if self.failures else []
        parts += [f"{self._lacking:,} without a page"] if self._lacking else []
        return f"{', '.join(parts)}. {self._warning}".rstrip()

    def stop(self) -> str:
        """Cancel the batch; return a message, empty if it was not active."""
        words = ""
        if self.is_active:
            words = f"Stopped after {self._done:,} of {counted(self._total, 'page')}; what was read is kept."
        self.clear()
        return words


def _is_offline(failure: Failed) -> bool:
    """Whether the network failed, rather than a page: then no page has a verdict."""
    from newsreader.web.http.errors import Failure

    return failure.kind is Failure.UNREACHABLE and not failure.verdicts


def _next_step(failure: Failed, key_of: Callable[[str], str], of_copy: bool) -> str:
    from newsreader.web.http.errors import Failure

    if of_copy:
        return f"{key_of('archived')} opens it in the browser"
    is_dead = failure.kind in (Failure.GONE, Failure.UNREACHABLE)
    if is_dead:
        return f"{key_of('archived')} opens the archived copy"
    if failure.kind in (Failure.BUSY, Failure.BROKEN):
        return f"{key_of('readable_text')} tries again"
    if failure.kind is Failure.UNSAFE and "private" in failure.words:
        return "private_addresses in the settings allows it"
    return f"{key_of('open_original')} opens it in the browser"
