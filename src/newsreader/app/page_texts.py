"""Readable texts of stories: which pages to fetch, what to keep, how to report the result."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from newsreader.app.page_results import FetchOutcome, PageResult
from newsreader.domain.errors import NewsreaderError
from newsreader.domain.mark_changes import identity_of_page
from newsreader.domain.page_text import Candidate, PageText, Version, candidates_of
from newsreader.domain.pages import find_copy
from newsreader.domain.record import Link
from newsreader.domain.story_page import StoryPage

if TYPE_CHECKING:
    from newsreader.domain.link_status import LinkStatus
    from newsreader.library.pages.store import PageStore
    from newsreader.web.fetch.protocol import Failed, PageFetched, PageUnchanged

MANY = 5
"""Most pages fetched without asking first."""

MEGABYTE = 1_000_000


class NoPageError(NewsreaderError):
    """The story has no page that can be fetched."""


class PageRequest(NamedTuple):
    """The pages to try, in this order, and the kept text that the result is compared with."""

    candidates: tuple[Candidate, ...]
    kept: PageText | None

    @property
    def includes_copy(self) -> bool:
        """Whether an archived copy is among the pages to try."""
        return any(candidate.version is Version.ARCHIVED for candidate in self.candidates)


class PageTexts:
    """The kept texts and link statuses of a corpus. One instance is used by one thread at a time.

    Without a path, nothing is stored.
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
