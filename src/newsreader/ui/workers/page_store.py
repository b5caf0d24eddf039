"""The page store: keeps fetched texts in the background, one after the other."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.app.page_texts import PageRequest, PageTexts
from newsreader.ui.messages import EntryFilled, PageFetchEnded
from newsreader.ui.workers.job_queue import JobQueue

if TYPE_CHECKING:
    from textual.screen import Screen

    from newsreader.domain.story_page import StoryPage
    from newsreader.web.fetch.protocol import Failed, PageFetched, PageUnchanged


class PageStoreClient:
    """Runs `PageTexts` in background threads.

    Args:
        screen: Runs the workers, and receives `PageFetchEnded` and `EntryFilled`.
        path: The database of pages; None if nothing is kept.
        megabytes: Most megabytes of all pages together.

    """

    def __init__(self, screen: Screen[None], path: Path | None, megabytes: int) -> None:
        self._queue = JobQueue(screen, "pages")
        self._texts = PageTexts(path, megabytes)

    def accept(
        self,
        page: StoryPage,
        request: PageRequest,
        answer: PageFetched | PageUnchanged | Failed,
        *,
        in_batch: bool,
    ) -> None:
        """Keep what was fetched for a story, and post the result."""
        self._queue.do(lambda: PageFetchEnded(self._texts.accept(page, request, answer), in_batch=in_batch))

    def fill(self, page: StoryPage) -> None:
        """Look up what was fetched of related coverage that the corpus lacks."""

        def job() -> EntryFilled | None:
            filled = self._texts.fill(page)
            return EntryFilled(page, filled) if filled != page else None

        self._queue.do(job)

    def stop(self) -> None:
        """Finish the remaining jobs and close the database."""
        self._queue.finish()
        self._texts.close()
