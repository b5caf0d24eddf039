"""The texts of pages at the prompt: fetched while one waits, kept, and told with their stories."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from newsreader.domain.mark_changes import identity_of_page
from newsreader.domain.page_text import Version, candidates_of
from newsreader.domain.story_page import StoryPage
from newsreader.library import Library
from newsreader.library.pages.store import PagesError, PageStore
from newsreader.prompt.command_table import letter_of
from newsreader.prompt.output import Output
from newsreader.prompt.parser import RefusedError
from newsreader.settings.model import Settings

if TYPE_CHECKING:
    from newsreader.web.fetch.client import Fetcher
    from newsreader.web.fetch.protocol import Answer, PageFetched


class PageTextHandler:
    """Fetches and keeps texts of pages.

    Args:
        library: Whose stories they belong to.
        settings: For the size of the cache, and what may be fetched.
        output: Where it is told how far it is.

    """

    def __init__(self, library: Library, settings: Settings, output: Output) -> None:
        self._path = library.pages_file
        self._settings = settings
        self._output = output
        self._pages: PageStore | None = None
        self._fetcher: Fetcher | None = None

    def close(self) -> None:
        """Leave nothing running."""
        if self._fetcher is not None:
            self._fetcher.stop()
        if self._pages is not None:
            self._pages.close()

    def fetch(self, page: StoryPage) -> StoryPage:
        """The story with the text of its page, or with a newer one than it had.

        Raises:
            RefusedError: there is none; the message says why, and what can be done.

        """
        from newsreader.web.fetch.advice import failed_in_words
        from newsreader.web.fetch.protocol import Failed, PageFetched

        candidates = candidates_of(page.record)
        if not candidates:
            raise RefusedError("This story has no page that can be fetched.")
        # A text from the archive is no measure for the pages themselves.
        kept = None if page.text is None or page.text.version is Version.ARCHIVED else page.text
        fetcher = self._running()
        answer = self._wait(fetcher, fetcher.fetch_page(candidates, kept))
        if isinstance(answer, Failed):
            if answer.verdicts:
                self._do(lambda pages: pages.note(answer.verdicts))
            raise RefusedError(failed_in_words(answer, letter_of))
        if isinstance(answer, PageFetched):
            return self._kept(page, answer)
        self._output.say("The page is unchanged; this is its newest text.")
        return page

    def filled(self, page: StoryPage) -> StoryPage:
        """Related coverage that the corpus lacks, with what was fetched of it."""
        found = [page]

        def find(pages: PageStore) -> None:
            known = pages.verdicts([link.url for link in page.record.links()])
            text = pages.get(identity_of_page(page.record))
            found[0] = page._replace(text=text, verdicts=tuple(known.values()))

        if page.record_id is None and self._path is not None and self._path.exists():
            self._do(find)
        return found[0]

    def _kept(self, page: StoryPage, answer: PageFetched) -> StoryPage:
        def keep(pages: PageStore) -> None:
            pages.note(answer.verdicts)
            pages.keep(identity_of_page(page.record), answer.text)

        failure = self._do(keep)
        if failure:
            self._output.say(failure)
        return page._replace(text=answer.text)

    def _wait(self, fetcher: Fetcher, number: int) -> Answer:
        from newsreader.web.fetch.protocol import Stage

        told = ""
        try:
            for answer in fetcher.answers():
                if answer.id != number:
                    continue
                if not isinstance(answer, Stage):
                    return answer
                if not told:
                    told = answer.words
                    self._output.say(f"{told[:1].upper()}{told[1:]} Ctrl-c stops it.")
        except KeyboardInterrupt:
            fetcher.cancel(number)
        raise RefusedError("Stopped; nothing was changed.")

    def _running(self) -> Fetcher:
        if self._fetcher is None:
            from newsreader.web.fetch.client import Fetcher

            self._fetcher = Fetcher(private_addresses=self._settings.private_addresses)
        return self._fetcher

    def _do(self, work: Callable[[PageStore], None]) -> str:
        """Do something with the database, if there is to be one; gives why that failed."""
        if self._path is None:
            return ""
        try:
            if self._pages is None:
                self._pages = PageStore(self._path, most_bytes=self._settings.pages_megabytes * 1_000_000)
            work(self._pages)
        except PagesError as error:
            return str(error)
        return ""
