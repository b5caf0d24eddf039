"""Keeping what was fetched of pages, and finding it again: in the background, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newsreader.domain.marking import identity_of_page
from newsreader.ui.job_queue import JobQueue
from newsreader.ui.messages import EntryFilled, TextKept, Told, VerdictsKept

if TYPE_CHECKING:
    from textual.screen import Screen

    from newsreader.domain.page_text import PageText
    from newsreader.domain.story_page import StoryPage
    from newsreader.domain.verdict import Verdict
    from newsreader.library.pages.store import Pages

MEGABYTE = 1_000_000


class PageKeeper:
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
        self._pages: Pages | None = None

    def keep(self, page: StoryPage, text: PageText, *, in_batch: bool) -> None:
        """Keep the text of a page."""

        def job() -> TextKept:
            failure = self._do(lambda pages: pages.keep(identity_of_page(page.record), text))
            return TextKept(page, text, failure, in_batch=in_batch)

        self._queue.do(job)

    def note(self, page: StoryPage, verdicts: Sequence[Verdict]) -> None:
        """Note how links of a story fared."""

        def job() -> VerdictsKept | Told:
            failure = self._do(lambda pages: pages.note(verdicts))
            return Told(failure) if failure else VerdictsKept(page, verdicts)

        self._queue.do(job)

    def fill(self, page: StoryPage) -> None:
        """Find what was fetched of related coverage that the corpus lacks."""
        path = self._path
        if path is None:
            return

        def job() -> EntryFilled | None:
            filled = [page]

            def find(pages: Pages) -> None:
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

    def _do(self, work: Callable[[Pages], None]) -> str:
        """Do something with the database, if there is to be one; gives why that failed."""
        if self._path is None:
            return ""
        from newsreader.library.pages.store import Pages, PagesError

        try:
            if self._pages is None:
                self._pages = Pages(self._path, most_bytes=self._most_bytes)
            work(self._pages)
        except PagesError as error:
            return str(error)
        return ""
