"""Readable texts of stories: which pages to fetch, what to keep, how to report the result."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newsreader.domain.errors import NewsreaderError
from newsreader.domain.mark_changes import identity_of_page
from newsreader.domain.page_text import Candidate, PageText, Version, candidates_of, minutes_to_read
from newsreader.domain.pages import find_copy
from newsreader.domain.plural import counted
from newsreader.domain.record import Link
from newsreader.domain.sanitize import shorten
from newsreader.domain.story_page import StoryPage
from newsreader.domain.urls import host_of

if TYPE_CHECKING:
    from newsreader.domain.link_status import LinkStatus
    from newsreader.library.pages.store import PageStore
    from newsreader.web.fetch.protocol import Failed, PageFetched, PageUnchanged

MANY = 5
"""Most pages fetched without asking first."""

MEGABYTE = 1_000_000

STOPPED = "Stopped; nothing was changed."
UNCHANGED = "The page is unchanged; this is its newest text."

_TITLE = 40
"""Characters of a title in a message."""


class NoPageError(NewsreaderError):
    """The story has no page that can be fetched."""


class FetchOutcome(StrEnum):
    """The outcome of fetching the text of one story."""

    FETCHED = "fetched"
    UNCHANGED = "unchanged"
    """The server or a comparison says that the kept text is the newest."""
    KEPT = "kept"
    """The text was there before and was not requested."""
    FAILED = "failed"


class PageRequest(NamedTuple):
    """The pages to try, in this order, and the kept text that the result is compared with."""

    candidates: tuple[Candidate, ...]
    kept: PageText | None

    @property
    def includes_copy(self) -> bool:
        """Whether an archived copy is among the pages to try."""
        return any(candidate.version is Version.ARCHIVED for candidate in self.candidates)


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

        Args:
            key_of: Returns what to press or type for an action, by its id.

        """
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
    """Counts the results of several requests. What is added before it ends is counted with the rest."""

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


class PageTexts:
    """The kept texts and link statuses of a corpus. One instance is used by one thread at a time.

    Args:
        path: The database; None if nothing is kept.
        megabytes: Most megabytes of all pages together.

    """

    def __init__(self, path: Path | None, megabytes: int) -> None:
        self._path = path
        self._most_bytes = megabytes * MEGABYTE
        self._store: PageStore | None = None

    def open(self) -> PageStore:
        """Open the database for writing, once.

        Raises:
            PagesError: it cannot be opened.

        """
        from newsreader.library.pages.store import PagesError, PageStore

        if self._path is None:
            raise PagesError("No pages are kept for this corpus.")
        if self._store is None:
            self._store = PageStore(self._path, most_bytes=self._most_bytes)
        return self._store

    def accept(
        self, page: StoryPage, request: PageRequest, answer: PageFetched | PageUnchanged | Failed
    ) -> PageResult:
        """Keep what was fetched for a story, and return the result."""
        from newsreader.web.fetch.protocol import Failed, PageFetched

        text = answer.text if isinstance(answer, PageFetched) else None
        warning = self._keep(page, text, answer.verdicts)
        statuses = {status.url: status for status in (*page.verdicts, *answer.verdicts)}
        updated = page._replace(text=text or page.text, verdicts=tuple(statuses.values()))
        if isinstance(answer, Failed):
            copy = None if request.includes_copy else _archived_copy(page, answer)
            outcome = FetchOutcome.FAILED
            return PageResult(page, updated, outcome, answer, copy, warning, request.includes_copy)
        # Not every server says that a page is still the same.
        is_same = text is None or (request.kept is not None and text.html == request.kept.html)
        outcome = FetchOutcome.UNCHANGED if is_same else FetchOutcome.FETCHED
        return PageResult(page, updated, outcome, warning=warning)

    def fill(self, page: StoryPage) -> StoryPage:
        """Add what was fetched earlier to related coverage that the corpus lacks."""
        from newsreader.library.pages.store import PagesError

        if page.record_id is not None or self._path is None or not self._path.exists():
            return page
        try:
            store = self.open()
            statuses = store.link_statuses([link.url for link in page.record.links()])
            text = store.get(identity_of_page(page.record))
        except PagesError:
            return page
        return page._replace(text=text, verdicts=tuple(statuses.values()))

    def close(self) -> None:
        """Close the database."""
        if self._store is not None:
            self._store.close()

    def _keep(self, page: StoryPage, text: PageText | None, statuses: Sequence[LinkStatus]) -> str:
        """Keep a text and link statuses; return why that failed, empty if it did not."""
        from newsreader.library.pages.store import PagesError

        if self._path is None or (text is None and not statuses):
            return ""
        try:
            store = self.open()
            store.note(statuses)
            if text is not None:
                store.keep(identity_of_page(page.record), text)
        except PagesError as error:
            return str(error)
        return ""


def page_request(page: StoryPage) -> PageRequest:
    """Return the request for the text of a story, or for a newer one.

    A kept archived copy is tried again after the pages of the story itself.

    Raises:
        NoPageError: the story has no page that can be fetched.

    """
    candidates = candidates_of(page.record)
    if page.text is not None and page.text.version is Version.ARCHIVED:
        candidates = (*candidates, Candidate(Version.ARCHIVED, page.text.url))
    if not candidates:
        raise NoPageError("This story has no page that can be fetched.")
    return PageRequest(candidates, page.text)


def copy_request(result: PageResult) -> PageRequest | None:
    """Return the request for the archived copy that a failed result offers, None if it offers none."""
    if result.copy is None:
        return None
    return PageRequest((Candidate(Version.ARCHIVED, result.copy.url),), result.page.text)


def page_requests(pages: Iterable[StoryPage]) -> tuple[list[tuple[StoryPage, PageRequest]], int]:
    """Return the requests for several stories, and how many of the stories have no page."""
    requests: list[tuple[StoryPage, PageRequest]] = []
    lacking = 0
    for page in pages:
        try:
            requests.append((page, page_request(page)))
        except NoPageError:
            lacking += 1
    return requests, lacking


def _archived_copy(page: StoryPage, failure: Failed) -> Link | None:
    """Return the archived copy if every page of the story is dead."""
    is_dead = bool(failure.verdicts) and all(status.outcome.is_dead for status in failure.verdicts)
    return find_copy(page.record, ()).link if is_dead else None


def _next_step(failure: Failed, key_of: Callable[[str], str], of_copy: bool) -> str:
    from newsreader.web.http.errors import Failure

    if of_copy:
        return f"{key_of('archived')} opens it in the browser"
    is_dead = failure.kind in (Failure.GONE, Failure.UNREACHABLE)
    if is_dead and failure.verdicts:  # otherwise it was the network itself
        return f"{key_of('archived')} opens the archived copy"
    if is_dead or failure.kind in (Failure.BUSY, Failure.BROKEN):
        return f"{key_of('readable_text')} tries again"
    if failure.kind is Failure.UNSAFE and "private" in failure.words:
        return "private_addresses in the settings allows it"
    return f"{key_of('open_original')} opens it in the browser"
