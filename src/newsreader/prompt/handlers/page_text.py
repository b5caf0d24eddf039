"""The texts of pages at the prompt: fetched while the reader waits, and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsreader.app.page_results import STOPPED, PageResult
from newsreader.app.page_texts import PageTexts, page_request
from newsreader.domain.story_page import StoryPage
from newsreader.library import Library
from newsreader.prompt.output import Output
from newsreader.prompt.parser import RefusedError
from newsreader.settings.model import Settings

if TYPE_CHECKING:
    from newsreader.web.fetch.client import Fetcher
    from newsreader.web.fetch.protocol import Failed, PageFetched, PageUnchanged


class PageTextHandler:
    """Fetches texts of pages, and waits for them."""

    def __init__(self, library: Library, settings: Settings, output: Output) -> None:
        self._texts = PageTexts(library.pages_file, settings.pages_megabytes)
        self._private_addresses = settings.private_addresses
        self._output = output
        self._fetcher: Fetcher | None = None

    def close(self) -> None:
        """Stop the fetch process and close the database."""
        if self._fetcher is not None:
            self._fetcher.stop()
        self._texts.close()

    def fetch(self, page: StoryPage) -> PageResult:
        """Fetch the text of a story, or a newer one.

        Raises:
            NoPageError: the story has no page that can be fetched.
            RefusedError: the reader stopped it.

        """
        request = page_request(page)
        if self._fetcher is None:
            from newsreader.web.fetch.client import Fetcher

            self._fetcher = Fetcher(private_addresses=self._private_addresses)
        answer = self._wait(self._fetcher, self._fetcher.fetch_page(request.candidates, request.kept))
        return self._texts.accept(page, request, answer)

    def filled(self, page: StoryPage) -> StoryPage:
        """Add what was fetched earlier to related coverage that the corpus lacks."""
        return self._texts.fill(page)

    def _wait(self, fetcher: Fetcher, number: int) -> PageFetched | PageUnchanged | Failed:
        from newsreader.web.fetch.protocol import PictureFetched, Stage

        is_quiet = True
        try:
            for answer in fetcher.answers():
                if answer.id != number or isinstance(answer, PictureFetched):
                    continue
                if not isinstance(answer, Stage):
                    return answer
                if is_quiet:
                    is_quiet = False
                    self._output.say(f"{answer.words[:1].upper()}{answer.words[1:]} Ctrl-c stops it.")
        except KeyboardInterrupt:
            fetcher.cancel(number)
        raise RefusedError(STOPPED)
