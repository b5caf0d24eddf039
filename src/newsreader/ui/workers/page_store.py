"""Keeping what was fetched of pages, and finding it again: in the background, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.domain.mark_changes import identity_of_page
from newsreader.ui.messages import EntryFilled, Notification, TextKept, VerdictsKept
from newsreader.ui.workers.job_queue import JobQueue

if TYPE_CHECKING:
    from textual.screen import Screen

    from newsreader.domain.link_status import LinkStatus
    from newsreader.domain.page_text import PageText
    from newsreader.domain.story_page import StoryPage
    from newsreader.library.pages.store import PageStore

MEGABYTE = 1_000_000


class PageStoreClient:
    """Keeps texts and verdicts, and tells by messages when it is done.

    Args:
        screen: Runs the workers, and receives `TextKept`, `VerdictsKept` and `EntryFilled`.
        path: Of the database of pages; None where nothing is kept.
        megabytes: What all pages may take together.

    """

    def __init__(self, screen: Screen[None], path: Path | None, megabytes: int) -> None:
        self._path = path
        self._most_bytes = megabytes * MEGABYTE
        self._queue = JobQueue(screen, "pages")
        self._pages: PageStore | None = None

    def keep(
        self, page: StoryPage, text: PageText, verdicts: Sequence[LinkStatus], *, in_batch: bool
    ) -> None:
        """Keep the text of a page, and how its link fared."""

        def work(pages: PageStore) -> None:
            pages.note(verdicts)
            pages.keep(identity_of_page(page.record), text)

        def job() -> TextKept:
            failure = self._do(work)
            return TextKept(page, text, failure, in_batch=in_batch)

        self._queue.do(job)

    def note(self, page: StoryPage, verdicts: Sequence[LinkStatus]) -> None:
        """Note how links of a story fared."""

        def job() -> VerdictsKept | Notification:
            failure = self._do(lambda pages: pages.note(verdicts))
            return Notification(failure) if failure else VerdictsKept(page, verdicts)

        self._queue.do(job)

    def fill(self, page: StoryPage) -> None:
        """Find what was fetched of related coverage that the corpus lacks."""
        path = self._path
        if path is None:
            return

        def job() -> EntryFilled | None:
            filled = [page]

            def find(pages: PageStore) -> None:
                known = pages.verdicts([link.url for link in page.record.links()])
                text = pages.get(identity_of_page(page.record))
                filled[0] = page._replace(text=text, verdicts=tuple(known.values()))

            if path.exists():
                self._do(find)
            return EntryFilled(page, filled[0]) if filled[0] != page else None

        self._queue.do(job)

    def stop(self) -> None:
        """Leave nothing undone."""
        self._queue.finish()
        if self._pages is not None:
            self._pages.close()

    def _do(self, work: Callable[[PageStore], None]) -> str:
        """Do something with the database, if there is to be one; gives why that failed."""
        if self._path is None:
            return ""
        from newsreader.library.pages.store import PagesError, PageStore

        try:
            if self._pages is None:
                self._pages = PageStore(self._path, most_bytes=self._most_bytes)
            work(self._pages)
        except PagesError as error:
            return str(error)
        return ""
